import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng, normal } from '../../../src/random/index.ts';
import {
  embeddingSpread,
  frechetDistance,
  mauveFromHistograms,
  prdc,
} from '../../../src/value-drift/generations/index.ts';
import { code } from '../support.ts';

function points(seed: string, n: number, width: number, scale = 1, shift = 0): number[][] {
  const rng = createRng(seed);
  return Array.from({ length: n }, () => Array.from({ length: width }, () => shift + scale * normal(rng)));
}

describe('embeddingSpread', () => {
  test('known figures of a cross', () => {
    const spread = embeddingSpread([
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ]);
    expect(spread.n).toBe(4);
    expect(spread.totalVariance).toBeCloseTo(4 / 3, 14);
    expect(spread.effectiveRank).toBeCloseTo(2, 12);
    expect(spread.logDetCov).toBeCloseTo(Math.log(4 / 9), 12);
    // Four right angles and two opposite pairs.
    expect(spread.meanPairwiseCosineDistance).toBeCloseTo((4 * 1 + 2 * 2) / 6, 12);
  });

  test('moving the vectors changes neither variance nor rank; doubling them multiplies the variance by 4', () => {
    const base = embeddingSpread(points('a', 40, 3));
    const moved = embeddingSpread(points('a', 40, 3, 1, 5));
    const doubled = embeddingSpread(points('a', 40, 3, 2));
    expect(moved.totalVariance).toBeCloseTo(base.totalVariance, 10);
    expect(moved.effectiveRank).toBeCloseTo(base.effectiveRank!, 10);
    expect(doubled.totalVariance).toBeCloseTo(4 * base.totalVariance, 10);
    expect(doubled.effectiveRank).toBeCloseTo(base.effectiveRank!, 10);
    expect(doubled.meanPairwiseCosineDistance).toBeCloseTo(base.meanPairwiseCosineDistance!, 12);
  });

  test('says null where a figure does not exist', () => {
    expect(embeddingSpread(points('b', 3, 3)).logDetCov).toBeNull();
    const equal = embeddingSpread([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(equal).toEqual({
      n: 3,
      meanPairwiseCosineDistance: 0,
      totalVariance: 0,
      logDetCov: null,
      effectiveRank: null,
    });
    expect(
      embeddingSpread([
        [0, 0],
        [1, 0],
        [0, 1],
      ]).meanPairwiseCosineDistance,
    ).toBeNull();
    // One direction only: rank 1 whatever the rounding.
    expect(
      embeddingSpread([
        [0, 0],
        [1, 1],
        [2, 2],
        [5, 5],
      ]).effectiveRank,
    ).toBe(1);
  });

  test('refuses what it cannot measure', () => {
    expect(code(() => embeddingSpread([]))).toBe('EMPTY_INPUT');
    expect(code(() => embeddingSpread([[1]]))).toBe('EMPTY_INPUT');
    expect(code(() => embeddingSpread([[], []]))).toBe('EMPTY_INPUT');
    expect(code(() => embeddingSpread([[1], [1, 2]]))).toBe('LENGTH_MISMATCH');
    expect(code(() => embeddingSpread([[1], [Number.NaN]]))).toBe('BAD_NUMBER');
    expect(code(() => embeddingSpread([[1], [1e308]]))).toBe('BAD_NUMBER');
  });
});

describe('frechetDistance', () => {
  test('closed form of diagonal covariances', () => {
    // Parts are +-1 and +-3 in all combinations: covariances diag(4/3, 4/3) and diag(12, 12).
    const square = (s: number, dx: number): number[][] => [
      [s + dx, s],
      [s + dx, -s],
      [-s + dx, s],
      [-s + dx, -s],
    ];
    const a = 4 / 3;
    expect(frechetDistance(square(1, 0), square(3, 2))).toBeCloseTo(4 + 2 * (Math.sqrt(9 * a) - Math.sqrt(a)) ** 2, 10);
  });

  test('symmetric, 0 on equal sets, unmoved by a common shift, grows with a shift', () => {
    const x = points('x', 60, 4);
    const y = points('y', 50, 4, 1.5);
    expect(frechetDistance(x, x)).toBeLessThan(1e-10);
    expect(frechetDistance(x, y)).toBeCloseTo(frechetDistance(y, x), 8);
    const shift = (set: number[][]): number[][] => set.map((p) => p.map((v) => v + 3));
    expect(frechetDistance(shift(x), shift(y))).toBeCloseTo(frechetDistance(x, y), 8);
    expect(frechetDistance(x, shift(x))).toBeCloseTo(4 * 9, 8);
  });

  test('stands singular covariances', () => {
    const line = (k: number): number[][] => Array.from({ length: 5 }, (_, i) => [k * i, k * i, 0]);
    expect(frechetDistance(line(1), line(1))).toBeLessThan(1e-6);
    expect(Number.isFinite(frechetDistance(line(1), line(2)))).toBe(true);
    expect(
      frechetDistance(
        [
          [1, 1],
          [1, 1],
        ],
        [
          [1, 1],
          [1, 1],
        ],
      ),
    ).toBe(0);
    expect(
      code(() =>
        frechetDistance(
          [[1], [2]],
          [
            [1, 2],
            [1, 2],
          ],
        ),
      ),
    ).toBe('LENGTH_MISMATCH');
  });
});

describe('prdc', () => {
  test('a set against itself: everything plausible and covered', () => {
    const x = points('x', 30, 3);
    const { precision, recall, coverage } = prdc(x, x);
    expect([precision, recall, coverage]).toEqual([1, 1, 1]);
  });

  test('far apart: nothing', () => {
    expect(prdc(points('x', 20, 2), points('y', 20, 2, 1, 100))).toEqual({
      precision: 0,
      recall: 0,
      density: 0,
      coverage: 0,
    });
  });

  test('a lost mode lowers recall and coverage, not precision', () => {
    const real = [...points('a', 40, 2), ...points('b', 40, 2, 1, 50)];
    const result = prdc(real, points('c', 80, 2));
    expect(result.precision).toBeGreaterThan(0.8);
    expect(result.recall).toBeLessThanOrEqual(0.5);
    expect(result.coverage).toBeLessThanOrEqual(0.5);
  });

  test('bounds and order of the points', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
          minLength: 7,
          maxLength: 20,
        }),
        fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
          minLength: 7,
          maxLength: 20,
        }),
        (real, synthetic) => {
          const result = prdc(real, synthetic);
          for (const share of [result.precision, result.recall, result.coverage]) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1);
          }
          expect(result.density).toBeGreaterThanOrEqual(0);
          expect(prdc([...real].reverse(), [...synthetic].reverse())).toEqual(result);
        },
      ),
    );
  });

  test('refusals', () => {
    expect(code(() => prdc(points('x', 5, 2), points('y', 9, 2)))).toBe('EMPTY_INPUT');
    expect(code(() => prdc(points('x', 9, 2), points('y', 9, 3)))).toBe('LENGTH_MISMATCH');
    expect(code(() => prdc(points('x', 9, 2), points('y', 9, 2), { neighbours: 0 }))).toBe('OUT_OF_RANGE');
  });
});

