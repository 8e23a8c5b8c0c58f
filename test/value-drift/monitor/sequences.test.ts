import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng, uniform } from '../../../src/random/index.ts';
import {
  betaBinomialEProcess,
  bettingConfidenceSequence,
  bettingFractions,
  bettingMartingale,
  eDetector,
  empiricalBernsteinSequence,
  hoeffdingSequence,
  normalMixtureSprt,
  pairedBetting,
  pToE,
  vovkSellkeBound,
} from '../../../src/value-drift/monitor/index.ts';
import { code } from './support.ts';

const uniforms = (seed: string, n: number) => {
  const rng = createRng(seed);
  return Float64Array.from({ length: n }, () => uniform(rng));
};

const units = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 });

describe('betting against a mean', () => {
  test('a bet uses the scores before it alone', () => {
    fc.assert(
      fc.property(units, fc.double({ min: 0, max: 1, noNaN: true }), (scores, last) => {
        for (const method of ['plug-in', 'kelly', 'lower-bound'] as const) {
          const bets = bettingFractions(scores, { method });
          const changed = bettingFractions([...scores.slice(0, -1), last], { method });
          expect([...changed]).toEqual([...bets]);
        }
      }),
    );
  });

  test('turning the scores and the mean around changes nothing', () => {
    fc.assert(
      fc.property(units, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (scores, mean) => {
        const here = bettingMartingale(scores, mean);
        const there = bettingMartingale(
          scores.map((x) => 1 - x),
          1 - mean,
        );
        for (let i = 0; i < here.length; i++) expect(there[i]).toBeCloseTo(here[i]!, 7);
      }),
    );
  });

  test('a sum of both sides is never below the larger one, and at most twice it', () => {
    fc.assert(
      fc.property(units, (scores) => {
        const sum = bettingMartingale(scores, 0.4);
        const max = bettingMartingale(scores, 0.4, { combine: 'max' });
        for (let i = 0; i < sum.length; i++) {
          expect(sum[i]!).toBeGreaterThanOrEqual(max[i]! - 1e-12);
          expect(sum[i]!).toBeLessThanOrEqual(max[i]! + Math.LN2 + 1e-12);
        }
      }),
    );
  });

  test('one side alone, and a mean at the edge', () => {
    const rising = bettingMartingale([1, 1, 1], 0.5, { upShare: 1 });
    const falling = bettingMartingale([1, 1, 1], 0.5, { upShare: 0 });
    expect(rising[2]!).toBeGreaterThan(1);
    expect(falling[2]!).toBeLessThan(0);
    expect(bettingMartingale([0, 0], 0)[1]).toBeLessThanOrEqual(0);
    expect(bettingMartingale([1], 0)[0]!).toBeGreaterThan(0);
    expect(bettingMartingale([0, 0], 0.5, { truncation: 1, upShare: 1 })[0]).toBe(-Infinity);
  });

  test('known answers and examples', () => {
    expect([...bettingFractions([0.5, 1], { method: 'kelly' })]).toEqual([0, 0]);
    expect(bettingFractions([1, 1], { method: 'kelly' })[1]).toBe(8 / 7);
    expect(bettingMartingale(new Array(8).fill(1), 0.5)[7]! > 2).toBe(true);
    expect(pairedBetting(new Array(100).fill(0.8), new Array(100).fill(0.4))[99]! > Math.log(20)).toBe(true);
  });
});

describe('confidence sequences', () => {
  const scores = uniforms('sequence', 400);
  test('betting is narrower than empirical Bernstein, which is narrower than Hoeffding, for scores of small spread', () => {
    const narrow = scores.map((x) => 0.45 + 0.1 * x);
    const width = ({ lower, upper }: { lower: Float64Array; upper: Float64Array }) => upper[399]! - lower[399]!;
    const betting = width(bettingConfidenceSequence(narrow));
    const bernstein = width(empiricalBernsteinSequence(narrow));
    const hoeffding = width(hoeffdingSequence(narrow));
    expect(betting).toBeLessThan(bernstein);
    expect(bernstein).toBeLessThan(hoeffding);
  });

  test('the bounds hold the true mean at all times in nearly all streams', () => {
    let misses = 0;
    for (let run = 0; run < 60; run++) {
      const values = uniforms(`cover/${run}`, 300);
      for (const { lower, upper } of [
        bettingConfidenceSequence(values, { grid: 200 }),
        empiricalBernsteinSequence(values),
        hoeffdingSequence(values),
      ])
        if (lower.some((x) => x > 0.5) || upper.some((x) => x < 0.5)) misses++;
    }
    expect(misses).toBeLessThanOrEqual(12);
  });

  test('long constant streams neither overflow nor leave the scale', () => {
    for (const x of [0, 0.3, 1]) {
      const { lower, upper } = bettingConfidenceSequence(new Array(4000).fill(x), { grid: 50 });
      expect(lower[3999]!).toBeLessThanOrEqual(x);
      expect(upper[3999]!).toBeGreaterThanOrEqual(x);
      expect(upper[3999]! - lower[3999]!).toBeLessThan(0.1);
    }
  });

  test('turning the scores around turns the bounds around', () => {
    for (const run of [
      (x: Float64Array) => bettingConfidenceSequence(x, { grid: 100 }),
      empiricalBernsteinSequence,
      hoeffdingSequence,
    ]) {
      const here = run(scores);
      const there = run(scores.map((x) => 1 - x));
      for (const i of [0, 10, 100, 399]) expect(1 - there.upper[i]!).toBeCloseTo(here.lower[i]!, 9);
    }
  });

  test('examples', () => {
    const half = new Array(200).fill(0.5);
    const betting = bettingConfidenceSequence(half.slice(0, 50), { grid: 100 });
    expect([betting.lower[49], betting.upper[49]]).toEqual([0.43, 0.57]);
    const bernstein = empiricalBernsteinSequence(half);
    expect(bernstein.lower[199]! > 0.4 && bernstein.upper[199]! < 0.6).toBe(true);
    const hoeffding = hoeffdingSequence(half);
    expect(hoeffding.lower[199]! > 0.36 && hoeffding.upper[199]! < 0.64).toBe(true);
  });
});

