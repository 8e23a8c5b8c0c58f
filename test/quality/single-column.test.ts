import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boundaryAdherence,
  categoryAdherence,
  categoryCoverage,
  missingValueSimilarity,
  rangeCoverage,
  statisticSimilarity,
} from '../../src/quality/index.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';

type Numbers = readonly (number | null)[];
const x = (values: Numbers) => numberColumn('x', values);
const c = (values: readonly (string | null)[]) => categoryColumn('c', values);
const mismatch = expect.objectContaining({ code: 'KIND_MISMATCH' });
const cells = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 20 });

describe('rangeCoverage', () => {
  test('hand-computed answers', () => {
    expect(rangeCoverage(x([0, 5, 10]), x([2, 8])).value).toBe(0.6);
    expect(rangeCoverage(x([0, 10]), x([-5, 50])).value).toBe(1);
    expect(rangeCoverage(x([0, 10]), x([20, 30])).value).toBe(0);
    expect(rangeCoverage(x([0, 10]), x([4])).value).toBe(0);
    expect(rangeCoverage(x([0, null, 10]), x([null, 0, 5])).value).toBe(0.5);
  });

  test('reasons', () => {
    expect(rangeCoverage(x([3, 3]), x([3]))).toMatchObject({ value: null, reason: 'CONSTANT_REAL' });
    expect(rangeCoverage(x([null]), x([3]))).toMatchObject({ value: null, reason: 'NO_REAL_VALUES' });
    expect(rangeCoverage(x([1, 2]), x([Number.NaN]))).toMatchObject({ value: null, reason: 'NO_SYNTHETIC_VALUES' });
    expect(rangeCoverage(x([-1e308, 1e308]), x([0]))).toMatchObject({ value: null, reason: 'NOT_FINITE' });
    expect(() => rangeCoverage(c(['a']), c(['a']))).toThrowError(mismatch);
  });

  test('is 1 on identical columns and within bounds', () => {
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const { value } = rangeCoverage(x(a), x(b));
        if (new Set(a).size > 1) {
          expect(rangeCoverage(x(a), x(a)).value).toBe(1);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        } else expect(value).toBeNull();
      }),
    );
  });
});

describe('boundaryAdherence', () => {
  test('hand-computed answers and Wilson interval', () => {
    const measure = boundaryAdherence(x([0, 10]), x([-1, 0, 10, 7]));
    expect(measure.value).toBe(0.75);
    // Wilson's interval of 3 of 4 at 95 %.
    expect(measure.interval!.lower).toBeCloseTo(0.300641842582402, 9);
    expect(measure.interval!.upper).toBeCloseTo(0.954412739190259, 9);
  });

  test('missing cells: left out in strict mode, outside in compat mode unless the real column has some too', () => {
    expect(boundaryAdherence(x([0, 10]), x([5, null])).value).toBe(1);
    expect(boundaryAdherence(x([0, 10]), x([5, null]), { mode: 'compat' }).value).toBe(0.5);
    expect(boundaryAdherence(x([0, 10, null]), x([5, null]), { mode: 'compat' }).value).toBe(1);
    expect(boundaryAdherence(x([null]), x([5]))).toMatchObject({ value: null, reason: 'NO_REAL_VALUES' });
    expect(boundaryAdherence(x([null]), x([5]), { mode: 'compat' }).value).toBe(0);
    expect(boundaryAdherence(x([1]), x([]))).toMatchObject({ value: null, reason: 'NO_SYNTHETIC_VALUES' });
    expect(() => boundaryAdherence(c(['a']), c(['a']))).toThrowError(mismatch);
  });
});

describe('categoryCoverage', () => {
  test('counts and names what was lost, most frequent first', () => {
    const measure = categoryCoverage(c(['a', 'b', 'b', 'c', 'd', 'd', null]), c(['a', 'z', null]));
    expect(measure).toMatchObject({ value: 0.25, realLevels: 4, coveredLevels: 1, nReal: 6, nSynthetic: 2 });
    expect(measure.lost).toEqual([
      { label: 'b', rows: 2 },
      { label: 'd', rows: 2 },
      { label: 'c', rows: 1 },
    ]);
    expect(categoryCoverage(c([null]), c(['a']))).toMatchObject({ value: null, reason: 'NO_REAL_VALUES' });
    expect(categoryCoverage(c(['a']), c([])).value).toBe(0);
    const many = Array.from({ length: 30 }, (_, i) => `l${i}`);
    expect(categoryCoverage(c(many), c(['z'])).lost).toHaveLength(20);
  });
});

