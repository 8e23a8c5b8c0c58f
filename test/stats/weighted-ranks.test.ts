import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cholesky, sum } from '../../src/math/index.ts';
import {
  bhattacharyyaDistance,
  clipCorrelation,
  conditionalNormal,
  ecdf,
  ecdfAt,
  hellingerDistance,
  kendall,
  ksStatistic,
  mean,
  normalScores,
  variance,
  weightedMean,
  weightedVariance,
} from '../../src/stats/index.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const few = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 });
const pairsOf = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), {
  minLength: 2,
  maxLength: 60,
});

describe('ecdf', () => {
  test('counts the values at or below, everywhere', () => {
    fc.assert(
      fc.property(few, fc.double({ min: -7, max: 7, noNaN: true }), (values, point) => {
        const steps = ecdf(values);
        const share = (at: number): number => values.filter((value) => value <= at).length / values.length;
        expect(ecdfAt(steps, point)).toBe(share(point));
        for (const value of values) expect(ecdfAt(steps, value)).toBe(share(value));
        expect(steps.n).toBe(values.length);
        expect(steps.values.length).toBe(new Set(values.map((value) => value + 0)).size);
        expect(steps.probabilities.at(-1)).toBe(1);
        expect(ecdfAt(steps, -Infinity)).toBe(0);
        expect(ecdfAt(steps, Infinity)).toBe(1);
      }),
    );
  });
  test('its largest gap is the KS statistic', () => {
    fc.assert(
      fc.property(few, few, (a, b) => {
        const [f, g] = [ecdf(a), ecdf(b)];
        const gaps = [...a, ...b].map((value) => Math.abs(ecdfAt(f, value) - ecdfAt(g, value)));
        expect(Math.max(...gaps)).toBeCloseTo(ksStatistic(a, b), 12);
      }),
    );
  });
  test('-0, NaN and hostile inputs', () => {
    expect(Array.from(ecdf([0, -0]).values)).toEqual([0]);
    expect(ecdfAt(ecdf([1]), Number.NaN)).toBeNaN();
    expect(() => ecdf([])).toThrow(code('EMPTY_INPUT'));
    expect(() => ecdf([1, Number.NaN])).toThrow(code('BAD_NUMBER'));
  });
});