describe('mixtures and e-values', () => {
  test('examples', () => {
    expect(normalMixtureSprt([2, 2]).logE[1]).toBeCloseTo(2.1173605223326115, 12);
    expect(betaBinomialEProcess([1, 1], 0.5, { a: 1, b: 1 })[1]).toBeCloseTo(Math.log(4 / 3), 12);
    const jump = [...new Array(50).fill(0), ...new Array(50).fill(1)];
    const found = eDetector(jump, { mean: 0.3, bet: 0.8 });
    expect(found.shiryaevRobertsAlarm).toBe(61);
    expect(found.cusumAlarm!).toBeGreaterThan(61);
    expect(eDetector([0.3], { mean: 0.3, bet: 0.8 }).cusumAlarm).toBeNull();
    expect(pToE(0.01)).toBe(5);
    expect(pToE(1, { method: 'integrated' })).toBe(0.5);
    expect(vovkSellkeBound(0.5)).toBe(1);
  });

  test('the SPRT radius is the distance at which the evidence reaches 1/alpha', () => {
    const { radius } = normalMixtureSprt(new Array(30).fill(0), { sd: 2, precision: 3, alpha: 0.1 });
    const { logE } = normalMixtureSprt(new Array(30).fill(radius[29]!), { sd: 2, precision: 3 });
    expect(logE[29]).toBeCloseTo(Math.log(10), 10);
  });

  test('calibrators average to 1 over uniform p-values', () => {
    const n = 200_000;
    for (const options of [{}, { kappa: 0.8 }, { method: 'integrated' }] as const) {
      let total = 0;
      // Midpoints in the square root of p: the integrand is steep at 0.
      for (let i = 0; i < n; i++) {
        const u = (i + 0.5) / n;
        total += (pToE(u * u * u * u, options) * 4 * u * u * u) / n;
      }
      expect(total).toBeGreaterThan(0.9);
      expect(total).toBeLessThan(1.0001);
    }
  });

  test('the integrated calibrator is smooth where its series takes over', () => {
    const at = (t: number) => pToE(Math.exp(t), { method: 'integrated' });
    expect(Math.abs(at(-1.0001e-3) - at(-0.9999e-3))).toBeLessThan(1e-7);
  });

  test('no calibrator of the power family passes the bound', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-12, max: 0.36, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (p, kappa) => {
          expect(pToE(p, { kappa })).toBeLessThanOrEqual(vovkSellkeBound(p) * (1 + 1e-12));
        },
      ),
    );
  });
});

test('hostile input is refused with its code', () => {
  for (const [run, expected] of [
    [() => bettingFractions([2]), 'BAD_VALUE'],
    [() => bettingMartingale([Number.NaN], 0.5), 'BAD_VALUE'],
    [() => bettingMartingale([0], 1.5), 'OUT_OF_RANGE'],
    [() => bettingMartingale([0], 0.5, { upShare: -1 }), 'OUT_OF_RANGE'],
    [() => bettingConfidenceSequence([0], { grid: 1 }), 'OUT_OF_RANGE'],
    [() => empiricalBernsteinSequence([0], { truncation: 1 }), 'OUT_OF_RANGE'],
    [() => hoeffdingSequence([-1]), 'BAD_VALUE'],
    [() => normalMixtureSprt([Infinity]), 'BAD_VALUE'],
    [() => normalMixtureSprt([0], { sd: 0 }), 'OUT_OF_RANGE'],
    [() => betaBinomialEProcess([0.5], 0.5), 'BAD_VALUE'],
    [() => betaBinomialEProcess([1], 0), 'OUT_OF_RANGE'],
    [() => pairedBetting([0], []), 'LENGTH_MISMATCH'],
    [() => pairedBetting([0], [2]), 'BAD_VALUE'],
    [() => eDetector([0], { mean: 0.5, bet: 3 }), 'OUT_OF_RANGE'],
    [() => pToE(0), 'OUT_OF_RANGE'],
    [() => pToE(0.5, { kappa: 1 }), 'OUT_OF_RANGE'],
    [() => vovkSellkeBound(2), 'OUT_OF_RANGE'],
  ] as const)
    expect(code(run)).toBe(expected);
  expect(bettingMartingale([], 0.5).length).toBe(0);
});