describe('categoryAdherence', () => {
  test('missing is a level', () => {
    expect(categoryAdherence(c(['a', 'b']), c(['a', 'z', 'b', null])).value).toBe(0.5);
    expect(categoryAdherence(c(['a', null]), c(['a', null])).value).toBe(1);
    expect(categoryAdherence(c([]), c(['a'])).value).toBe(0);
    expect(categoryAdherence(c(['a']), c([]))).toMatchObject({ value: null, reason: 'NO_SYNTHETIC_VALUES' });
  });
});

describe('missingValueSimilarity', () => {
  test('hand-computed answers', () => {
    const measure = missingValueSimilarity(x([1, null, 3, 4]), x([1, 2, 3, 4]));
    expect(measure).toMatchObject({ value: 0.75, realShare: 0.25, syntheticShare: 0 });
    expect(missingValueSimilarity(x([null]), c(['a'])).value).toBe(0);
    expect(missingValueSimilarity(x([]), x([1]))).toMatchObject({
      value: null,
      reason: 'NO_REAL_VALUES',
      realShare: null,
    });
    expect(missingValueSimilarity(x([1]), x([]))).toMatchObject({ value: null, reason: 'NO_SYNTHETIC_VALUES' });
    expect(missingValueSimilarity(x([Number.NaN]), x([1])).value).toBe(1);
  });

  test('the folded interval holds the value and touches 1 when the difference may be 0', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1 }), fc.array(fc.boolean(), { minLength: 1 }), (a, b) => {
        const column = (flags: readonly boolean[]) => x(flags.map((flag) => (flag ? null : 1)));
        const { value, interval } = missingValueSimilarity(column(a), column(b));
        expect(interval!.lower).toBeLessThanOrEqual(value! + 1e-12);
        expect(interval!.upper).toBeGreaterThanOrEqual(value! - 1e-12);
        expect(missingValueSimilarity(column(a), column(a)).interval!.upper).toBe(1);
      }),
    );
  });
});

describe('statisticSimilarity', () => {
  test('hand-computed answers', () => {
    expect(statisticSimilarity(x([0, 10]), x([6, 8]))).toMatchObject({
      value: 0.8,
      real: 5,
      synthetic: 7,
      statistic: 'mean',
    });
    expect(statisticSimilarity(x([0, 1, 10]), x([2, 4]), { statistic: 'median' })).toMatchObject({
      value: 0.8,
      real: 1,
      synthetic: 3,
    });
    // Sample deviations sqrt(50) and sqrt(2).
    const spread = statisticSimilarity(x([0, 10]), x([6, 8]), { statistic: 'std' });
    expect(spread.value).toBeCloseTo(1 - (Math.sqrt(50) - Math.sqrt(2)) / 10, 14);
    expect(statisticSimilarity(x([0, 1]), x([100, 101])).value).toBe(0);
  });

  test('interval of the mean: Welch error over the range', () => {
    const { interval } = statisticSimilarity(x([0, 10]), x([6, 8]));
    // Difference -2, error sqrt(50 / 2 + 2 / 2): 2 + 1.96 * 5.099 over 10 is above 1.
    expect(interval).toMatchObject({ lower: 0, upper: 1 });
    const wide = Array.from({ length: 400 }, (_, i) => i % 10);
    const shifted = wide.map((value) => value + 3);
    const narrow = statisticSimilarity(x(wide), x(shifted)).interval!;
    const half = (1.959963984540054 * Math.sqrt(2 * ((8.25 * 400) / 399 / 400))) / 9;
    expect(narrow.lower).toBeCloseTo(1 - 1 / 3 - half, 9);
    expect(narrow.upper).toBeCloseTo(1 - 1 / 3 + half, 9);
    expect(statisticSimilarity(x(wide), x(shifted), { statistic: 'median' }).interval).toBeUndefined();
  });

  test('reasons and bad options', () => {
    expect(statisticSimilarity(x([]), x([1])).reason).toBe('NO_REAL_VALUES');
    expect(statisticSimilarity(x([1, 2]), x([])).reason).toBe('NO_SYNTHETIC_VALUES');
    expect(statisticSimilarity(x([2, 2]), x([1])).reason).toBe('CONSTANT_REAL');
    expect(statisticSimilarity(x([1, 2]), x([1]), { statistic: 'std' }).reason).toBe('TOO_FEW_VALUES');
    expect(statisticSimilarity(x([1, Infinity]), x([1])).reason).toBe('NOT_FINITE');
    expect(() => statisticSimilarity(x([1]), x([1]), { statistic: 'mode' as 'mean' })).toThrowError(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
  });

  test('does not depend on row order, to the bit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 2 }), (values) => {
        const forward = statisticSimilarity(x(values), x([1, 2, 3]), { statistic: 'std' });
        expect(statisticSimilarity(x([...values].reverse()), x([3, 2, 1]), { statistic: 'std' })).toEqual(forward);
      }),
    );
  });
});
