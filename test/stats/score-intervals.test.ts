import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chiSquareQuantile } from '../../src/math/index.ts';
import { oddsRatioInterval, riskDifferenceInterval, riskRatioInterval } from '../../src/stats/index.ts';

/** Binomial log-likelihood of p1 and p2, maximised over p2 with p1 tied to it, by golden section. */
function restricted(x1: number, n1: number, x2: number, n2: number, tie: (p2: number) => number): [number, number] {
  const term = (x: number, n: number, p: number): number =>
    (x > 0 ? x * Math.log(p) : 0) + (n > x ? (n - x) * Math.log(1 - p) : 0);
  const at = (p: number): number => {
    const p1 = tie(p);
    return p1 < 0 || p1 > 1 ? -Infinity : term(x1, n1, p1) + term(x2, n2, p);
  };
  let best = 0;
  let bestAt = -Infinity;
  for (let i = 1; i < 2000; i++) if (at(i / 2000) > bestAt) [best, bestAt] = [i / 2000, at(i / 2000)];
  let low = best - 1 / 2000;
  let high = best + 1 / 2000;
  for (let i = 0; i < 60; i++) {
    const a = low + 0.382 * (high - low);
    const b = high - 0.382 * (high - low);
    if (at(a) > at(b)) high = b;
    else low = a;
  }
  const p2 = (low + high) / 2;
  return [tie(p2), p2];
}

const counts = fc
  .tuple(fc.integer({ min: 4, max: 60 }), fc.integer({ min: 4, max: 60 }))
  .chain(([n1, n2]) =>
    fc.tuple(
      fc.integer({ min: 1, max: n1 - 1 }),
      fc.constant(n1),
      fc.integer({ min: 1, max: n2 - 1 }),
      fc.constant(n2),
    ),
  );

describe('the ends of score intervals are roots of the score equation', () => {
  const limit = chiSquareQuantile(0.95, 1);
  test('difference, ratio and odds ratio, with the variance factor N / (N - 1)', () => {
    fc.assert(
      fc.property(counts, ([x1, n1, x2, n2]) => {
        const factor = (n1 + n2) / (n1 + n2 - 1);
        const difference = riskDifferenceInterval(x1, n1, x2, n2, 'score');
        for (const d of [difference.lower, difference.upper]) {
          const [p1, p2] = restricted(x1, n1, x2, n2, (p) => p + d);
          const variance = ((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2) * factor;
          expect((x1 / n1 - x2 / n2 - d) ** 2 / variance).toBeCloseTo(limit, 3);
        }
        const ratio = riskRatioInterval(x1, n1, x2, n2, 'score')!;
        for (const r of [ratio.lower, ratio.upper]) {
          const [p1, p2] = restricted(x1, n1, x2, n2, (p) => p * r);
          const variance = ((p1 * (1 - p1)) / n1 + (r * r * p2 * (1 - p2)) / n2) * factor;
          expect((x1 / n1 - (r * x2) / n2) ** 2 / variance).toBeCloseTo(limit, 3);
        }
        const odds = oddsRatioInterval(x1, n1, x2, n2, 'score')!;
        for (const o of [odds.lower, odds.upper]) {
          const [p1, p2] = restricted(x1, n1, x2, n2, (p) => (o * p) / (1 + p * (o - 1)));
          const [v1, v2] = [p1 * (1 - p1), p2 * (1 - p2)];
          const gap = (x1 / n1 - p1) / v1 - (x2 / n2 - p2) / v2;
          expect(gap ** 2 / ((1 / (n1 * v1) + 1 / (n2 * v2)) * factor)).toBeCloseTo(limit, 3);
        }
      }),
      { numRuns: 40 },
    );
  });
  test('known answers', () => {
    // Newcombe 1998, table II, example a by the method of Mee and Miettinen-Nurminen: 0.0528 to 0.3382.
    const interval = riskDifferenceInterval(56, 70, 48, 80, 'score');
    expect(interval.lower).toBeCloseTo(0.0528, 4);
    expect(interval.upper).toBeCloseTo(0.3382, 4);
  });
});
