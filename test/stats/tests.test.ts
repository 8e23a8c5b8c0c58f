import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AdjustMethod,
  adjustPValues,
  andersonDarling,
  chiSquareTest,
  combinePValues,
  cramerVonMises,
  eBenjaminiHochberg,
  energyDistance,
  entropy,
  eppsSingleton,
  exactMeanPermutation,
  fisherExact,
  goodmanKruskalTau,
  goodnessOfFit,
  gTest,
  hellingerDistance,
  jensenShannon,
  ksStatistic,
  ksTwoSample,
  kullbackLeibler,
  mannWhitneyU,
  mantelHaenszel,
  mutualInformation,
  permutationPValue,
  psi,
  tableResiduals,
  theilsU,
  totalVariation,
  unconditionalExact,
  wasserstein1,
  weightedSumUpperTail,
  welchT,
} from '../../src/stats/index.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const sample = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 6 });

/** All ways to choose n of the pooled values as the first sample. */
function splits(pooled: readonly number[], n: number): [number[], number[]][] {
  const out: [number[], number[]][] = [];
  for (let mask = 0; mask < 1 << pooled.length; mask++) {
    const first = pooled.filter((_, i) => mask & (1 << i));
    if (first.length === n) out.push([first, pooled.filter((_, i) => !(mask & (1 << i)))]);
  }
  return out;
}

describe('two samples', () => {
  test('exact KS p-value equals full enumeration, ties and all', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const d = ksStatistic(a, b);
        const all = splits([...a, ...b], a.length);
        const exceed = all.filter(([x, y]) => ksStatistic(x, y) >= d - 1e-12).length;
        const result = ksTwoSample(a, b, { method: 'exact' });
        expect(result.statistic).toBeCloseTo(d, 14);
        expect(result.pValue).toBeCloseTo(exceed / all.length, 12);
        expect(ksTwoSample(a, b, { method: 'exact', ties: 'ignore' }).pValue).toBeGreaterThanOrEqual(
          result.pValue - 1e-12,
        );
      }),
      { numRuns: 60 },
    );
  });
  test('KS: exact and asymptotic agree on large samples, and small tails stay above 0', () => {
    for (const shift of [0, 3, 8, 20]) {
      const a = Float64Array.from({ length: 300 }, (_, i) => i);
      const b = Float64Array.from({ length: 400 }, (_, i) => i * 0.75 + 0.1 + shift);
      const exact = ksTwoSample(a, b, { method: 'exact' }).pValue;
      expect(Math.abs(ksTwoSample(a, b, { method: 'asymptotic' }).pValue - exact)).toBeLessThan(0.02);
    }
    const far = ksTwoSample(
      Float64Array.from({ length: 200 }, (_, i) => i),
      Float64Array.from({ length: 200 }, (_, i) => i + 500),
    );
    expect(far.pValue).toBeGreaterThan(0);
    expect(far.pValue).toBeLessThan(1e-100);
    const big = ksTwoSample(
      Float64Array.from({ length: 5000 }, (_, i) => i),
      Float64Array.from({ length: 4000 }, (_, i) => i * 1.27),
    );
    expect(big.method).toBe('asymptotic');
    expect(big.pValue).toBeGreaterThan(0);
    expect(big.pValue).toBeLessThanOrEqual(1);
  });
  test('exact permutation of means against its definition', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const gap = (x: number[], y: number[]): number =>
          Math.abs(x.reduce((s, v) => s + v, 0) / x.length - y.reduce((s, v) => s + v, 0) / y.length);
        const all = splits([...a, ...b], a.length);
        const exceed = all.filter(([x, y]) => gap(x, y) >= gap(a, b) - 1e-9).length;
        const result = exactMeanPermutation(a, b);
        expect([result.count, result.total]).toEqual([exceed, all.length]);
      }),
      { numRuns: 40 },
    );
    expect(() => exactMeanPermutation(new Float64Array(30), new Float64Array(30))).toThrow(code('NO_CAPACITY'));
  });
  test('symmetry and bounds', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        expect(wasserstein1(a, b)).toBeCloseTo(wasserstein1(b, a), 12);
        expect(energyDistance(a, b)).toBeCloseTo(energyDistance(b, a), 12);
        expect(wasserstein1(a, a)).toBe(0);
        const u = mannWhitneyU(a, b);
        expect(u.auc + mannWhitneyU(b, a).auc).toBeCloseTo(1, 12);
        expect(u.pValue).toBeCloseTo(mannWhitneyU(b, a).pValue, 12);
        for (const p of [u.pValue, cramerVonMises(a, b).pValue]) {
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
        }
        // Energy distance by its definition.
        const meanGap = (x: number[], y: number[]): number =>
          x.reduce((s, v) => s + y.reduce((t, w) => t + Math.abs(v - w), 0), 0) / (x.length * y.length);
        const squared = 2 * meanGap(a, b) - meanGap(a, a) - meanGap(b, b);
        expect(energyDistance(a, b) ** 2).toBeCloseTo(squared, 10);
      }),
    );
  });
  test('degenerate samples', () => {
    expect(mannWhitneyU([1, 1], [1]).pValue).toBe(1);
    expect(mannWhitneyU([1, 1], [1]).z).toBeNull();
    expect(welchT([1, 1], [1, 1]).pValue).toBe(1);
    expect(welchT([1, 1], [2, 2])).toEqual({ t: null, df: null, pValue: 0 });
    expect(eppsSingleton([1, 1, 1, 1, 1], [1, 1, 1, 1, 1]).statistic).toBeNull();
    expect(andersonDarling([[1], [1]])).toBeNull();
    expect(() => ksTwoSample([], [1])).toThrow(code('EMPTY_INPUT'));
    expect(() => wasserstein1([NaN], [1])).toThrow(code('BAD_NUMBER'));
    expect(() => welchT([1], [1, 2])).toThrow(code('EMPTY_INPUT'));
  });
});