describe('kendall', () => {
  test('equals the count over all pairs', () => {
    fc.assert(
      fc.property(pairsOf, (pairs) => {
        let score = 0;
        let untiedX = 0;
        let untiedY = 0;
        for (let i = 0; i < pairs.length; i++) {
          for (let j = 0; j < i; j++) {
            const dx = Math.sign(pairs[i]![0] - pairs[j]![0]);
            const dy = Math.sign(pairs[i]![1] - pairs[j]![1]);
            score += dx * dy;
            untiedX += dx * dx;
            untiedY += dy * dy;
          }
        }
        const x = pairs.map((pair) => pair[0]);
        const y = pairs.map((pair) => pair[1]);
        const tau = kendall(x, y);
        if (untiedX === 0 || untiedY === 0) expect(tau).toBeNull();
        else expect(tau).toBeCloseTo(score / Math.sqrt(untiedX * untiedY), 12);
        expect(kendall(y, x)).toEqual(tau);
        expect(
          kendall(
            x.map((value) => -value),
            y,
          ) ?? 0,
        ).toBeCloseTo(-(tau ?? 0), 12);
      }),
    );
  });
  test('known answers and hostile inputs', () => {
    expect(kendall([1, 2, 3, 4, 5], [5, 4, 3, 2, 1])).toBe(-1);
    expect(kendall([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.4714045207910316, 15);
    expect(kendall([1], [1])).toBeNull();
    expect(kendall([], [])).toBeNull();
    expect(() => kendall([1, 2], [1])).toThrow(code('LENGTH_MISMATCH'));
    expect(() => kendall([1, Infinity], [1, 2])).toThrow(code('BAD_NUMBER'));
  });
  test('a hundred thousand pairs in two sorted halves', () => {
    const n = 100_000;
    const x = Float64Array.from({ length: n }, (_, i) => i);
    const y = Float64Array.from({ length: n }, (_, i) => (i + n / 2) % n);
    // Discordant pairs: every row of one half with every row of the other.
    expect(kendall(x, y)).toBeCloseTo(1 - (4 * (n / 2) * (n / 2)) / (n * (n - 1)), 14);
  });
});

describe('weighted moments', () => {
  const weighted = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 4 })), {
    minLength: 1,
    maxLength: 30,
  });
  test('frequency weights are repeated rows', () => {
    fc.assert(
      fc.property(weighted, (rows) => {
        const repeated = rows.flatMap(([value, times]) => new Array<number>(times).fill(value));
        fc.pre(repeated.length > 0);
        const values = rows.map((row) => row[0]);
        const weights = rows.map((row) => row[1]);
        expect(weightedMean(values, weights)).toBeCloseTo(mean(repeated), 12);
        const spread = weightedVariance(values, weights, 'frequency');
        if (repeated.length === 1) expect(spread).toBeNull();
        else expect(spread).toBeCloseTo(variance(repeated), 9);
        const shares = weightedVariance(values, weights, 'share')!;
        expect(shares).toBeCloseTo((variance(repeated) * (repeated.length - 1)) / repeated.length || 0, 9);
      }),
    );
  });
  test('equal weights of any size give the plain figures; only ratios matter for reliability', () => {
    fc.assert(
      fc.property(few, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (values, weight) => {
        fc.pre(values.length > 1);
        const weights = values.map(() => weight);
        expect(weightedMean(values, weights)).toBeCloseTo(mean(values), 12);
        expect(weightedVariance(values, weights)).toBeCloseTo(variance(values), 10);
      }),
    );
    const a = weightedVariance([1, 4, 9], [0.2, 0.3, 0.5])!;
    expect(weightedVariance([1, 4, 9], [2, 3, 5])).toBeCloseTo(a, 12);
    // (0.2 * 5.3^2 + 0.3 * 2.3^2 + 0.5 * 2.7^2... by hand: mean 5.9, squares 10.89) / (1 - 0.38).
    expect(a).toBeCloseTo((0.2 * 4.9 ** 2 + 0.3 * 1.9 ** 2 + 0.5 * 3.1 ** 2) / 0.62, 12);
  });
  test('large offsets cost no digits', () => {
    const values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16];
    expect(weightedMean(values, [1, 1, 1, 1])).toBe(1e9 + 10);
    expect(weightedVariance(values, [1, 1, 1, 1], 'frequency')).toBe(30);
    expect(weightedMean([1e16, 1, -1e16], [1, 1, 1])).toBeCloseTo(1 / 3, 15);
  });
  test('undefined figures and hostile inputs', () => {
    expect(weightedVariance([1, 2], [0, 3])).toBeNull();
    expect(weightedVariance([1, 2], [0.5, 0.5], 'frequency')).toBeNull();
    expect(weightedVariance([1, 2], [0, 3], 'share')).toBe(0);
    expect(() => weightedMean([], [])).toThrow(code('EMPTY_INPUT'));
    expect(() => weightedMean([1], [0])).toThrow(code('EMPTY_INPUT'));
    expect(() => weightedMean([1], [1, 2])).toThrow(code('LENGTH_MISMATCH'));
    expect(() => weightedMean([1], [-1])).toThrow(code('BAD_VALUE'));
    expect(() => weightedMean([1], [Number.NaN])).toThrow(code('BAD_VALUE'));
    expect(() => weightedMean([Number.NaN], [1])).toThrow(code('BAD_NUMBER'));
    expect(() => weightedVariance([1], [1], 'other' as 'share')).toThrow(code('BAD_OPTION'));
  });
  test('sums that overflow are infinite, not undefined', () => {
    expect(mean([1e308, 1e308, 1e308])).toBe(Infinity);
    expect(sum([-1e308, -1e308])).toBe(-Infinity);
    expect(sum([Infinity, -Infinity])).toBeNaN();
    expect(sum([Infinity, 1])).toBe(Infinity);
  });
});

