import { expect, test } from 'vitest';
import { arfLogDensity, fitArf, sampleArf } from '../../../src/generators/forest/index.ts';
import { createRng, uniform } from '../../../src/random/index.ts';
import {
  categoryColumn,
  createTable,
  fromColumns,
  integerColumn,
  numberColumn,
  takeRows,
} from '../../../src/table/index.ts';
import { mixedTable } from '../make-table.ts';

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
}

const LEVELS = ['a', 'b', 'c', null];
const NUMBERS = [0, 1, 2, 3, null];

/** Two dependent columns with gaps. */
function small(rows: number) {
  const rng = createRng('small');
  const cells = Array.from({ length: rows }, () => {
    const level = Math.floor(4 * uniform(rng) * uniform(rng));
    const number = uniform(rng) < 0.7 ? level : Math.floor(5 * uniform(rng));
    return [LEVELS[level]!, NUMBERS[number]!] as const;
  });
  return createTable([
    categoryColumn(
      'c',
      cells.map((cell) => cell[0]),
    ),
    integerColumn(
      'n',
      cells.map((cell) => cell[1]),
    ),
    categoryColumn(
      'one',
      cells.map(() => 'same'),
    ),
  ]);
}

test('probabilities of all cells add up to 1, whatever the prior', () => {
  const model = fitArf(small(500), { trees: 6 });
  const every = LEVELS.flatMap((level) => NUMBERS.map((number) => [level, number] as const));
  const grid = createTable([
    categoryColumn(
      'c',
      every.map((cell) => cell[0]),
    ),
    integerColumn(
      'n',
      every.map((cell) => cell[1]),
    ),
    categoryColumn(
      'one',
      every.map(() => 'same'),
    ),
  ]);
  for (const prior of [0, 0.5, 1, 20]) {
    const { logDensity } = arfLogDensity(model, grid, { prior });
    const total = logDensity.reduce<number>((sum, value) => sum + (value === null ? 0 : Math.exp(value)), 0);
    expect(total).toBeCloseTo(1, 10);
    if (prior > 0) expect(logDensity).not.toContain(null);
  }
});

test('without a prior it is the distribution of the draws', () => {
  const model = fitArf(small(500), { trees: 6 });
  const drawn = sampleArf(model, { rows: 40_000, seed: 's' });
  const n = drawn.columns[1]!;
  const c = drawn.columns[0]!;
  if (n.kind !== 'integer' || c.kind !== 'category') throw new Error('kinds changed');
  const seen = new Map<string, { row: number; count: number }>();
  for (let row = 0; row < 40_000; row++) {
    const key = `${c.codes[row]}/${n.values[row]}`;
    const entry = seen.get(key) ?? { row, count: 0 };
    entry.count++;
    seen.set(key, entry);
  }
  const entries = [...seen.values()];
  const { logDensity } = arfLogDensity(
    model,
    takeRows(
      drawn,
      entries.map((entry) => entry.row),
    ),
    { prior: 0 },
  );
  for (const [i, { count }] of entries.entries()) {
    const p = Math.exp(logDensity[i]!);
    expect(Math.abs(count / 40_000 - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 40_000));
  }
});

test('densities of many distinct numbers integrate to 1', () => {
  const rng = createRng('many');
  const x = Array.from({ length: 1200 }, () => uniform(rng) * uniform(rng) * 10);
  const table = createTable([
    numberColumn('x', x),
    categoryColumn(
      'c',
      x.map((v) => (v < 3 ? 'low' : 'high')),
    ),
  ]);
  const model = fitArf(table, { trees: 4 });
  const low = Math.min(...x);
  const high = Math.max(...x);
  const steps = 40_000;
  const points = Array.from({ length: steps }, (_, i) => low + ((i + 0.5) / steps) * (high - low));
  let total = 0;
  for (const label of ['low', 'high']) {
    const grid = createTable([
      numberColumn('x', points),
      categoryColumn(
        'c',
        points.map(() => label),
        ['low', 'high'],
      ),
    ]);
    for (const value of arfLogDensity(model, grid).logDensity) total += Math.exp(value!) * ((high - low) / steps);
  }
  expect(total).toBeCloseTo(1, 2);
});

test('typical rows have a higher density than shuffled ones', () => {
  const source = mixedTable(800);
  const model = fitArf(source, { trees: 8 });
  const test = mixedTable(300, 'other');
  const group = takeRows(
    test,
    Array.from({ length: 300 }, (_, i) => (i + 1) % 300),
  ).columns[2]!;
  const shuffled = { rowCount: 300, columns: test.columns.map((column) => (column.name === 'group' ? group : column)) };
  const mean = (table: typeof test) => {
    const { logDensity, zero } = arfLogDensity(model, table);
    const known = logDensity.filter((value) => value !== null);
    expect(zero).toBe(300 - known.length);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  expect(mean(test)).toBeGreaterThan(mean(shuffled) + 1);
});

test('what the model cannot show has density 0, with the reason', () => {
  const model = fitArf(small(500), { trees: 3 });
  const table = createTable([
    categoryColumn('c', ['a', 'z', 'a', 'a']),
    integerColumn('n', [0, 0, 9, 0]),
    categoryColumn('one', ['same', 'same', 'same', 'else']),
  ]);
  const result = arfLogDensity(model, table);
  expect(result.logDensity.map((value) => value === null)).toEqual([false, true, true, true]);
  expect(result.impossible).toEqual([
    { column: 'c', rows: 1 },
    { column: 'n', rows: 1 },
    { column: 'one', rows: 1 },
  ]);
  expect(result.zero).toBe(3);
});

test('refused with a code', () => {
  const model = fitArf(small(500), { trees: 3 });
  expect(code(() => arfLogDensity(model, createTable([categoryColumn('c', ['a'])])))).toBe('UNKNOWN_COLUMN');
  expect(code(() => arfLogDensity(model, fromColumns({ c: [1], n: [1], one: ['same'] })))).toBe('KIND_MISMATCH');
  expect(code(() => arfLogDensity(model, small(5), { prior: -1 }))).toBe('BAD_OPTION');
  expect(code(() => arfLogDensity(model, small(5), { signal: { aborted: true } }))).toBe('ABORTED');
});
