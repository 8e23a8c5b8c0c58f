import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anovaF,
  cohensD,
  cramersV,
  kruskalWallis,
  mean,
  meanInterval,
  median,
  midRanks,
  pearson,
  quantile,
  spearman,
  standardDeviation,
  variance,
} from '../../src/stats/index.ts';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });
const code = (name: string) => expect.objectContaining({ code: name });

describe('moments', () => {
  test('known answers', () => {
    expect(mean([])).toBeNaN();
    expect(mean([1e16, 1, 1, 1, 1, -1e16])).toBeCloseTo(4 / 6, 12);
    expect(mean([Infinity, 1])).toBe(Infinity);
    expect(variance([1])).toBeNaN();
    expect(variance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBe(30);
    expect(standardDeviation([2, 2, 2])).toBe(0);
  });
  test('shift and scale', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -1000, max: 1000 }), (list, shift) => {
        fc.pre(list.length > 1);
        const moved = list.map((value) => 2 * value + shift);
        expect(mean(moved)).toBeCloseTo(2 * mean(list) + shift, 6);
        expect(Math.abs(variance(moved) - 4 * variance(list))).toBeLessThanOrEqual(1e-9 * (1 + variance(moved)));
        expect(variance(list)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('quantile', () => {
  test('equals the definition on sorted values, and leaves the input alone', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, p) => {
        const before = list.slice();
        const sorted = Float64Array.from(list).sort();
        const position = p * (sorted.length - 1);
        const index = Math.floor(position);
        const high = sorted[Math.min(index + 1, sorted.length - 1)]!;
        const expected = sorted[index]! + (position - index) * (high - sorted[index]!);
        expect(Math.abs(quantile(list, p) - expected)).toBeLessThanOrEqual(1e-9);
        expect(list).toEqual(before);
      }),
    );
  });
  test('large inputs: random, constant, sorted, organ pipe', () => {
    const n = 20001;
    let state = 1;
    const random = Float64Array.from({ length: n }, () => {
      state = (state * 48271) % 2147483647;
      return state;
    });
    for (const input of [
      random,
      new Float64Array(n).fill(3),
      Float64Array.from({ length: n }, (_, i) => i),
      Float64Array.from({ length: n }, (_, i) => Math.min(i, n - i)),
    ]) {
      expect(median(input)).toBe(input.slice().sort()[10000]);
      expect(quantile(input, 0)).toBe(input.slice().sort()[0]);
      expect(quantile(input, 1)).toBe(input.slice().sort()[n - 1]);
    }
  });
  test('hostile', () => {
    expect(() => quantile([], 0.5)).toThrow(code('EMPTY_INPUT'));
    expect(() => quantile([1], 1.5)).toThrow(code('OUT_OF_RANGE'));
    expect(() => quantile([1], NaN)).toThrow(code('OUT_OF_RANGE'));
    expect(quantile([1, NaN, 2], 0.5)).toBeNaN();
    expect(quantile([-Infinity, 1, Infinity], 0.5)).toBe(1);
    expect(quantile([-1.7e308, 1.7e308], 0)).toBe(-1.7e308);
  });
});

describe('ranks and correlation', () => {
  test('mid-ranks', () => {
    expect(Array.from(midRanks([]))).toEqual([]);
    expect(Array.from(midRanks([0, -0, 1]))).toEqual([1.5, 1.5, 3]);
    expect(() => midRanks([1, NaN])).toThrow(code('BAD_NUMBER'));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 100 }), (list) => {
        const ranks = midRanks(list);
        for (let i = 0; i < list.length; i++) {
          const below = list.filter((value) => value < list[i]!).length;
          const same = list.filter((value) => value === list[i]).length;
          expect(ranks[i]).toBe(below + (same + 1) / 2);
        }
      }),
    );
  });
  test('Pearson and Spearman', () => {
    expect(pearson([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 14);
    expect(spearman([1, 2, 2, 4], [10, 20, 30, 30])).toBeCloseTo(0.8333333333333334, 14);
    expect(pearson([1], [1])).toBeNull();
    expect(spearman([1, 1], [1, 2])).toBeNull();
    expect(pearson([1e308, -1e308], [1e-308, -1e-308])).not.toBeNaN();
    expect(pearson([1e200, 2e200, 3e200], [3e-200, 2e-200, 1e-200])).toBeCloseTo(-1, 14);
    expect(() => pearson([1], [1, 2])).toThrow(code('LENGTH_MISMATCH'));
    expect(() => pearson([1, NaN], [1, 2])).toThrow(code('BAD_NUMBER'));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 40 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (list, scale) => {
          const other = list.map((value, i) => value + 1000 * ((i * 7919) % 13));
          const r = pearson(list, other);
          if (r === null) return;
          expect(Math.abs(r)).toBeLessThanOrEqual(1);
          expect(pearson(other, list)).toBeCloseTo(r, 12);
          expect(
            pearson(
              list.map((value) => -scale * value),
              other,
            )!,
          ).toBeCloseTo(-r, 6);
        },
      ),
    );
  });
});

describe('samples compared', () => {
  test('edge cases have values, not NaN', () => {
    expect(cohensD([1, 1], [2, 2])).toBeNull();
    expect(kruskalWallis([[1, 1], [1]])).toEqual({ h: null, df: 1, pValue: 1 });
    expect(
      anovaF([
        [1, 1],
        [2, 2],
      ]),
    ).toEqual({ f: null, df: [1, 2], pValue: 0 });
    expect(
      anovaF([
        [1, 1],
        [1, 1],
      ]).pValue,
    ).toBe(1);
    expect(() => anovaF([[1], [2]])).toThrow(code('EMPTY_INPUT'));
    expect(() => kruskalWallis([[1]])).toThrow(code('EMPTY_INPUT'));
    expect(() => meanInterval([1])).toThrow(code('EMPTY_INPUT'));
    expect(() => meanInterval([1, 2], 1)).toThrow(code('OUT_OF_RANGE'));
    expect(cramersV([[1, 2]])).toBeNull();
    expect(
      cramersV([
        [1, 0],
        [0, 0],
      ]),
    ).toBeNull();
    expect(
      cramersV([
        [1, 2],
        [2, 4],
      ]),
    ).toBeCloseTo(0, 12);
    expect(() => cramersV([[1, 2], [3]])).toThrow(code('LENGTH_MISMATCH'));
    expect(() => cramersV([[1, -2]])).toThrow(code('BAD_VALUE'));
    expect(() => cramersV([])).toThrow(code('EMPTY_INPUT'));
  });
});
