import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contingencySimilarity } from '../../src/quality/contingency-similarity.ts';
import { correlationSimilarity } from '../../src/quality/correlation-similarity.ts';
import { ksComplement } from '../../src/quality/ks-complement.ts';
import { type MeasureQualityOptions, measureQuality } from '../../src/quality/measure-quality.ts';
import type { QualityResult } from '../../src/quality/quality-result.ts';
import { tvComplement } from '../../src/quality/tv-complement.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { normal } from '../../src/random/normal.ts';
import { permutation } from '../../src/random/permutation.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { datetimeColumn } from '../../src/table/datetime-column.ts';
import { integerColumn } from '../../src/table/integer-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import { textColumn } from '../../src/table/text-column.ts';
import type { Column, Table } from '../../src/types.ts';

const options: MeasureQualityOptions = { seed: 'test', noiseFloor: { repeats: 0 } };

/** A population with every kind of column; x drives y and group. */
function people(seed: string, rows: number): Table {
  const rng = createRng(seed);
  const x = Array.from({ length: rows }, () => normal(rng));
  const y = x.map((value) => value + normal(rng) / 2);
  const group = x.map((value) => (value > 0.5 ? 'high' : value > -0.5 ? 'middle' : 'low'));
  return createTable([
    numberColumn('x', x),
    numberColumn(
      'y',
      y.map((value, i) => (i % 10 === 0 ? null : value)),
    ),
    integerColumn(
      'age',
      x.map((value) => Math.round(40 + 10 * value)),
    ),
    categoryColumn('group', group),
    booleanColumn(
      'member',
      x.map((_, i) => normal(rng) > 0 || i % 7 === 0),
    ),
    datetimeColumn(
      'joined',
      x.map((value) => Math.round(value * 1000) * 86400000),
      'day',
    ),
    textColumn(
      'name',
      x.map((_, i) => `person ${i}`),
    ),
  ]);
}

/** Every number of a result, with its path. */
function numbersOf(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersOf(inner, `${path}.${key}`));
}

function expectFinite(result: QualityResult): void {
  for (const [path, value] of numbersOf(result)) expect(Number.isFinite(value), path).toBe(true);
  expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result);
}

