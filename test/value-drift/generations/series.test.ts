import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng, normal } from '../../../src/random/index.ts';
import {
  changePoint,
  gaussianCollapse,
  linearRegressionCollapse,
  trendTest,
} from '../../../src/value-drift/generations/index.ts';
import { assertJsonSafe, code } from '../support.ts';

describe('trendTest', () => {
  test('exact p-values of Kendall tables', () => {
    // n = 4: 1 of 24 orders rises throughout, as many fall.
    expect(trendTest([1, 2, 3, 4]).pValue).toBeCloseTo(2 / 24, 14);
    expect(trendTest([1, 2, 3, 4, 5]).pValue).toBeCloseTo(2 / 120, 14);
    // One exchange: 4 more orders of 5.
    expect(trendTest([1, 2, 3, 5, 4]).pValue).toBeCloseTo((2 * 5) / 120, 14);
    expect(trendTest([2, 4, 1, 3]).pValue).toBe(1);
  });

  test('a straight line', () => {
    const trend = trendTest([3, 5, 7, 9, 11, 13]);
    expect(trend.slope).toBe(2);
    expect(trend.tau).toBe(1);
    expect(trend.interval).toMatchObject({ lower: 2, upper: 2, level: 0.95 });
    expect(trend.method).toBe('exact');
  });

  test('missing steps count, reversal flips the sign, scale is kept', () => {
    expect(trendTest([0, null, 4, null, null, 10]).slope).toBe(2);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 15 }), (values) => {
        const trend = trendTest(values);
        const back = trendTest([...values].reverse());
        expect(back.slope).toBeCloseTo(-trend.slope!, 12);
        expect(back.pValue).toBeCloseTo(trend.pValue!, 12);
        expect(trendTest(values.map((x) => 3 * x)).slope).toBeCloseTo(3 * trend.slope!, 10);
        expect(trend.pValue).toBeGreaterThan(0);
        expect(trend.pValue).toBeLessThanOrEqual(1);
        if (trend.interval) {
          expect(trend.interval.lower).toBeLessThanOrEqual(trend.slope! + 1e-12);
          expect(trend.interval.upper).toBeGreaterThanOrEqual(trend.slope! - 1e-12);
        }
        assertJsonSafe(trend);
      }),
    );
  });

  test('exact and normal law agree at 40 values', () => {
    const rng = createRng('trend');
    const values = Array.from({ length: 40 }, (_, i) => 0.02 * i + normal(rng));
    const exact = trendTest(values);
    const tied = trendTest([...values, values[39]!, values[39]!]);
    expect(exact.method).toBe('exact');
    expect(tied.method).toBe('normal');
    expect(Math.abs(exact.pValue! - tied.pValue!)).toBeLessThan(0.2);
  });

  test('too few and constant series', () => {
    expect(trendTest([])).toEqual({
      n: 0,
      slope: null,
      tau: null,
      pValue: null,
      method: 'exact',
      reason: 'TOO_FEW_VALUES',
    });
    expect(trendTest([1, 2, 3])).toMatchObject({ slope: 1, pValue: null, reason: 'TOO_FEW_VALUES' });
    expect(trendTest([2, 2, 2, 2])).toMatchObject({ slope: 0, tau: 0, pValue: 1 });
    expect(code(() => trendTest([1, Number.NaN]))).toBe('BAD_NUMBER');
    expect(code(() => trendTest([1, 2], { level: 1 }))).toBe('OUT_OF_RANGE');
  });
});

describe('changePoint', () => {
  test('finds the step, exactly counted', () => {
    const change = changePoint([1, 2, 1, 8, 9, 8]);
    // The three high values stand together at an end in 2 * 3! * 3! of 720 orders.
    expect(change).toMatchObject({ at: 3, pValue: 72 / 720, arrangements: 720, method: 'exact' });
    expect(change.before).toBeCloseTo(4 / 3, 12);
    expect(change.after).toBeCloseTo(25 / 3, 12);
  });

  test('a long series: small p for a step, position in the given list', () => {
    const rng = createRng('change');
    const values: (number | null)[] = Array.from({ length: 30 }, (_, i) => (i < 12 ? 0 : 3) + normal(rng));
    values[5] = null;
    const change = changePoint(values, { permutations: 199 });
    expect(change.at).toBe(12);
    expect(change.pValue).toBe(1 / 200);
    expect(changePoint(values, { permutations: 199 })).toEqual(change);
  });

  test('level and unit do not matter', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
    const base = changePoint(values, { permutations: 99 });
    const other = changePoint(
      values.map((x) => 1e6 + 8 * x),
      { permutations: 99 },
    );
    expect(other.pValue).toBe(base.pValue);
    expect(other.at).toBe(base.at);
  });

  test('nothing to test', () => {
    expect(changePoint([1, 2, 3])).toMatchObject({ at: null, pValue: null, reason: 'TOO_FEW_VALUES' });
    expect(changePoint([2, 2, 2, 2])).toMatchObject({ at: null, pValue: null, reason: 'CONSTANT' });
    expect(code(() => changePoint([1, 2, Number.POSITIVE_INFINITY, 4]))).toBe('BAD_NUMBER');
    expect(code(() => changePoint([1, 2, 3, 4], { permutations: 5 }))).toBe('OUT_OF_RANGE');
  });
});

describe('collapse in closed form', () => {
  test('Gaussian chain', () => {
    const chain = gaussianCollapse({ items: 100, generations: [0, 1, 10, 50], variance: 4 });
    expect(chain.replaceBiased[3]).toBeCloseTo(4 * 0.99 ** 50, 12);
    expect(chain.replaceUnbiased).toEqual([4, 4, 4, 4]);
    // Far along, accumulation is bounded by exp(-pi^2 / 6n).
    const [far] = gaussianCollapse({ items: 100, generations: [100_000] }).accumulate;
    expect(far).toBeCloseTo(Math.exp(-(Math.PI ** 2) / 600), 3);
    expect(gaussianCollapse({ items: 2, generations: [] }).replaceBiased).toEqual([]);
  });

  test('regression chain', () => {
    const chain = linearRegressionCollapse({ rows: 500, features: 20, generations: [1, 5, 100_000] });
    expect(chain.replaceRisk[1]).toBeCloseTo((5 * 20) / 479, 14);
    expect(chain.accumulateRisk[0]).toBe(chain.replaceRisk[0]);
    expect(chain.accumulateRisk[2]).toBeLessThan(chain.accumulateUpperBound);
    expect(chain.accumulateRisk[2]! / chain.accumulateUpperBound).toBeCloseTo(1, 4);
  });

  test('refusals', () => {
    expect(code(() => gaussianCollapse({ items: 1, generations: [1] }))).toBe('OUT_OF_RANGE');
    expect(code(() => gaussianCollapse({ items: 9, generations: [-1] }))).toBe('OUT_OF_RANGE');
    expect(code(() => gaussianCollapse({ items: 9, generations: [1], variance: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => linearRegressionCollapse({ rows: 21, features: 20, generations: [1] }))).toBe('OUT_OF_RANGE');
    expect(code(() => linearRegressionCollapse({ rows: 99, features: 2, generations: [0] }))).toBe('OUT_OF_RANGE');
  });
});
