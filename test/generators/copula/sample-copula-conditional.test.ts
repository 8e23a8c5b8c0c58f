import { describe, expect, test } from 'vitest';
import { fitCopula } from '../../../src/generators/copula/fit-copula.ts';
import { ConditionalDraw, truncated } from '../../../src/generators/copula/internal-conditional.ts';
import { quantileTable } from '../../../src/generators/copula/internal-normals.ts';
import { sampleCopula } from '../../../src/generators/copula/sample-copula.ts';
import { sampleCopulaConditional } from '../../../src/generators/copula/sample-copula-conditional.ts';
import { normalCdf } from '../../../src/math/normal-cdf.ts';
import { truncatedNormalQuantile } from '../../../src/math/truncated-normal-quantile.ts';
import { createRng } from '../../../src/random/create-rng.ts';
import { normal } from '../../../src/random/normal.ts';
import {
  categoryColumn,
  concatRows,
  createTable,
  getColumn,
  integerColumn,
  numberColumn,
  selectColumns,
  sliceRows,
  toRecords,
} from '../../../src/table/index.ts';
import type { Cell, Table } from '../../../src/types.ts';
import { mixedTable } from '../make-table.ts';

const table = mixedTable(600);
const model = fitCopula(table);

/** Three category columns of strongly related normals, and a continuous one. */
function latentTable(rows: number): Table {
  const rng = createRng('latent');
  const cut = (z: number): string => (z < -0.5 ? 'a' : z < 0.7 ? 'b' : 'c');
  const cells = Array.from({ length: rows }, () => {
    const base = normal(rng);
    const part = (): number => 0.9 * base + 0.43 * normal(rng);
    return { x: cut(part()), y: cut(part()), z: cut(part()), w: part() };
  });
  return createTable([
    categoryColumn(
      'x',
      cells.map((cell) => cell.x),
    ),
    categoryColumn(
      'y',
      cells.map((cell) => cell.y),
    ),
    categoryColumn(
      'z',
      cells.map((cell) => cell.z),
    ),
    numberColumn(
      'w',
      cells.map((cell) => Math.round(cell.w * 1e6) / 1e6),
    ),
  ]);
}