describe('measureQuality', () => {
  test('a table against itself scores 1 everywhere', () => {
    const table = people('a', 200);
    for (const mode of ['strict', 'compat'] as const) {
      const result = measureQuality(table, table, { ...options, mode, thresholds: { correlation: 0, association: 0 } });
      expect(result.overall.value).toBe(1);
      expect(result.columns.every((entry) => entry.shape.value === 1 && entry.missingValueSimilarity === 1)).toBe(true);
      expect(result.pairs.every((entry) => entry.trend.value === 1)).toBe(true);
      expect(result.columns.map((entry) => entry.column)).toEqual(['x', 'y', 'age', 'group', 'member', 'joined']);
      expect(result.pairs).toHaveLength(15);
      expect(result.skipped).toEqual([{ column: 'name', kind: 'text', reason: 'TEXT' }]);
      expectFinite(result);
    }
  });

  test('every figure equals the single measure in the same mode', () => {
    const real = people('a', 150);
    const synthetic = people('b', 90);
    for (const mode of ['strict', 'compat'] as const) {
      const result = measureQuality(real, synthetic, {
        ...options,
        mode,
        thresholds: { correlation: 0, association: 0 },
      });
      const of = (table: Table, name: string): Column => table.columns.find((column) => column.name === name)!;
      for (const { column, shape } of result.columns) {
        const measure = shape.metric === 'ksComplement' ? ksComplement : tvComplement;
        const { noise, ...figure } = shape;
        expect(figure).toEqual(measure(of(real, column), of(synthetic, column), { mode }));
        expect(noise).toBeNull();
      }
      for (const { first, second, trend, realAssociation, realCorrelation } of result.pairs) {
        const a: [Column, Column] = [of(real, first), of(real, second)];
        const b: [Column, Column] = [of(synthetic, first), of(synthetic, second)];
        if (trend.metric === 'correlationSimilarity') {
          const measure = correlationSimilarity(a, b, { mode });
          expect([trend.value, realCorrelation]).toEqual([measure.value, measure.real]);
        } else {
          const measure = contingencySimilarity(a, b, { binning: mode === 'strict' ? 'real' : 'own' });
          expect([trend.value, realAssociation]).toEqual([measure.value, measure.realAssociation]);
          expect(trend.interval).toEqual(measure.interval);
        }
      }
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(result.columnShapes.value).toBeCloseTo(mean(result.columns.map((entry) => entry.shape.value!)), 12);
      expect(result.columnPairTrends.value).toBeCloseTo(mean(result.pairs.map((entry) => entry.trend.value!)), 12);
      expect(result.overall.value).toBeCloseTo((result.columnShapes.value! + result.columnPairTrends.value!) / 2, 12);
    }
  });

  test('a scaled and shifted column: the reference sees no change in pairs, strict mode does', () => {
    const base = people('a', 500);
    const x = base.columns[0] as Column & { kind: 'number' };
    const real = createTable([x, base.columns[3]!]);
    const moved = createTable([
      numberColumn(
        'x',
        x.values.map((value) => value * 1000 + 5e6),
      ),
      base.columns[3]!,
    ]);
    const compat = measureQuality(real, moved, {
      ...options,
      mode: 'compat',
      thresholds: { correlation: 0, association: 0 },
    });
    const strict = measureQuality(real, moved, options);
    expect(compat.columnPairTrends.value).toBe(1);
    expect(strict.columnPairTrends.value).toBeLessThan(0.6);
    expect(strict.overall.value).toBeLessThan(0.6);
    expect(strict.columns[0]!.shape.value).toBe(0);
  });

  test('thresholds leave weak pairs out of the mean and say so', () => {
    const result = measureQuality(people('a', 400), people('b', 400), {
      ...options,
      mode: 'compat',
      noiseFloor: { repeats: 2 },
    });
    expect(result.thresholds).toEqual({ correlation: 0.5, association: 0.3 });
    const pair = (first: string, second: string) =>
      result.pairs.find((entry) => entry.first === first && entry.second === second)!;
    expect(pair('x', 'y').meetsThreshold).toBe(true);
    expect(pair('group', 'member')).toMatchObject({
      meetsThreshold: false,
      trend: { value: null, reason: 'BELOW_THRESHOLD', noise: null },
    });
    const counted = result.pairs.filter((entry) => entry.meetsThreshold).map((entry) => entry.trend.value!);
    expect(counted.length).toBeGreaterThan(3);
    expect(counted.length).toBeLessThan(15);
    expect(result.columnPairTrends.value).toBeCloseTo(counted.reduce((a, b) => a + b) / counted.length, 12);
  });

  test('noise floor: a fresh sample of the population shows no gap, independent columns do', () => {
    const real = people('a', 2000);
    const fresh = measureQuality(real, people('b', 2000), { seed: 'n' });
    expect(fresh.noiseFloor).toEqual({ repeats: 5, rowsPerSide: 1000 });
    expect(Math.abs(fresh.overall.noise!.gap!)).toBeLessThan(0.01);
    // At half the rows there is more noise, so the matched figure is the lower one.
    expect(fresh.overall.noise!.matched).toBeLessThan(fresh.overall.value!);
    const shuffled = createTable(
      real.columns.map(
        (column) => takeRows(createTable([column]), permutation(createRng(column.name), 2000)).columns[0]!,
      ),
    );
    const broken = measureQuality(real, shuffled, { seed: 'n' });
    expect(broken.columnShapes.noise!.gap).toBeLessThan(0.005);
    expect(broken.columnPairTrends.noise!.gap).toBeGreaterThan(0.1);
    for (const score of [
      broken.overall,
      ...broken.columns.map((entry) => entry.shape),
      ...broken.pairs.map((entry) => entry.trend),
    ]) {
      const { floor, floorRange, matched, matchedRange, gap, gapRange } = score.noise!;
      for (const [value, range] of [
        [floor, floorRange],
        [matched, matchedRange],
        [gap, gapRange],
      ] as const) {
        expect(value).toBeGreaterThanOrEqual(range![0] - 1e-12);
        expect(value).toBeLessThanOrEqual(range![1] + 1e-12);
      }
      expect(gap).toBeCloseTo(floor! - matched!, 12);
    }
    expectFinite(broken);
  });

  test('the floor takes as many rows as the smaller side has, and more repeats change no earlier one', () => {
    const real = people('a', 300);
    const few = measureQuality(real, people('b', 40), { seed: 'n', noiseFloor: { repeats: 1 } });
    expect(few.noiseFloor).toEqual({ repeats: 1, rowsPerSide: 40 });
    expect(few.overall.noise!.gapRange![0]).toBe(few.overall.noise!.gapRange![1]);
    const more = measureQuality(real, people('b', 40), { seed: 'n', noiseFloor: { repeats: 4 } });
    const first = few.overall.noise!.floor!;
    expect(more.overall.noise!.floorRange![0]).toBeLessThanOrEqual(first);
    expect(more.overall.noise!.floorRange![1]).toBeGreaterThanOrEqual(first);
    const again = measureQuality(real, people('b', 40), { seed: 'n', noiseFloor: { repeats: 4 } });
    expect(again).toEqual(more);
    const other = measureQuality(real, people('b', 40), { seed: 'm', noiseFloor: { repeats: 4 } });
    expect(other.overall.value).toBe(more.overall.value);
    expect(other.overall.noise).not.toEqual(more.overall.noise);
  });

  test('row order of either table changes no figure', () => {
    const real = people('a', 80);
    const synthetic = people('b', 60);
    const expected = measureQuality(real, synthetic, options);
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const moved = measureQuality(
          takeRows(real, permutation(createRng(seed), 80)),
          takeRows(synthetic, permutation(createRng(`${seed}'`), 60)),
          options,
        );
        expect(moved.columns).toEqual(expected.columns);
        expect(moved.overall.value).toBeCloseTo(expected.overall.value!, 12);
      }),
      { numRuns: 20 },
    );
  });

  test('histograms: at most 30 entries, shares add up to 1, rare levels pooled and counted', () => {
    const real = createTable([
      categoryColumn(
        'many',
        Array.from({ length: 300 }, (_, i) => `level ${i % 60}`),
      ),
      numberColumn(
        'x',
        Array.from({ length: 300 }, (_, i) => (i === 0 ? 1e9 : i / 7)),
      ),
      integerColumn(
        'few',
        Array.from({ length: 300 }, (_, i) => i % 3),
      ),
      datetimeColumn(
        'day',
        Array.from({ length: 300 }, (_, i) => i * 86400000),
        'day',
      ),
      numberColumn(
        'empty',
        Array.from({ length: 300 }, () => null),
      ),
      numberColumn(
        'one',
        Array.from({ length: 300 }, () => 0.1),
      ),
    ]);
    const result = measureQuality(real, real, { ...options, histogramBins: 28 });
    for (const { column, histogram } of result.columns) {
      expect(histogram!.labels.length, column).toBeLessThanOrEqual(30);
      expect(new Set(histogram!.labels).size, column).toBe(histogram!.labels.length);
      expect(histogram!.synthetic).toEqual(histogram!.real);
      const total = histogram!.real.reduce((sum, share) => sum + share, 0);
      expect(total, column).toBeCloseTo(column === 'empty' ? 0 : 1, 12);
    }
    const by = (name: string) => result.columns.find((entry) => entry.column === name)!.histogram!;
    expect(by('many')).toMatchObject({ form: 'levels', pooledLevels: 33 });
    expect(by('many').labels.at(-1)).toBe('33 other levels');
    // The outlier lies in the open last bin and is not shown.
    expect(by('x').labels.join(' ')).not.toMatch(/e9|1000000/);
    expect(by('x')).toMatchObject({ form: 'bins' });
    expect(by('few').labels).toEqual(['0', '1', '2']);
    expect(by('day').labels[1]).toMatch(/^1970-\d\d-\d\d to 1970-\d\d-\d\d$/);
    expect(measureQuality(real, real, { ...options, histogramBins: 0 }).columns[0]!.histogram).toBeNull();
  });

  test('columns of one table only are listed; a column of another kind is refused', () => {
    const real = createTable([
      numberColumn('x', [1, 2]),
      categoryColumn('gone', ['a', 'b']),
      textColumn('t', ['a', 'b']),
    ]);
    const synthetic = createTable([
      integerColumn('x', [1, 2]),
      textColumn('t', ['a', 'b']),
      booleanColumn('new', [true, false]),
    ]);
    const result = measureQuality(real, synthetic, options);
    expect(result.skipped).toEqual([
      { column: 'gone', kind: 'category', reason: 'NOT_IN_SYNTHETIC' },
      { column: 't', kind: 'text', reason: 'TEXT' },
      { column: 'new', kind: 'boolean', reason: 'NOT_IN_REAL' },
    ]);
    expect(result.columnPairTrends).toMatchObject({ value: null, reason: 'NOTHING_TO_AVERAGE' });
    expect(result.overall.value).toBe(1);
    const wrong = createTable([categoryColumn('x', ['1', '2'])]);
    expect(() => measureQuality(real, wrong, options)).toThrowError(
      expect.objectContaining({ code: 'KIND_MISMATCH', place: { argument: 'synthetic', column: 'x' } }),
    );
  });

  test('identifiers are skipped and listed: found in strict mode, named by the caller in any', () => {
    const keys = categoryColumn(
      'key',
      Array.from({ length: 40 }, (_, i) => `k${i}`),
    );
    const rowNumber = integerColumn(
      'row',
      Array.from({ length: 40 }, (_, i) => i),
    );
    const group = categoryColumn(
      'group',
      Array.from({ length: 40 }, (_, i) => `g${i % 4}`),
    );
    const table = createTable([keys, rowNumber, group]);
    const reasons = (extra: object) =>
      measureQuality(table, table, { ...options, ...extra }).skipped.map((entry) => [entry.column, entry.reason]);
    expect(reasons({})).toEqual([['key', 'IDENTIFIER']]);
    expect(reasons({ mode: 'compat' })).toEqual([]);
    expect(reasons({ skip: ['row', 'key'] })).toEqual([
      ['key', 'BY_REQUEST'],
      ['row', 'BY_REQUEST'],
    ]);
    const few = createTable([
      categoryColumn(
        'key',
        Array.from({ length: 19 }, (_, i) => `k${i}`),
      ),
    ]);
    expect(measureQuality(few, few, options).skipped).toEqual([]);
    const extra = createTable([
      ...table.columns,
      booleanColumn(
        'new',
        Array.from({ length: 40 }, () => true),
      ),
    ]);
    expect(measureQuality(table, extra, { ...options, skip: ['new'] }).skipped.at(-1)).toEqual({
      column: 'new',
      kind: 'boolean',
      reason: 'BY_REQUEST',
    });
    expect(() => measureQuality(table, table, { ...options, skip: ['rwo'] })).toThrowError(
      expect.objectContaining({ code: 'UNKNOWN_COLUMN', place: { argument: 'skip', column: 'rwo' } }),
    );
  });

  test('hostile tables give reasons, never NaN', () => {
    const tables: readonly Table[] = [
      createTable([]),
      createTable([numberColumn('x', []), categoryColumn('c', []), numberColumn('y', [])]),
      createTable([numberColumn('x', [1]), categoryColumn('c', ['a']), numberColumn('y', [2])]),
      createTable([
        numberColumn('x', [null, null]),
        categoryColumn('c', [null, null]),
        numberColumn('y', [null, null]),
      ]),
      createTable([numberColumn('x', [3, 3, 3]), categoryColumn('c', ['a', 'a', 'a']), numberColumn('y', [1, 2, 3])]),
      createTable([
        numberColumn('x', [Number.NaN, Infinity, -Infinity, 1e308]),
        categoryColumn('c', ['', '__proto__', 'b', null]),
        numberColumn('y', [-1e308, 1e308, 5e-324, -0]),
      ]),
    ];
    for (const mode of ['strict', 'compat'] as const)
      for (const real of tables)
        for (const synthetic of tables) {
          const result = measureQuality(real, synthetic, { seed: '', mode, noiseFloor: { repeats: 2 } });
          expectFinite(result);
          for (const score of [
            result.overall,
            ...result.columns.map((c) => c.shape),
            ...result.pairs.map((p) => p.trend),
          ])
            expect(score.value === null, JSON.stringify(score)).toBe(score.reason !== undefined);
        }
  });

  test('bad options', () => {
    const table = people('a', 10);
    const code = (extra: object) => {
      try {
        measureQuality(table, table, { ...options, ...extra });
      } catch (error) {
        return (error as { code: string }).code;
      }
      return null;
    };
    expect(code({ seed: 1 })).toBe('BAD_OPTION');
    expect(code({ mode: 'x' })).toBe('BAD_OPTION');
    expect(code({ thresholds: { correlation: 1.5 } })).toBe('OUT_OF_RANGE');
    expect(code({ thresholds: { association: Number.NaN } })).toBe('OUT_OF_RANGE');
    expect(code({ noiseFloor: { repeats: -1 } })).toBe('OUT_OF_RANGE');
    expect(code({ bins: 0 })).toBe('OUT_OF_RANGE');
    expect(code({ histogramBins: 1 })).toBe('OUT_OF_RANGE');
    expect(code({ level: 0 })).toBe('OUT_OF_RANGE');
    const malformed: Table = { rowCount: 3, columns: [numberColumn('x', [1, 2])] };
    expect(() => measureQuality(malformed, malformed, options)).toThrowError(
      expect.objectContaining({ code: 'LENGTH_MISMATCH' }),
    );
  });

  test('reports progress and stops when asked to', () => {
    const table = people('a', 50);
    const stages: string[] = [];
    measureQuality(table, table, {
      seed: 's',
      onProgress: ({ stage, done, total }) => {
        if (!stages.includes(stage)) stages.push(stage);
        expect(done).toBeLessThanOrEqual(total);
      },
    });
    expect(stages).toEqual(['columns', 'pairs', 'noise floor', 'done']);
    const signal = { aborted: false };
    expect(() =>
      measureQuality(table, table, {
        seed: 's',
        signal,
        onProgress: ({ stage }) => {
          signal.aborted = stage === 'noise floor';
        },
      }),
    ).toThrowError(expect.objectContaining({ code: 'ABORTED' }));
  });

  test('changes neither table', () => {
    const real = people('a', 30);
    const before = JSON.stringify(real);
    measureQuality(real, real, { seed: 's', mode: 'compat' });
    expect(JSON.stringify(real)).toBe(before);
  });
});