describe('tables', () => {
  const count = fc.integer({ min: 0, max: 12 });
  test('Fisher against the definition', () => {
    const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
    const choose = (n: number, k: number): number => factorial(n) / factorial(k) / factorial(n - k);
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const row = a + b;
        const column = a + c;
        const n = a + b + c + d;
        const at = (x: number): number => (choose(row, x) * choose(n - row, column - x)) / choose(n, column);
        const low = Math.max(0, column - (n - row));
        const high = Math.min(row, column);
        let two = 0;
        let less = 0;
        let greater = 0;
        for (let x = low; x <= high; x++) {
          if (at(x) <= at(a) * (1 + 1e-7)) two += at(x);
          if (x <= a) less += at(x);
          if (x >= a) greater += at(x);
        }
        const result = fisherExact([
          [a, b],
          [c, d],
        ]);
        expect(result.twoSided).toBeCloseTo(two, 10);
        expect(result.less).toBeCloseTo(less, 10);
        expect(result.greater).toBeCloseTo(greater, 10);
        expect(
          fisherExact([
            [c, d],
            [a, b],
          ]).twoSided,
        ).toBeCloseTo(two, 10);
      }),
    );
    expect(() => fisherExact([[1, 2]])).toThrow(code('BAD_VALUE'));
    expect(() =>
      fisherExact([
        [1, 2],
        [1, 0.5],
      ]),
    ).toThrow(code('BAD_VALUE'));
    expect(
      fisherExact([
        [1200, 9000],
        [6000, 15000],
      ]).twoSided,
    ).toBeGreaterThan(0);
  });
  test('the unconditional test is valid: its size never exceeds the level', () => {
    for (const [n, m] of [
      [4, 5],
      [6, 3],
    ] as const) {
      for (const statistic of ['pooled-z', 'fisher'] as const) {
        const found = Array.from({ length: n + 1 }, (_, x) =>
          Array.from(
            { length: m + 1 },
            (_, y) =>
              unconditionalExact(
                [
                  [x, n - x],
                  [y, m - y],
                ],
                { statistic },
              ).pValue,
          ),
        );
        const choose = (k: number, i: number): number => (i === 0 ? 1 : (choose(k, i - 1) * (k - i + 1)) / i);
        for (const rate of [0.1, 0.37, 0.5, 0.8]) {
          let size = 0;
          for (let x = 0; x <= n; x++) {
            for (let y = 0; y <= m; y++) {
              if (found[x]![y]! > 0.1) continue;
              size += choose(n, x) * choose(m, y) * rate ** (x + y) * (1 - rate) ** (n + m - x - y);
            }
          }
          expect(size).toBeLessThanOrEqual(0.1 + 1e-12);
        }
      }
    }
    expect(
      unconditionalExact([
        [0, 0],
        [1, 2],
      ]).pValue,
    ).toBe(1);
    expect(() =>
      unconditionalExact([
        [1, 500],
        [500, 1],
      ]),
    ).toThrow(code('NO_CAPACITY'));
  });
  test('empty rows and columns are left out and counted', () => {
    const test = chiSquareTest([
      [5, 0, 3],
      [2, 0, 6],
      [0, 0, 0],
    ]);
    expect(test.df).toBe(1);
    expect(test.dropped).toBe(2);
    expect(
      chiSquareTest([
        [5, 3],
        [2, 6],
      ]).statistic,
    ).toBeCloseTo(test.statistic, 14);
    expect(
      chiSquareTest([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual({ statistic: 0, df: 0, pValue: 1, n: 0, leastExpected: 0, dropped: 4 });
    expect(
      gTest([
        [0, 0],
        [0, 0],
      ]).pValue,
    ).toBe(1);
    expect(theilsU([[1], [2]])).toBeNull();
    expect(goodmanKruskalTau([[1], [2]])).toBeNull();
    expect(mutualInformation([[0]])).toBe(0);
    expect(
      tableResiduals([
        [0, 0],
        [1, 2],
      ]).adjusted,
    ).toEqual([
      [0, 0],
      [0, 0],
    ]);
    const empty = mantelHaenszel([
      [
        [0, 0],
        [0, 1],
      ],
    ]);
    expect(empty.oddsRatio).toBeNull();
    expect(empty.skipped).toBe(1);
    expect(empty.test.pValue).toBe(1);
  });
  test('goodness of fit', () => {
    expect(goodnessOfFit([1, 2], [0, 1]).pValue).toBe(0);
    expect(goodnessOfFit([3], [1])).toEqual({ statistic: 0, df: 0, pValue: 1 });
    expect(goodnessOfFit([5, 5, 0], [1, 1, 0]).df).toBe(1);
  });
});

describe('divergences', () => {
  const masses = fc
    .array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 4 })
    .filter((m) => m.some((v) => v > 0));
  test('bounds, symmetry, zero on equal shares, Pinsker', () => {
    fc.assert(
      fc.property(masses, masses, (p, q) => {
        const tv = totalVariation(p, q);
        for (const f of [totalVariation, hellingerDistance, jensenShannon, psi] as const) {
          expect(f(p, q)).toBeGreaterThanOrEqual(0);
          expect(f(p, q)).toBeCloseTo(f(q, p), 12);
          expect(
            f(
              p,
              p.map((value) => 3 * value),
            ),
          ).toBeCloseTo(0, 7);
        }
        expect(tv).toBeLessThanOrEqual(1);
        expect(jensenShannon(p, q)).toBeLessThanOrEqual(Math.LN2);
        const h = hellingerDistance(p, q);
        expect(h * h).toBeLessThanOrEqual(tv + 1e-12);
        const kl = kullbackLeibler(p, q);
        if (kl !== null) expect(kl).toBeGreaterThanOrEqual(2 * tv * tv - 1e-12);
        expect(entropy(p)).toBeLessThanOrEqual(Math.log(4) + 1e-12);
      }),
    );
    expect(kullbackLeibler([1, 1], [1, 0])).toBeNull();
    expect(() => psi([1], [1, 2])).toThrow(code('LENGTH_MISMATCH'));
    expect(() => psi([0, 0], [1, 2])).toThrow(code('EMPTY_INPUT'));
    expect(() => psi([-1, 2], [1, 2])).toThrow(code('BAD_VALUE'));
    expect(() => psi([1, 2], [1, 2], { zeroShare: 0 })).toThrow(code('OUT_OF_RANGE'));
  });
});