describe('copula helpers', () => {
  test('normal scores are antisymmetric ranks', () => {
    const scores = normalScores([5, 1, 3, 3, 9]);
    expect(scores[2]).toBe(scores[3]);
    expect(scores[1]).toBeCloseTo(-1.2815515655446004, 14);
    expect(Array.from(normalScores([]))).toEqual([]);
    expect(sum(normalScores([4, 2, 8, 6, 1, 0]))).toBeCloseTo(0, 14);
  });
  test('clipping makes any symmetric unit-diagonal matrix a correlation matrix', () => {
    const matrix = fc.integer({ min: 1, max: 6 }).chain((n) =>
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((draws) => {
        const out = new Float64Array(n * n);
        for (let i = 0; i < n; i++)
          for (let j = 0; j <= i; j++) out[i * n + j] = out[j * n + i] = i === j ? 1 : draws[i * n + j]!;
        return { n, out };
      }),
    );
    fc.assert(
      fc.property(matrix, ({ n, out }) => {
        const before = out.slice();
        const clipped = clipCorrelation(out, { floor: 1e-6 });
        expect(out).toEqual(before);
        expect(cholesky(clipped.matrix)).not.toBeNull();
        let change = 0;
        for (let i = 0; i < n; i++) {
          expect(clipped.matrix[i * n + i]).toBe(1);
          for (let j = 0; j < n; j++) {
            expect(clipped.matrix[i * n + j]).toBe(clipped.matrix[j * n + i]);
            expect(Math.abs(clipped.matrix[i * n + j]!)).toBeLessThanOrEqual(1);
            change = Math.max(change, Math.abs(clipped.matrix[i * n + j]! - out[i * n + j]!));
          }
        }
        expect(clipped.largestChange).toBe(change);
        if (clipped.lifted === 0) expect(change).toBe(0);
      }),
    );
    expect(() => clipCorrelation([1, 0, 0, 1], { floor: 0 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => clipCorrelation([1, 0.5, 0, 1])).toThrow(code('BAD_VALUE'));
  });
  test('conditioning on nothing, on all, on one by one', () => {
    const c = [1, 0.5, 0.2, 0.5, 1, -0.3, 0.2, -0.3, 1];
    const nothing = conditionalNormal(c, [], [])!;
    expect(nothing.free).toEqual([0, 1, 2]);
    expect(Array.from(nothing.mean)).toEqual([0, 0, 0]);
    expect(Array.from(nothing.covariance)).toEqual(c);
    expect(conditionalNormal(c, [2, 0, 1], [1, 2, 3])!.free).toEqual([]);
    // Both at once equals one after the other.
    const both = conditionalNormal(c, [2, 0], [1.5, -0.4])!;
    const first = conditionalNormal(c, [2], [1.5])!;
    const second = conditionalNormal(first.covariance, [0], [-0.4 - first.mean[0]!])!;
    expect(both.mean[0]).toBeCloseTo(first.mean[1]! + second.mean[0]!, 14);
    expect(both.covariance[0]).toBeCloseTo(second.covariance[0]!, 14);
    expect(conditionalNormal([1, 1, 0, 1, 1, 0, 0, 0, 1], [0, 1], [1, 1])).toBeNull();
    expect(() => conditionalNormal(c, [3], [1])).toThrow(code('OUT_OF_RANGE'));
    expect(() => conditionalNormal(c, [0, 0], [1, 1])).toThrow(code('OUT_OF_RANGE'));
    expect(() => conditionalNormal(c, [0], [])).toThrow(code('LENGTH_MISMATCH'));
  });
  test('Bhattacharyya distance and Hellinger distance tell the same', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 12 }), (cells) => {
        const p = cells.map((cell) => cell[0]);
        const q = cells.map((cell) => cell[1]);
        fc.pre(sum(p) > 0 && sum(q) > 0);
        const distance = bhattacharyyaDistance(p, q);
        const hellinger = hellingerDistance(p, q);
        if (distance === null) expect(hellinger).toBeCloseTo(1, 12);
        else expect(1 - Math.exp(-distance)).toBeCloseTo(hellinger * hellinger, 12);
      }),
    );
  });
});
