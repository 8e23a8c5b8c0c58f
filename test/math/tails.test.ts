import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as math from '../../src/math/index.ts';
import { TAILS } from './known-answers.ts';
import { relativeError } from './ulps.ts';

const functions = math as unknown as Record<string, (...values: number[]) => number>;
const logarithmOf: Record<string, string> = {
  betaRegularized: 'logBetaRegularized',
  betaRegularizedUpper: 'logBetaRegularizedUpper',
  binomialUpperTail: 'logBinomialUpperTail',
  binomialLowerTail: 'logBinomialLowerTail',
  gammaRegularizedUpper: 'logGammaRegularizedUpper',
  gammaRegularizedLower: 'logGammaRegularizedLower',
  hypergeometricUpperTail: 'logHypergeometricUpperTail',
};

describe('known answers', () => {
  test.each(TAILS)('%s(%j)', (name, values, expected, logExpected) => {
    const bound = values.some((value) => value > 2e4) ? 1e-10 : 1e-12;
    if (expected > 1e-300) expect(relativeError(functions[name]!(...values), expected)).toBeLessThanOrEqual(bound);
    const logName = logarithmOf[name];
    if (!logName) return;
    const actual = functions[logName]!(...values);
    // The error of a logarithm is the relative error of the tail.
    expect(Math.abs(actual - logExpected)).toBeLessThanOrEqual(bound * Math.max(1, Math.abs(logExpected)));
  });
  test('far below the smallest double', () => {
    expect(relativeError(math.logBinomialUpperTail(1e6, 1e6, 0.5), -1e6 * Math.LN2)).toBeLessThan(1e-13);
    expect(relativeError(math.logGammaRegularizedUpper(1, 1e5), -1e5)).toBeLessThan(1e-13);
    expect(relativeError(math.logHypergeometricUpperTail(500, 2000, 1000, 500), -431.32044556804277)).toBeLessThan(
      1e-13,
    );
    expect(math.binomialUpperTail(1e6, 1e6, 0.5)).toBe(0);
  });
});