describe('multiplicity', () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
  test('ordered by strength, never below the p-value, equivariant', () => {
    fc.assert(
      fc.property(pValues, (list) => {
        const by = (method: AdjustMethod): number[] => adjustPValues(list, method);
        const chain = [by('bonferroni'), by('holm'), by('hochberg'), by('hommel'), by('benjamini-hochberg'), list];
        for (let k = 1; k < chain.length; k++) {
          for (let i = 0; i < list.length; i++) expect(chain[k]![i]!).toBeLessThanOrEqual(chain[k - 1]![i]! + 1e-12);
        }
        for (let i = 0; i < list.length; i++) {
          expect(by('benjamini-yekutieli')[i]!).toBeGreaterThanOrEqual(by('benjamini-hochberg')[i]! - 1e-15);
          expect(by('bonferroni')[i]!).toBeLessThanOrEqual(1);
        }
        const reversed = list.slice().reverse();
        expect(adjustPValues(reversed, 'holm').reverse()).toEqual(by('holm'));
      }),
    );
    expect(adjustPValues([], 'holm')).toEqual([]);
    // The harmonic factor would pass 1.
    expect(adjustPValues([0.9, 0.95, 0.6], 'benjamini-yekutieli')).toEqual([1, 1, 1]);
    expect(() => adjustPValues([1.1], 'holm')).toThrow(code('OUT_OF_RANGE'));
    expect(() => adjustPValues([NaN], 'holm')).toThrow(code('OUT_OF_RANGE'));
    expect(() => adjustPValues([0.5], 'none' as AdjustMethod)).toThrow(code('BAD_OPTION'));
  });
  test('combination', () => {
    expect(combinePValues([1e-200, 1e-200], 'fisher').pValue).toBe(0);
    expect(combinePValues([1e-200, 1e-200], 'fisher').logPValue).toBeCloseTo(-914.2, 0);
    expect(combinePValues([0.2], 'cauchy').pValue).toBeCloseTo(0.2, 14);
    expect(combinePValues([0.8], 'cauchy').pValue).toBeCloseTo(0.8, 14);
    expect(combinePValues([0.2, 1], 'cauchy').pValue).toBe(1);
    expect(combinePValues([0, 0.5], 'cauchy')).toEqual({ pValue: 0, logPValue: null });
    expect(combinePValues([0, 0.5], 'fisher')).toEqual({ pValue: 0, logPValue: null });
    expect(combinePValues([1, 1], 'sidak')).toEqual({ pValue: 1, logPValue: 0 });
    expect(combinePValues([0.3, 0.4], 'bonferroni').pValue).toBeCloseTo(0.6, 14);
    expect(() => combinePValues([], 'fisher')).toThrow(code('EMPTY_INPUT'));
    expect(() => combinePValues([0.5], 'x' as 'fisher')).toThrow(code('BAD_OPTION'));
  });
  test('permutation p-value and e-BH', () => {
    expect(permutationPValue(4, 99)).toBe(0.05);
    expect(() => permutationPValue(5, 4)).toThrow(code('OUT_OF_RANGE'));
    expect(eBenjaminiHochberg([1, 1], 0.05).reject).toEqual([false, false]);
    expect(eBenjaminiHochberg([40, 40], 0.05).reject).toEqual([true, true]);
    expect(() => eBenjaminiHochberg([], 0.05)).toThrow(code('EMPTY_INPUT'));
    expect(() => eBenjaminiHochberg([-1], 0.05)).toThrow(code('OUT_OF_RANGE'));
  });
});

describe('weighted sums of coins', () => {
  test('against full enumeration', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        weights,
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: -1, max: 60 }),
        (list, copies, threshold) => {
          const coins = list.flatMap((w) => new Array<number>(copies).fill(w));
          let hits = 0;
          for (let mask = 0; mask < 1 << coins.length; mask++) {
            const sum = coins.reduce((s, w, i) => s + (mask & (1 << i) ? w : 0), 0);
            if (sum >= threshold) hits++;
          }
          expect(weightedSumUpperTail(list, copies, threshold).pValue).toBeCloseTo(hits / 2 ** coins.length, 12);
        },
      ),
    );
    expect(weightedSumUpperTail([3], 2000, 6000).logPValue).toBeCloseTo(-2000 * Math.LN2, 6);
    expect(() => weightedSumUpperTail([0.5], 1, 1)).toThrow(code('BAD_VALUE'));
    expect(() => weightedSumUpperTail([1], 1, 1, 0)).toThrow(code('BAD_VALUE'));
    expect(() => weightedSumUpperTail([1e6], 1000, 1)).toThrow(code('NO_CAPACITY'));
  });
});