describe('sampleCopulaConditional', () => {
  test('agrees with the rows of a large sample that meet the conditions', () => {
    const strong = fitCopula(latentTable(3000), {
      latent: 'polychoric',
      ordinal: { x: ['a', 'b', 'c'], y: ['a', 'b', 'c'], z: ['a', 'b', 'c'] },
    });
    const free = toRecords(sampleCopula(strong, { rows: 60_000, seed: 'free' }));
    for (const given of [
      { x: 'b' },
      { x: 'c', y: 'b' },
      { x: 'a', y: 'b', z: 'a' },
      { x: 'b', y: 'c', z: 'a' },
    ] as Record<string, Cell>[]) {
      const met = free.filter((row) => Object.keys(given).every((name) => row[name] === given[name]));
      const drawn = toRecords(sampleCopulaConditional(strong, { given, rows: 8_000, seed: 'given' }));
      expect(met.length).toBeGreaterThan(60);
      const moments = (rows: readonly Record<string, Cell>[]): [number, number, number] => {
        const w = rows.map((row) => row.w as number);
        const mean = w.reduce((sum, value) => sum + value, 0) / w.length;
        const variance = w.reduce((sum, value) => sum + (value - mean) ** 2, 0) / w.length;
        return [mean, Math.sqrt(variance), rows.filter((row) => row.z === 'b').length / rows.length];
      };
      const [mean, deviation, share] = moments(met);
      const [ourMean, ourDeviation, ourShare] = moments(drawn);
      const error = (4 * deviation) / Math.sqrt(met.length) + 0.02;
      expect(Math.abs(ourMean - mean), JSON.stringify(given)).toBeLessThan(error);
      expect(Math.abs(ourDeviation - deviation)).toBeLessThan(error);
      expect(Math.abs(ourShare - share)).toBeLessThan(2 / Math.sqrt(met.length) + 0.01);
    }
  });

  test('every kind of condition is met in every row, and the rest follows', () => {
    const given: Record<string, Cell> = { group: 'a', age: 15, member: false, born: null, one: 'same' };
    const rows = toRecords(sampleCopulaConditional(model, { given, rows: 500, seed: 's' }));
    for (const row of rows) expect(row).toMatchObject(given);
    const score = rows.map((row) => row.score).filter((value): value is number => typeof value === 'number');
    expect(score.reduce((sum, value) => sum + value, 0) / score.length).toBeLessThan(35);
  });

  test('a number of a continuous column is a point of the latent normal', () => {
    const rng = createRng('line');
    const x = Array.from({ length: 4000 }, () => Math.round(1e6 * normal(rng)) / 1e6);
    const y = x.map((value) => Math.round(1e6 * (0.8 * value + 0.6 * normal(rng))) / 1e6);
    const line = fitCopula(createTable([numberColumn('x', x), numberColumn('y', y)]));
    const drawn = sampleCopulaConditional(line, { given: { x: 1.25 }, rows: 8000, seed: 's' });
    const values = toRecords(drawn).map((row) => row.y as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean - 1)).toBeLessThan(0.06);
    expect(Math.abs(deviation - 0.6)).toBeLessThan(0.04);
    expect(toRecords(drawn).every((row) => row.x === 1.25)).toBe(true);
  });

  test('a table of conditions, row by row, in shards of any size', () => {
    const given = selectColumns(table, ['group', 'member']);
    const whole = sampleCopulaConditional(model, { given, seed: 's' });
    expect(toRecords(selectColumns(whole, ['group', 'member']))).toEqual(toRecords(given));
    const parts = [
      [0, 100],
      [100, 350],
      [350, 600],
    ].map(([from, to]) => sampleCopulaConditional(model, { given, seed: 's', offset: from, rows: to! - from! }));
    expect(toRecords(concatRows(parts))).toEqual(toRecords(whole));
    const last = sampleCopulaConditional(model, { given, seed: 's', offset: 590 });
    expect(toRecords(last)).toEqual(toRecords(sliceRows(whole, 590, 600)));
  });

  test('combinations that the model deems impossible are still drawn', () => {
    const twice = Array.from({ length: 200 }, (_, i) => i % 10);
    const same = fitCopula(createTable([integerColumn('a', twice), integerColumn('b', twice)]));
    const rows = toRecords(sampleCopulaConditional(same, { given: { a: 0, b: 9 }, rows: 50, seed: 's' }));
    for (const row of rows) expect(row).toEqual({ a: 0, b: 9 });
  });

  const refused: [string, Parameters<typeof sampleCopulaConditional>[1], string][] = [
    ['unknown column', { given: { agee: 3 }, rows: 1, seed: 's' }, 'UNKNOWN_COLUMN'],
    ['unseen level', { given: { group: 'z' }, rows: 1, seed: 's' }, 'BAD_VALUE'],
    ['number outside the range', { given: { age: 500 }, rows: 1, seed: 's' }, 'OUT_OF_RANGE'],
    ['number below the range', { given: { age: -5 }, rows: 1, seed: 's' }, 'OUT_OF_RANGE'],
    ['broken whole number', { given: { age: 15.5 }, rows: 1, seed: 's' }, 'BAD_VALUE'],
    ['infinite number', { given: { age: Number.NaN }, rows: 1, seed: 's' }, 'BAD_VALUE'],
    ['text for a number', { given: { age: '15' }, rows: 1, seed: 's' }, 'KIND_MISMATCH'],
    ['number for a boolean', { given: { member: 1 }, rows: 1, seed: 's' }, 'KIND_MISMATCH'],
    ['missing where none was', { given: { seen: null }, rows: 1, seed: 's' }, 'BAD_VALUE'],
    ['another constant', { given: { one: 'other' }, rows: 1, seed: 's' }, 'BAD_VALUE'],
    ['identifier', { given: { id: 1000 }, rows: 1, seed: 's' }, 'BAD_OPTION'],
    ['always missing', { given: { none: 1 }, rows: 1, seed: 's' }, 'BAD_OPTION'],
    ['no condition', { given: {}, rows: 1, seed: 's' }, 'BAD_OPTION'],
    ['no rows', { given: { age: 15 }, seed: 's' }, 'BAD_OPTION'],
    ['too few conditions', { given: selectColumns(table, ['age']), rows: 601, seed: 's' }, 'LENGTH_MISMATCH'],
    ['another kind', { given: createTable([numberColumn('group', [1])]), seed: 's' }, 'KIND_MISMATCH'],
  ];
  test.each(refused)('%s: a typed error with a remedy', (_, options, code) => {
    expect(() => sampleCopulaConditional(model, options)).toThrow(expect.objectContaining({ code }));
    expect(() => sampleCopulaConditional(model, options)).toThrow(/;/);
  });

  test('pooled levels answer to their shared label', () => {
    const labels = Array.from({ length: 100 }, (_, i) => (i < 96 ? (i % 2 ? 'x' : 'y') : `rare ${i}`));
    const pooled = fitCopula(
      createTable([
        categoryColumn('c', labels),
        integerColumn(
          'n',
          labels.map((_, i) => i % 7),
        ),
      ]),
    );
    expect(() => sampleCopulaConditional(pooled, { given: { c: 'rare 97' }, rows: 1, seed: 's' })).toThrow(/"other"/);
    const rows = sampleCopulaConditional(pooled, { given: { c: 'other' }, rows: 5, seed: 's' });
    expect(getColumn(rows, 'c').kind).toBe('category');
  });
});