describe('mauveFromHistograms', () => {
  const counts = fc.array(fc.nat(50), { minLength: 2, maxLength: 8 }).filter((list) => list.some((x) => x > 0));

  test('symmetric, within bounds, 1 on equal histograms', () => {
    fc.assert(
      fc.property(counts, counts, (p, q) => {
        const width = Math.min(p.length, q.length);
        const a = p.slice(0, width);
        const b = q.slice(0, width);
        fc.pre(a.some((x) => x > 0) && b.some((x) => x > 0));
        const there = mauveFromHistograms(a, b);
        const back = mauveFromHistograms(b, a);
        for (const key of ['mauve', 'mauveStar', 'frontierIntegral'] as const) {
          expect(there[key]).toBeGreaterThanOrEqual(0);
          expect(there[key]).toBeLessThanOrEqual(1);
          expect(back[key]).toBeCloseTo(there[key], 10);
        }
        expect(mauveFromHistograms(a, a).mauve).toBeCloseTo(1, 10);
        expect(mauveFromHistograms(a, a).frontierIntegral).toBe(0);
      }),
    );
  });

  test('the frontier integral is smooth where the shares are nearly equal', () => {
    const at = (h: number): number => mauveFromHistograms([1 + h, 1 - h], [1 - h, 1 + h]).frontierIntegral / (h * h);
    for (const h of [1e-6, 0.99e-4, 1.01e-4, 1e-3]) expect(at(h)).toBeCloseTo(2 / 3, 5);
  });

  test('a larger scaling is stricter; refusals', () => {
    const p = [8, 2, 5];
    const q = [2, 8, 5];
    expect(mauveFromHistograms(p, q, { scaling: 10 }).mauve).toBeLessThan(
      mauveFromHistograms(p, q, { scaling: 1 }).mauve,
    );
    expect(code(() => mauveFromHistograms([1], [1, 2]))).toBe('LENGTH_MISMATCH');
    expect(code(() => mauveFromHistograms([0, 0], [1, 2]))).toBe('EMPTY_INPUT');
    expect(code(() => mauveFromHistograms([1, -1], [1, 2]))).toBe('BAD_NUMBER');
    expect(code(() => mauveFromHistograms(p, q, { scaling: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => mauveFromHistograms(p, q, { points: 1 }))).toBe('OUT_OF_RANGE');
  });
});
