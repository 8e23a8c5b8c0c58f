import {
  categoryColumn,
  createTable,
  formatCsv,
  formatNdjson,
  fromColumns,
  groupCodes,
  integerColumn,
  joinByKey,
  numberColumn,
  parseCsv,
  parseNdjson,
  schemaOf,
  textColumn,
  toRecords,
} from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { type Bench, medianMs } from './types.ts';

/** What is used of the peers. */
interface Udsv {
  inferSchema(text: string): unknown;
  initParser(schema: unknown): {
    stringArrs(text: string): unknown;
    typedArrs(text: string): unknown;
    typedCols(text: string): unknown;
  };
}
interface Papa {
  parse(text: string, options: object): unknown;
}
interface Dsv {
  csvParse(text: string, row?: unknown): unknown;
  autoType: unknown;
}

async function load<T>(name: string): Promise<T | null> {
  try {
    const path = name;
    const module = (await import(path)) as T & { default?: T };
    return module.default ?? module;
  } catch {
    return null;
  }
}

/** A table of whole numbers, decimals, labels and quoted texts, made without randomness. */
function madeUp(rows: number): Table {
  const id = new Float64Array(rows);
  const amount = new Float64Array(rows);
  const sport: string[] = [];
  const note: string[] = [];
  for (let i = 0; i < rows; i++) {
    const hash = Math.imul(i + 1, 0x9e3779b1) >>> 0;
    id[i] = i;
    amount[i] = (hash % 1_000_000) / 100;
    sport.push(`sport ${hash % 28}`);
    note.push(hash % 4 === 0 ? `said "${hash}", twice` : `note ${hash}`);
  }
  return createTable([
    integerColumn('id', id),
    numberColumn('amount', amount),
    categoryColumn('sport', sport),
    textColumn('note', note),
  ]);
}

/** CSV beside udsv, papaparse and d3-dsv; NDJSON, joins and group codes beside the plain loop. */
export const bench: Bench = async function* ({ data }) {
  const udsv = await load<Udsv>('udsv');
  const papa = await load<Papa>('papaparse');
  const dsv = await load<Dsv>('../node_modules/d3-dsv/dist/d3-dsv.mjs');
  const adult = data('adult.csv');
  const files: [string, string][] = [
    ['100k mixed rows with quotes', formatCsv(madeUp(100_000))],
    ...(adult === null ? [] : ([['Adult, 32,561 x 15', adult]] as [string, string][])),
  ];
  for (const [name, text] of files) {
    const table = parseCsv(text);
    const schema = schemaOf(table);
    const declared = medianMs(() => parseCsv(text, { schema }), 9);
    const inferred = medianMs(() => parseCsv(text));
    const peer = (run: ((udsv: Udsv) => unknown) | null): number | null =>
      udsv === null || run === null ? null : medianMs(() => run(udsv));
    const area = 'table';
    let known: unknown;
    yield {
      area,
      job: `${name}: CSV to typed columns, declared schema`,
      ours: declared,
      peer: 'udsv typed columns, its schema known',
      theirs: peer((u) => {
        known ??= u.inferSchema(text);
        return u.initParser(known).typedCols(text);
      }),
      goal: 1 / 1.2,
    };
    yield {
      area,
      job: `${name}: CSV to typed columns, whole file inferred`,
      ours: inferred,
      peer: 'udsv typed columns, first rows inferred',
      theirs: peer((u) => u.initParser(u.inferSchema(text)).typedCols(text)),
    };
    yield {
      area,
      job: `${name}: CSV to typed columns, declared schema`,
      ours: declared,
      peer: 'udsv string arrays',
      theirs: peer((u) => u.initParser(u.inferSchema(text)).stringArrs(text)),
    };
    yield {
      area,
      job: `${name}: CSV to typed columns, declared schema`,
      ours: declared,
      peer: 'papaparse string arrays',
      theirs: papa === null ? null : medianMs(() => papa.parse(text, { header: false })),
    };
    yield {
      area,
      job: `${name}: CSV to typed columns, whole file inferred`,
      ours: inferred,
      peer: 'd3-dsv objects with autoType',
      theirs: dsv === null ? null : medianMs(() => dsv.csvParse(text, dsv.autoType)),
    };
    const rows = toRecords(table).map((row) => Object.values(row));
    yield {
      area,
      job: `${name}: table to CSV`,
      ours: medianMs(() => formatCsv(table)),
      peer: 'plain loop (join of row arrays, nothing quoted)',
      theirs: medianMs(() => rows.map((row) => row.join(',')).join('\n')),
    };
  }
  const made = madeUp(100_000);
  const ndjson = formatNdjson(made);
  const declaredKinds = schemaOf(made);
  yield {
    area: 'table',
    job: '100k mixed rows: NDJSON to typed columns, declared schema',
    ours: medianMs(() => parseNdjson(ndjson, { schema: declaredKinds })),
    peer: 'plain loop (JSON.parse of each line, objects)',
    theirs: medianMs(() => {
      const records: unknown[] = [];
      for (const line of ndjson.split('\n')) if (line !== '') records.push(JSON.parse(line));
      return records;
    }),
  };
  const few = fromColumns({ sport: made.columns[2]!.kind === 'category' ? made.columns[2]!.labels : [] });
  const lookup = createTable([
    ...few.columns,
    integerColumn(
      'rank',
      Array.from({ length: few.rowCount }, (_, i) => i),
    ),
  ]);
  const records = toRecords(made);
  const partners = toRecords(lookup);
  yield {
    area: 'table',
    job: '100k rows joined to 28 by a text key',
    ours: medianMs(() => joinByKey(made, lookup, { key: 'sport', kind: 'left' })),
    peer: 'plain loop (Map of objects, spread)',
    theirs: medianMs(() => {
      const index = new Map(partners.map((row) => [row['sport'], row]));
      return records.map((row) => ({ ...row, ...index.get(row['sport']!) }));
    }),
  };
  const labels = Array.from({ length: 1_000_000 }, (_, i) => `k${(Math.imul(i, 0x9e3779b1) >>> 0) % 50}`);
  const text = textColumn('k', labels);
  yield {
    area: 'table',
    job: '1M texts to group codes',
    ours: medianMs(() => groupCodes(text), 3),
    peer: 'plain loop (Map of counts)',
    theirs: medianMs(() => {
      const counts = new Map<string, number>();
      for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
      return counts;
    }, 3),
  };
};
