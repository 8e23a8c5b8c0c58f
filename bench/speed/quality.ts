import { measureQuality } from '../../src/quality/measure-quality.ts';
import { newRowSynthesis } from '../../src/quality/new-row-synthesis.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { permutation } from '../../src/random/permutation.ts';
import { createTable } from '../../src/table/create-table.ts';
import { parseCsv } from '../../src/table/parse-csv.ts';
import { sliceRows } from '../../src/table/slice-rows.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import { toRecords } from '../../src/table/to-records.ts';
import type { Table } from '../../src/types.ts';
import { type Bench, medianMs } from './types.ts';

const NUMERIC = ['age', 'fnlwgt', 'education-num', 'capital-gain', 'capital-loss', 'hours-per-week'];

function readAdult(text: string): Table {
  const names = text.slice(0, text.indexOf('\n')).trim().split(',');
  return parseCsv(text, {
    schema: {
      columns: names.map((name) => ({ name, kind: NUMERIC.includes(name) ? 'integer' : 'category' }) as const),
    },
  });
}

/** Each column in an order of its own: the marginals stay, every relation goes. */
function shuffledColumns(table: Table): Table {
  const rng = createRng('bench');
  return createTable(
    table.columns.map((column) => {
      const order = permutation(rng.stream(column.name), table.rowCount);
      return takeRows(createTable([column]), order).columns[0]!;
    }),
  );
}

type Row = Record<string, unknown>;

/** The obvious report over rows of objects, same figures without intervals. */
function plainReport(real: readonly Row[], synthetic: readonly Row[], names: readonly string[]): number {
  const isNumeric = (name: string) => NUMERIC.includes(name);
  const shapes = names.map((name) => {
    if (!isNumeric(name))
      return (
        1 -
        plainDistance(
          real.map((row) => String(row[name])),
          synthetic.map((row) => String(row[name])),
        )
      );
    const a = real.map((row) => row[name] as number).sort((x, y) => x - y);
    const b = synthetic.map((row) => row[name] as number).sort((x, y) => x - y);
    let [i, j, largest] = [0, 0, 0];
    while (i < a.length && j < b.length) {
      const at = Math.min(a[i]!, b[j]!);
      while (i < a.length && a[i]! <= at) i++;
      while (j < b.length && b[j]! <= at) j++;
      largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
    }
    return 1 - largest;
  });
  const bins = new Map<string, (value: number) => number>();
  for (const name of names.filter(isNumeric)) {
    const values = real.map((row) => row[name] as number);
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    bins.set(name, (value) => Math.max(0, Math.min(9, Math.floor(((value - low) / (high - low)) * 10))));
  }
  const trends: number[] = [];
  for (let i = 0; i < names.length; i++)
    for (let j = i + 1; j < names.length; j++) {
      const [p, q] = [names[i]!, names[j]!];
      if (isNumeric(p) && isNumeric(q)) {
        trends.push(1 - Math.abs(plainCorrelation(real, p, q) - plainCorrelation(synthetic, p, q)) / 2);
        continue;
      }
      const key = (row: Row) => [p, q].map((name) => bins.get(name)?.(row[name] as number) ?? row[name]).join('|');
      trends.push(1 - plainDistance(real.map(key), synthetic.map(key)));
    }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
  return (mean(shapes) + mean(trends)) / 2;
}

function plainDistance(a: readonly string[], b: readonly string[]): number {
  const shares = new Map<string, number>();
  for (const key of a) shares.set(key, (shares.get(key) ?? 0) + 1 / a.length);
  for (const key of b) shares.set(key, (shares.get(key) ?? 0) - 1 / b.length);
  let total = 0;
  for (const share of shares.values()) total += Math.abs(share);
  return total / 2;
}

function plainCorrelation(rows: readonly Row[], p: string, q: string): number {
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
  for (const row of rows) {
    const [x, y] = [row[p] as number, row[q] as number];
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  const n = rows.length;
  return (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
}

/** Every synthetic row against every real row until one matches. */
function plainNewRows(real: readonly Row[], synthetic: readonly Row[], names: readonly string[]): number {
  const same = (a: Row, b: Row) =>
    names.every((name) =>
      NUMERIC.includes(name)
        ? Math.abs((a[name] as number) - (b[name] as number)) <= 0.01 * Math.abs(b[name] as number)
        : a[name] === b[name],
    );
  return synthetic.filter((row) => !real.some((other) => same(other, row))).length;
}

export const bench: Bench = async function* ({ data }) {
  const text = data('adult.csv');
  if (text === null) return;
  const real = readAdult(text);
  const synthetic = shuffledColumns(real);
  const names = real.columns.map((column) => column.name);
  const rows = real.rowCount;
  const options = { seed: 'bench', noiseFloor: { repeats: 0 } };
  const report = medianMs(() => measureQuality(real, synthetic, options));
  const [realRows, syntheticRows] = [toRecords(real) as readonly Row[], toRecords(synthetic) as readonly Row[]];
  const plain = medianMs(() => plainReport(realRows, syntheticRows, names), 1);
  yield {
    area: 'quality',
    job: `report ${rows} x ${rows}, ms (goal 500)`,
    ours: report,
    peer: 'plain loop over records',
    theirs: plain,
    goal: 0.25,
  };
  const withFloor = medianMs(() => measureQuality(real, synthetic, { seed: 'bench' }), 3);
  yield {
    area: 'quality',
    job: `report ${rows} x ${rows} with 5 noise-floor repeats, ms`,
    ours: withFloor,
    peer: 'the same without floor',
    theirs: report,
  };
  const few = sliceRows(synthetic, 0, 500);
  const fewRows = syntheticRows.slice(0, 500);
  const ours = medianMs(() => newRowSynthesis(real, few), 3);
  const theirs = medianMs(() => plainNewRows(realRows, fewRows, names), 1);
  yield { area: 'quality', job: `new rows, 500 of ${rows}, ms`, ours, peer: 'plain double loop', theirs, goal: 0.5 };
  const all = medianMs(() => newRowSynthesis(real, synthetic), 3);
  // 445 s: SDMetrics on the same machine class, extrapolated from 200 rows (specs, section 1).
  yield {
    area: 'quality',
    job: `new rows, ${rows} of ${rows}, ms`,
    ours: all,
    peer: 'SDMetrics (extrapolated, not run here)',
    theirs: null,
  };
};
