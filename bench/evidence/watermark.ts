/**
 * The table mark: false alarms over random keys on real unmarked tables, and power of the `select` embedder with real
 * rows as a perfect generator's candidates.
 */
import { readFileSync } from 'node:fs';
import { logBinomialUpperTail } from '../../src/math/log-binomial-upper-tail.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { normal } from '../../src/random/normal.ts';
import { permutation } from '../../src/random/permutation.ts';
import { uniform } from '../../src/random/uniform.ts';
import { dropColumns } from '../../src/table/drop-columns.ts';
import { formatCsv } from '../../src/table/format-csv.ts';
import { fromRecords } from '../../src/table/from-records.ts';
import { parseCsv } from '../../src/table/parse-csv.ts';
import { selectColumns } from '../../src/table/select-columns.ts';
import { sliceRows } from '../../src/table/slice-rows.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import type { Column, Rng, Table } from '../../src/types.ts';
import { detectTableMark } from '../../src/watermark/detect-table-mark.ts';
import { planTableMark } from '../../src/watermark/plan-table-mark.ts';
import { selectMarkedRows } from '../../src/watermark/select-marked-rows.ts';
import type { TableMarkPlan } from '../../src/watermark/table-mark-plan.ts';
import { type Evidence, type Figure, within } from './types.ts';

const AREA = 'watermark';

interface Source {
  readonly name: string;
  readonly table: Table;
  readonly label?: string | undefined;
}

export const evidence: Evidence = async function* (options) {
  const sources = readSources(options.data);
  yield* falseAlarms(sources, options.full ? 20_000 : 600);
  for (const source of sources) if (source.name !== 'compas') yield* power(source, options.full ? 10 : 3);
  yield* robustness(sources, options.full ? 10 : 3);
  yield* categoricalOnly(options.full ? 10 : 3);
  yield* margins(sources, options.full ? 20 : 5);
};

/** Real tables in a fixed random order; those of the shared folder only where it is at hand. */
function readSources(data: (name: string) => string | null): readonly Source[] {
  const olympians = new URL('../../node_modules/@observablehq/sample-datasets/olympians.csv', import.meta.url);
  const files: readonly (readonly [string, string | null, string | undefined])[] = [
    ['olympians', readFileSync(olympians, 'utf8'), undefined],
    ['adult', data('adult.csv'), 'income-per-year'],
    ['german', data('german_credit.csv'), 'credit'],
    ['compas', data('compas-scores-two-years.csv'), 'two_year_recid'],
  ];
  const sources: Source[] = [];
  for (const [name, text, label] of files) {
    if (text === null) continue;
    const table = parseCsv(text);
    sources.push({ name, label, table: takeRows(table, permutation(createRng(`watermark/${name}`), table.rowCount)) });
  }
  return sources;
}

/** Tables with heavy ties, one decimal, whole numbers, few rows, repeated rows: whatever breaks a naive test. */
function* nullTables(sources: readonly Source[]): Generator<Source> {
  for (const { name, table, label } of sources) {
    yield { name: `${name}, 1,000 rows`, table: sliceRows(table, 0, 1000), label };
    yield { name: `${name}, 150 rows`, table: sliceRows(table, 0, 150), label };
  }
  const olympians = sources[0]!.table;
  yield {
    name: 'olympians, numbers only',
    table: sliceRows(selectColumns(olympians, ['date_of_birth', 'height', 'weight']), 0, 2000),
  };
  yield {
    name: '50 olympians, each 20 times',
    table: takeRows(
      olympians,
      Array.from({ length: 1000 }, (_, i) => i % 50),
    ),
  };
}