describe('laws', () => {
  const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  const shape = fc.double({ min: 0.01, max: 5000, noNaN: true });
  test('beta tails: complement, symmetry, logarithm, order', () => {
    fc.assert(
      fc.property(probability, shape, shape, (x, a, b) => {
        const lower = math.betaRegularized(x, a, b);
        const upper = math.betaRegularizedUpper(x, a, b);
        expect(Math.abs(lower + upper - 1)).toBeLessThanOrEqual(1e-12);
        expect(relativeError(math.betaRegularizedUpper(1 - x, b, a, x), lower) < 1e-11 || lower < 1e-300).toBe(true);
        if (lower > 1e-300)
          expect(relativeError(math.exp(math.logBetaRegularized(x, a, b)), lower)).toBeLessThan(1e-11);
        expect(math.betaRegularized(Math.min(1, x + 1e-3), a, b)).toBeGreaterThanOrEqual(lower * (1 - 1e-12));
      }),
    );
  });
  test('beta quantile is the inverse', () => {
    fc.assert(
      fc.property(
        probability,
        fc.double({ min: 0.1, max: 1000, noNaN: true }),
        fc.double({ min: 0.1, max: 1000, noNaN: true }),
        (p, a, b) => {
          const x = math.betaQuantile(p, a, b);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(1);
          if (x < 1 - 1e-9) expect(Math.abs(math.betaRegularized(x, a, b) - p)).toBeLessThanOrEqual(1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });
  test('gamma tails: complement, logarithm, quantile', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 2000, noNaN: true }),
        fc.double({ min: 1e-3, max: 3000, noNaN: true }),
        (a, x) => {
          const lower = math.gammaRegularizedLower(a, x);
          const upper = math.gammaRegularizedUpper(a, x);
          expect(Math.abs(lower + upper - 1)).toBeLessThanOrEqual(1e-12);
          if (upper > 1e-300) {
            expect(relativeError(math.exp(math.logGammaRegularizedUpper(a, x)), upper)).toBeLessThan(1e-11);
          }
          if (lower > 1e-6 && lower < 1 - 1e-6)
            expect(relativeError(math.gammaQuantile(lower, a), x)).toBeLessThan(1e-8);
        },
      ),
      { numRuns: 60 },
    );
  });
  test('binomial tails against the plain sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -1, max: 61 }), probability, (n, k, p) => {
        let upper = 0;
        let choose = 1;
        for (let i = 0; i <= n; i++) {
          if (i > 0) choose = (choose * (n - i + 1)) / i;
          if (i >= k) upper += choose * p ** i * (1 - p) ** (n - i);
        }
        expect(Math.abs(math.binomialUpperTail(k, n, p) - upper)).toBeLessThanOrEqual(1e-12 * Math.max(upper, 1e-3));
        expect(Math.abs(math.binomialLowerTail(k - 1, n, p) - (1 - upper))).toBeLessThanOrEqual(1e-12);
        const midP = math.exp(math.logBinomialMidP(k, n, p));
        const at = math.exp(math.logBinomialProbability(k, n, p));
        expect(Math.abs(midP - (math.binomialUpperTail(k, n, p) - at / 2))).toBeLessThanOrEqual(1e-12);
      }),
    );
  });
  test('t, F, chi-square and Poisson in terms of each other', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 30, noNaN: true }),
        fc.double({ min: 0.3, max: 5000, noNaN: true }),
        (t, df) => {
          const twoSided = 2 * math.studentTUpperTail(t, df);
          expect(relativeError(math.fUpperTail(t * t, 1, df), twoSided)).toBeLessThan(1e-10);
          expect(math.studentTUpperTail(-t, df)).toBeCloseTo(1 - twoSided / 2, 12);
          const p = math.studentTUpperTail(t, df);
          if (p > 1e-8) expect(relativeError(math.studentTQuantile(1 - p, df), t)).toBeLessThan(1e-6);
          expect(relativeError(math.chiSquareUpperTail(2 * t, 2), math.exp(-t))).toBeLessThan(1e-13);
          expect(math.poissonUpperTail(1, t)).toBeCloseTo(-math.expm1(-t), 13);
          const q = math.chiSquareQuantile(0.3, df);
          expect(math.chiSquareUpperTail(q, df)).toBeCloseTo(0.7, 10);
        },
      ),
      { numRuns: 60 },
    );
  });
  test('hypergeometric tails against the plain sum', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(42), (population, marked, drawn, k) => {
        fc.pre(marked <= population && drawn <= population);
        let upper = 0;
        for (let i = k; i <= drawn; i++)
          upper += math.exp(math.logHypergeometricProbability(i, population, marked, drawn));
        expect(math.hypergeometricUpperTail(k, population, marked, drawn)).toBeCloseTo(upper, 11);
      }),
    );
  });
});

