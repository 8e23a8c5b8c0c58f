import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stanceDrift, valueProfileDistance } from '../../src/value-drift/index.ts';
import { assertJsonSafe, code } from './support.ts';

describe('valueProfileDistance', () => {
  test('by hand', () => {
    const d = valueProfileDistance([0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]);
    // scipy.spatial.distance.jensenshannon(p, q, base=2)
    expect(d.jsDistanceBits).toBeCloseTo(0.39186816064715513, 12);
    expect(d.tv).toBeCloseTo(0.4, 12);
    expect(d.cosine).toBeCloseTo(2 / 3, 12);
    expect(d.aitchison).toBeCloseTo(Math.sqrt(2 * Math.log(4) ** 2 + 2 * Math.log(1.5) ** 2), 12);
    expect(valueProfileDistance([1, 0], [1, 0])).toEqual({
      jsDistanceBits: 0,
      jsSimilarity: 1,
      tv: 0,
      cosine: 1,
      aitchison: null,
      reason: 'zero-share',
    });
  });
  test('laws: symmetric, in range, free of scale', () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 1e300, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(weight, weight), { minLength: 1, maxLength: 12 }), (pairs) => {
        const p = pairs.map(([x]) => x);
        const q = pairs.map(([, y]) => y);
        fc.pre(p.some((x) => x > 0) && q.some((x) => x > 0));
        const d = valueProfileDistance(p, q);
        assertJsonSafe(d);
        for (const x of [d.jsDistanceBits, d.tv, d.cosine]) expect(x >= 0 && x <= 1).toBe(true);
        expect(valueProfileDistance(q, p).jsDistanceBits).toBeCloseTo(d.jsDistanceBits, 9);
        expect(valueProfileDistance(p, p).tv).toBe(0);
      }),
    );
  });
  test('refusals', () => {
    expect(code(() => valueProfileDistance([1], [1, 2]))).toBe('LENGTH_MISMATCH');
    expect(code(() => valueProfileDistance([0], [1]))).toBe('EMPTY_INPUT');
    expect(code(() => valueProfileDistance([], []))).toBe('EMPTY_INPUT');
    expect(code(() => valueProfileDistance([1, -1], [1, 1]))).toBe('OUT_OF_RANGE');
    expect(code(() => valueProfileDistance([1], [Number.NaN]))).toBe('OUT_OF_RANGE');
  });
});

describe('stanceDrift', () => {
  test('moves that cancel show in the distance only', () => {
    expect(
      stanceDrift(
        [
          [1, 0],
          [0, 1],
        ],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    ).toEqual({ n: 2, magnitude: [0, 0], meanTV: 1 });
  });
  test('refusals', () => {
    expect(code(() => stanceDrift([], []))).toBe('EMPTY_INPUT');
    expect(code(() => stanceDrift([[1]], []))).toBe('LENGTH_MISMATCH');
    expect(code(() => stanceDrift([[1]], [[0.5, 0.5]]))).toBe('LENGTH_MISMATCH');
    expect(code(() => stanceDrift([[0.5, 0.4]], [[0.5, 0.5]]))).toBe('OUT_OF_RANGE');
    expect(code(() => stanceDrift([[0.5, 0.5]], [[1.5, -0.5]]))).toBe('OUT_OF_RANGE');
    expect(code(() => stanceDrift([[0.5, 0.5]], [[Number.NaN, 0.5]]))).toBe('OUT_OF_RANGE');
  });
});