function* falseAlarms(sources: readonly Source[], keys: number): Generator<Figure> {
  const tables = [...nullTables(sources)];
  const each = Math.ceil(keys / tables.length);
  const rng = createRng('watermark/null');
  const levels = [0.05, 0.01, 0.001];
  const hits = levels.map(() => 0);
  let tests = 0;
  let squares = 0;
  for (const { table, label } of tables) {
    const plan = planTableMark(table, { tableId: 'null', label });
    for (let k = 0; k < each; k++) {
      const key = new Uint8Array(rng.fill(new Uint32Array(8)).buffer);
      const verdict = detectTableMark(table, plan, { key });
      if (verdict.pValue === null) continue;
      tests++;
      squares += verdict.layers[2]!.z! * verdict.layers[2]!.z!;
      levels.forEach((level, i) => {
        if (verdict.pValue! <= level) hits[i]!++;
      });
    }
  }
  const place = `${tests} random keys, ${tables.length} real unmarked tables`;
  for (let i = 0; i < levels.length; i++)
    yield within(AREA, `p <= ${levels[i]}: count over ${place}`, hits[i]!, 0, binomialLimit(tests, levels[i]!));
  yield within(AREA, `mean z^2 of unmarked tables over ${place}`, squares / tests, 0.85, 1.15);
}

/** Largest count that a share of `level` exceeds with probability at most 0.001. */
function binomialLimit(tests: number, level: number): number {
  let limit = 0;
  while (logBinomialUpperTail(limit + 1, tests, level) > Math.log(0.001)) limit++;
  return limit;
}

/** log10 p that the specification's prototype reached, or what our own acceptance asks. */
const POWER_GOALS: Record<string, Record<number, number>> = {
  adult: { 2: -77, 4: -178 },
  olympians: { 2: -30, 4: -80 },
  german: { 2: -6, 4: -12 },
};

function* power(source: Source, keys: number): Generator<Figure> {
  for (const candidates of [2, 4]) {
    const found: number[] = [];
    for (let k = 0; k < keys; k++) {
      const { marked, plan, key } = mark(source, candidates, k);
      found.push(detectTableMark(marked, plan, { key }).log10P!);
    }
    const rows = Math.floor(source.table.rowCount / candidates);
    const goal = POWER_GOALS[source.name]![candidates]!;
    yield within(
      AREA,
      `${source.name}, best of ${candidates}, ${rows} rows: median log10 p`,
      median(found),
      -Infinity,
      goal,
    );
  }
}

function mark(
  source: Source,
  candidates: number,
  k: number,
): { readonly marked: Table; readonly plan: TableMarkPlan; readonly key: Uint8Array } {
  const rows = Math.floor(source.table.rowCount / candidates);
  const pool = sliceRows(source.table, 0, rows * candidates);
  const plan = planTableMark(sliceRows(pool, 0, 4000), { tableId: `release-${k}`, label: source.label, rows });
  const key = new Uint8Array(createRng(`watermark/key ${k}`).fill(new Uint32Array(8)).buffer);
  return { marked: selectMarkedRows(pool, plan, { key, candidates }).table, plan, key };
}

function* robustness(sources: readonly Source[], keys: number): Generator<Figure> {
  for (const source of sources) {
    if (source.name !== 'adult' && source.name !== 'olympians') continue;
    const found = new Map<string, number[]>();
    let same = true;
    for (let k = 0; k < keys; k++) {
      const { marked, plan, key } = mark(source, 2, k);
      const rng = createRng(`watermark/attack ${k}`);
      const test = (table: Table) => detectTableMark(table, plan, { key });
      const clean = JSON.stringify(test(marked));
      const shuffled = takeRows(marked, permutation(rng, marked.rowCount));
      const turned = { rowCount: marked.rowCount, columns: [...marked.columns].reverse() };
      for (const copy of [shuffled, turned, parseCsv(formatCsv(marked))]) same &&= JSON.stringify(test(copy)) === clean;
      const attacks: Record<string, Table> = {
        'half of the rows': sliceRows(shuffled, 0, marked.rowCount >> 1),
        '10 % of the rows': sliceRows(shuffled, 0, Math.floor(marked.rowCount / 10)),
        'one column dropped': dropColumns(marked, [carrierNames(plan)[k % plan.carriers]!]),
        'noise of 0.2 sd in all numbers': withNoise(marked, 0.2, rng),
        '30 % of all cells resampled': resampled(marked, 0.3, rng),
      };
      for (const [attack, table] of Object.entries(attacks)) {
        if (!found.has(attack)) found.set(attack, []);
        found.get(attack)!.push(test(table).log10P!);
      }
    }
    yield {
      area: AREA,
      figure: `${source.name}: verdict after row shuffle, column reorder, CSV round trip`,
      value: same ? 'identical' : 'differs',
      bound: 'identical',
      ok: same,
    };
    for (const [attack, values] of found)
      yield within(AREA, `${source.name}, best of 2, ${attack}: median log10 p`, median(values), -Infinity, -6);
  }
}