test('cut normals, near and far', () => {
  for (const [low, high] of [
    [-1, 2],
    [3, 5],
    [-7, -6.5],
    [-Infinity, 0.5],
    [10, Infinity],
  ] as const)
    for (const p of [0.001, 0.3, 0.999])
      expect(truncated(p, low, high)).toBeCloseTo(truncatedNormalQuantile(p, { lower: low, upper: high }), 9);
  expect(truncated(0.5, 1000, Infinity)).toBeCloseTo(1000 + Math.LN2 / 1000, 9);
  expect(truncated(0.5, -1000.001, -1000)).toBeLessThanOrEqual(-1000);
  expect(truncated(0.9, 5000, 5000.5)).toBeLessThan(5000.001);
});

test.each([0.5, 0.9, 0.99])('two intervals at correlation %d: mean and deviation by quadrature', (r) => {
  const n = 20_000;
  const [low, high, from] = [-1, 1, 0.7];
  const ends = (value: number): Float64Array => new Float64Array(n).fill(value);
  const conditions = {
    latents: [0, 1],
    low: [ends(low), ends(from)],
    high: [ends(high), ends(Infinity)],
    cells: new Map(),
  };
  const key = Uint32Array.of(1, 2, 3, 4);
  const draw = new ConditionalDraw(conditions, [1, r, r, 1], key, quantileTable(), Float64Array.of(0.4, 0.3));
  const z = new Float64Array(2);
  let sum = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    draw.fillRow(z, 1, 0, i, i);
    sum += z[0]!;
    square += z[0]! * z[0]!;
  }
  let mass = 0;
  let first = 0;
  let second = 0;
  for (let k = 0; k < 20_000; k++) {
    const x = low + ((high - low) * (k + 0.5)) / 20_000;
    const p = Math.exp((-x * x) / 2) * normalCdf((r * x - from) / Math.sqrt(1 - r * r));
    mass += p;
    first += p * x;
    second += p * x * x;
  }
  const mean = first / mass;
  const deviation = Math.sqrt(second / mass - mean * mean);
  expect(Math.abs(sum / n - mean)).toBeLessThan(0.03 * deviation);
  expect(Math.abs(Math.sqrt(square / n - (sum / n) ** 2) / deviation - 1)).toBeLessThan(0.03);
});
