import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binomialLowerTail, binomialUpperTail } from '../../src/math/index.ts';
import {
  clopperPearsonInterval,
  katzInterval,
  newcombeInterval,
  oddsRatioInterval,
  proportionInterval,
  riskDifferenceInterval,
  riskRatioInterval,
  wilsonInterval,
} from '../../src/stats/index.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const counts = fc.integer({ min: 1, max: 60 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

describe('one proportion', () => {
  test('Clopper-Pearson ends are where the tails are alpha / 2', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(0.8, 0.95, 0.999), ([k, n], level) => {
        const { lower, upper } = clopperPearsonInterval(k, n, level);
        if (k > 0) expect(binomialUpperTail(k, n, lower)).toBeCloseTo((1 - level) / 2, 9);
        else expect(lower).toBe(0);
        if (k < n) expect(binomialLowerTail(k, n, upper)).toBeCloseTo((1 - level) / 2, 9);
        else expect(upper).toBe(1);
      }),
    );
  });
  test('all methods: mirrored by swapping success and failure, holding the rate, wider at a higher level', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        for (const method of ['wilson', 'clopper-pearson', 'agresti-coull', 'jeffreys', 'wald'] as const) {
          const found = proportionInterval(k, n, method);
          const mirrored = proportionInterval(n - k, n, method);
          expect(found.lower).toBeCloseTo(1 - mirrored.upper, 9);
          expect(found.lower).toBeGreaterThanOrEqual(0);
          expect(found.upper).toBeLessThanOrEqual(1);
          if (method !== 'jeffreys') expect(found.lower).toBeLessThanOrEqual(k / n + 1e-12);
          const wider = proportionInterval(k, n, method, 0.99);
          expect(wider.upper).toBeGreaterThanOrEqual(found.upper - 1e-12);
        }
      }),
    );
  });
  test('hostile', () => {
    expect(() => wilsonInterval(1, 0)).toThrow(code('OUT_OF_RANGE'));
    expect(() => wilsonInterval(3, 2)).toThrow(code('OUT_OF_RANGE'));
    expect(() => wilsonInterval(0.5, 2)).toThrow(code('OUT_OF_RANGE'));
    expect(() => wilsonInterval(1, 2, 1)).toThrow(code('OUT_OF_RANGE'));
    expect(() => clopperPearsonInterval(NaN, 2)).toThrow(code('OUT_OF_RANGE'));
    expect(() => proportionInterval(1, 2, 'x' as 'wald')).toThrow(code('BAD_OPTION'));
    expect(wilsonInterval(5e8, 1e9).upper).toBeGreaterThan(0.5);
  });
});

describe('two proportions', () => {
  test('difference: swapping groups mirrors, and the difference lies inside', () => {
    fc.assert(
      fc.property(counts, counts, ([a, n], [b, m]) => {
        for (const method of ['newcombe', 'score', 'agresti-caffo', 'wald'] as const) {
          const found = riskDifferenceInterval(a, n, b, m, method);
          const mirrored = riskDifferenceInterval(b, m, a, n, method);
          expect(found.lower).toBeCloseTo(-mirrored.upper, 7);
          if (method !== 'agresti-caffo') {
            expect(found.lower).toBeLessThanOrEqual(a / n - b / m + 1e-9);
            expect(found.upper).toBeGreaterThanOrEqual(a / n - b / m - 1e-9);
          }
        }
      }),
      { numRuns: 40 },
    );
    // Score interval: root of the restricted likelihood found independently with scipy (3/17 against 5/12).
    const score = riskDifferenceInterval(3, 17, 5, 12, 'score');
    expect(score.lower).toBeCloseTo(-0.55135081, 7);
    expect(score.upper).toBeCloseTo(0.09427515, 7);
    expect(newcombeInterval(0, 10, 0, 12).lower).toBeLessThan(0);
    expect(() => riskDifferenceInterval(1, 2, 1, 2, 'x' as 'wald')).toThrow(code('BAD_OPTION'));
  });
  test('ratios: swapping groups inverts', () => {
    fc.assert(
      fc.property(counts, counts, ([a, n], [b, m]) => {
        const katz = katzInterval(a, n, b, m);
        expect(katz.lower).toBeGreaterThan(0);
        expect(katz.upper).toBeLessThan(Infinity);
        expect(katz.lower * katzInterval(b, m, a, n).upper).toBeCloseTo(1, 9);
        for (const method of ['log', 'log-adjusted', 'score'] as const) {
          const found = riskRatioInterval(a, n, b, m, method);
          const swapped = riskRatioInterval(b, m, a, n, method);
          expect(found === null).toBe(swapped === null);
          if (found && swapped && found.upper < 1e10) expect(found.lower * swapped.upper).toBeCloseTo(1, 6);
        }
        for (const method of ['logit', 'logit-adjusted', 'score'] as const) {
          const found = oddsRatioInterval(a, n, b, m, method);
          const swapped = oddsRatioInterval(b, m, a, n, method);
          expect(found === null).toBe(swapped === null);
          if (found && swapped) expect(found.lower * swapped.upper).toBeCloseTo(1, 6);
        }
      }),
      { numRuns: 40 },
    );
    expect(() => riskRatioInterval(1, 2, 1, 2, 'x' as 'log')).toThrow(code('BAD_OPTION'));
    expect(() => oddsRatioInterval(1, 2, 1, 2, 'x' as 'logit')).toThrow(code('BAD_OPTION'));
  });
});