function carrierNames(plan: TableMarkPlan): readonly string[] {
  return plan.columns.filter((column) => column.role === 'carrier').map((column) => column.name);
}

function withNoise(table: Table, size: number, rng: Rng): Table {
  const noisy = (column: Column): Column => {
    if (column.kind !== 'number' && column.kind !== 'integer') return column;
    let n = 0;
    let sum = 0;
    let squares = 0;
    for (const value of column.values) {
      if (Number.isNaN(value)) continue;
      n++;
      sum += value;
      squares += value * value;
    }
    const sd = Math.sqrt(squares / n - (sum / n) * (sum / n));
    const values = column.values.map((value) => {
      const moved = value + size * sd * normal(rng);
      return column.kind === 'integer' ? Math.round(moved) : moved;
    });
    return { ...column, values };
  };
  return { rowCount: table.rowCount, columns: table.columns.map(noisy) };
}

/** Cells of a share of the rows taken from a random other row, column by column. */
function resampled(table: Table, share: number, rng: Rng): Table {
  return {
    rowCount: table.rowCount,
    columns: table.columns.map((column) => {
      const from = Array.from({ length: table.rowCount }, (_, row) =>
        uniform(rng) < share ? Math.floor(uniform(rng) * table.rowCount) : row,
      );
      return takeRows({ rowCount: table.rowCount, columns: [column] }, from).columns[0]!;
    }),
  };
}

/** Nine columns of 2 to 7 levels, like the `fair` table of the specification. */
function* categoricalOnly(keys: number): Generator<Figure> {
  const rng = createRng('watermark/levels');
  const rows = Array.from({ length: 6000 }, () => {
    const latent = uniform(rng);
    return Object.fromEntries(
      [2, 3, 7, 2, 5, 4, 6, 3, 5].map((levels, k) => [
        `c${k}`,
        `v${Math.floor(levels * Math.sqrt(uniform(rng) * latent))}`,
      ]),
    );
  });
  const source = { name: 'levels', table: fromRecords(rows) };
  const found: number[] = [];
  for (let k = 0; k < keys; k++) {
    const { marked, plan, key } = mark(source, 4, k);
    found.push(detectTableMark(marked, plan, { key }).log10P!);
  }
  yield within(AREA, 'categories only, best of 4, 1500 rows: median log10 p', median(found), -Infinity, -50);
}

/** What choosing rows does to group shares; sampling alone moves them by about 0.003 and 0.005 here. */
function* margins(sources: readonly Source[], keys: number): Generator<Figure> {
  const adult = sources.find((source) => source.name === 'adult');
  if (adult === undefined) return;
  for (const [candidates, bound] of [
    [2, 0.01],
    [4, 0.02],
  ] as const) {
    let moved = 0;
    for (let k = 0; k < keys; k++)
      moved += Math.abs(
        share(mark(adult, candidates, k).marked, 'sex', 'Female') - share(adult.table, 'sex', 'Female'),
      );
    const figure = `adult, best of ${candidates}: mean change of the share of women`;
    yield within(AREA, figure, Math.round((moved / keys) * 1e4) / 1e4, 0, bound);
  }
}

function share(table: Table, name: string, label: string): number {
  const column = table.columns.find((candidate) => candidate.name === name)!;
  if (column.kind !== 'category') throw new Error(`${name} is no category column`);
  const code = column.labels.indexOf(label);
  return column.codes.filter((value) => value === code).length / table.rowCount;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[sorted.length >> 1]! * 10) / 10;
}