describe('hostile arguments', () => {
  test('outside the range: NaN', () => {
    for (const bad of [NaN, -1, Infinity]) {
      expect(math.betaRegularized(0.5, bad, 1)).toBeNaN();
      expect(math.betaRegularizedUpper(0.5, 1, bad)).toBeNaN();
      expect(math.logBetaRegularized(bad, 1, 1)).toBeNaN();
      expect(math.gammaRegularizedUpper(bad, 1)).toBeNaN();
      expect(math.binomialUpperTail(1, bad, 0.5)).toBeNaN();
      expect(math.binomialLowerTail(1, 2, bad)).toBeNaN();
      expect(math.hypergeometricUpperTail(1, 10, bad, 3)).toBeNaN();
      expect(math.logHypergeometricProbability(1, bad, 1, 1)).toBeNaN();
      expect(math.fUpperTail(1, bad, 1)).toBeNaN();
      expect(math.poissonUpperTail(1, bad)).toBeNaN();
      expect(math.betaQuantile(bad, 1, 1)).toBeNaN();
      expect(math.gammaQuantile(bad, 1)).toBeNaN();
      expect(math.studentTQuantile(bad, 5)).toBeNaN();
    }
    expect(math.binomialUpperTail(1, 2.5, 0.5)).toBeNaN();
    expect(math.binomialUpperTail(NaN, 2, 0.5)).toBeNaN();
    expect(math.logBinomialProbability(NaN, 2, 0.5)).toBeNaN();
    expect(math.studentTUpperTail(1, 0)).toBeNaN();
    expect(math.studentTUpperTail(NaN, 3)).toBeNaN();
    expect(math.chiSquareUpperTail(-1, 3)).toBeNaN();
    expect(math.logBetaRegularizedUpper(0.5, 0, 1)).toBeNaN();
  });
  test('ends of the range', () => {
    expect(math.betaRegularized(0, 2, 3)).toBe(0);
    expect(math.betaRegularized(1, 2, 3)).toBe(1);
    expect(math.betaRegularizedUpper(0, 2, 3)).toBe(1);
    expect(math.betaRegularizedUpper(1, 2, 3)).toBe(0);
    expect(math.gammaRegularizedUpper(2, 0)).toBe(1);
    expect(math.gammaRegularizedUpper(2, Infinity)).toBe(0);
    expect(math.gammaRegularizedLower(2, Infinity)).toBe(1);
    expect(math.logGammaRegularizedLower(2, 0)).toBe(-Infinity);
    expect(math.binomialUpperTail(0, 0, 0.5)).toBe(1);
    expect(math.binomialUpperTail(1, 0, 0.5)).toBe(0);
    expect(math.binomialUpperTail(1, 5, 0)).toBe(0);
    expect(math.binomialUpperTail(5, 5, 1)).toBe(1);
    expect(math.binomialLowerTail(-1, 5, 0.5)).toBe(0);
    expect(math.binomialLowerTail(4, 5, 1)).toBe(0);
    expect(math.binomialLowerTail(5, 5, 1)).toBe(1);
    expect(math.binomialUpperTail(1.5, 5, 0.5)).toBe(math.binomialUpperTail(2, 5, 0.5));
    expect(math.logBinomialUpperTail(6, 5, 0.5)).toBe(-Infinity);
    expect(math.logBinomialLowerTail(-1, 5, 0.5)).toBe(-Infinity);
    expect(math.logBinomialProbability(0.5, 5, 0.5)).toBe(-Infinity);
    expect(math.logBinomialProbability(0, 5, 0)).toBe(0);
    expect(math.logBinomialProbability(5, 5, 1)).toBe(0);
    expect(math.logBinomialMidP(6, 5, 0.5)).toBe(-Infinity);
    expect(math.hypergeometricUpperTail(0, 0, 0, 0)).toBe(1);
    expect(math.hypergeometricUpperTail(4, 10, 3, 5)).toBe(0);
    expect(math.logHypergeometricProbability(0, 0, 0, 0)).toBe(0);
    expect(math.fUpperTail(Infinity, 1, 1)).toBe(0);
    expect(math.fUpperTail(0, 3, 4)).toBe(1);
    expect(math.poissonUpperTail(0, 3)).toBe(1);
    expect(math.poissonUpperTail(Infinity, 3)).toBe(0);
    expect(math.poissonUpperTail(3, 0)).toBe(0);
    expect(math.studentTUpperTail(0, 3)).toBeCloseTo(0.5, 15);
    expect(math.studentTUpperTail(Infinity, 3)).toBe(0);
    expect(math.studentTUpperTail(2, Infinity)).toBe(math.normalUpperTail(2));
    expect(math.studentTQuantile(0.5, 3)).toBe(0);
    expect(math.studentTQuantile(0, 3)).toBe(-Infinity);
    expect(math.studentTQuantile(1, 3)).toBe(Infinity);
    expect(math.studentTQuantile(0.9, Infinity)).toBe(math.normalQuantile(0.9));
    expect(math.betaQuantile(0, 1, 2)).toBe(0);
    expect(math.betaQuantile(1, 1, 2)).toBe(1);
    expect(math.gammaQuantile(0, 2)).toBe(0);
    expect(math.gammaQuantile(1, 2)).toBe(Infinity);
  });
  test('extreme shapes stay probabilities', () => {
    for (const a of [1e-10, 1e-3, 1, 1e3, 1e8]) {
      for (const b of [1e-10, 1e-3, 1, 1e3, 1e8]) {
        for (const x of [5e-324, 1e-10, 0.3, 0.9999999999]) {
          const value = math.betaRegularized(x, a, b);
          expect(value >= 0 && value <= 1, `I(${x}; ${a}, ${b}) = ${value}`).toBe(true);
        }
        const q = math.gammaRegularizedUpper(a, b);
        expect(q >= 0 && q <= 1, `Q(${a}, ${b}) = ${q}`).toBe(true);
      }
    }
  });
});
