import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correlationSimilarity } from '../../src/quality/correlation-similarity.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import type { Column } from '../../src/types.ts';

type Numbers = readonly (number | null)[];
const pair = (a: Numbers, b: Numbers): [Column, Column] => [numberColumn('a', a), numberColumn('b', b)];
const up = [1, 2, 3, 4, 5];
const down = [5, 4, 3, 2, 1];

describe('correlationSimilarity', () => {
  test('hand-computed answers', () => {
    expect(correlationSimilarity(pair(up, up), pair(up, down))).toMatchObject({
      value: 0,
      real: 1,
      synthetic: -1,
      n: 10,
    });
    expect(correlationSimilarity(pair(up, up), pair(up, up)).value).toBe(1);
    // Correlation of 1..4 with 1, 3, 2, 4 is .8 for values and for ranks.
    const other = pair([1, 2, 3, 4], [1, 3, 2, 4]);
    expect(correlationSimilarity(pair(up, up), other).value).toBeCloseTo(0.9, 14);
    expect(correlationSimilarity(pair(up, up), other, { coefficient: 'spearman' }).synthetic).toBeCloseTo(0.8, 14);
    // A monotone curve has rank correlation 1.
    const curve = pair(
      up,
      up.map((v) => v * v * v),
    );
    expect(correlationSimilarity(curve, pair(up, up), { coefficient: 'spearman' }).value).toBe(1);
    expect(correlationSimilarity(curve, pair(up, up)).value).toBeLessThan(1);
  });

  test('uses rows where both cells have a value', () => {
    const measure = correlationSimilarity(pair([1, 2, null, 3, 100], [1, 2, 50, 3, null]), pair(up, up));
    expect(measure).toMatchObject({ value: 1, nReal: 3, nSynthetic: 5 });
  });

  test('threshold, and exactly 0 in compat mode', () => {
    const flat = pair([1, 2, 3], [1, 0, 1]);
    expect(correlationSimilarity(flat, pair(up, up)).value).toBe(0.5);
    expect(correlationSimilarity(flat, pair(up, up), { mode: 'compat' })).toMatchObject({
      value: null,
      reason: 'BELOW_THRESHOLD',
      real: 0,
    });
    const weak = correlationSimilarity(pair([1, 2, 3, 4], [1, 3, 2, 4]), pair(up, up), {
      realCorrelationThreshold: 0.9,
    });
    expect(weak).toMatchObject({ value: null, reason: 'BELOW_THRESHOLD', synthetic: null });
    expect(weak.real).toBeCloseTo(0.8, 14);
  });

  test('interval: Zou from Fisher z', () => {
    const rows = 103;
    const a = Array.from({ length: rows }, (_, i) => i);
    const b = a.map((i) => (i * 37) % rows);
    const measure = correlationSimilarity(pair(a, b), pair(a, b));
    const r = measure.real!;
    const z = Math.atanh(r);
    const half = 1.959963984540054 / 10;
    const lower = r - Math.tanh(z - half);
    const upper = Math.tanh(z + half) - r;
    expect(measure.value).toBe(1);
    expect(measure.interval!.lower).toBeCloseTo(1 - Math.sqrt(lower * lower + upper * upper) / 2, 10);
    expect(measure.interval!.upper).toBe(1);
    expect(correlationSimilarity(pair([1, 2, 3], [1, 3, 2]), pair(up, up)).interval).toBeUndefined();
  });

  test('laws: symmetric in sides and in columns, bounded, blind to scale and place', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 3,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, rows, (p, q) => {
        const cut = (data: readonly (readonly [number, number])[], scale = 1, place = 0): [Column, Column] =>
          pair(
            data.map((row) => row[0] * scale + place),
            data.map((row) => row[1]),
          );
        const measure = correlationSimilarity(cut(p), cut(q));
        const swapped = correlationSimilarity(cut(q), cut(p));
        if (measure.value === null) {
          expect(measure.reason).toMatch(/^CONSTANT_/);
          expect(swapped.value).toBeNull();
          return;
        }
        expect(measure.value).toBeGreaterThanOrEqual(0);
        expect(measure.value).toBeLessThanOrEqual(1);
        expect(swapped.value).toBeCloseTo(measure.value, 12);
        expect(correlationSimilarity(cut(p), cut(q, 1024, 4096)).value).toBeCloseTo(measure.value, 10);
        const [a, b] = [cut(p), cut(q)];
        expect(correlationSimilarity([a[1], a[0]], [b[1], b[0]]).value).toBeCloseTo(measure.value, 12);
      }),
    );
  });

  test('hostile inputs', () => {
    const constant = pair([0.1, 0.1, 0.1], [1, 2, 3]);
    expect(correlationSimilarity(constant, pair(up, up))).toMatchObject({
      value: null,
      reason: 'CONSTANT_REAL',
      real: null,
    });
    expect(correlationSimilarity(pair(up, up), constant).reason).toBe('CONSTANT_SYNTHETIC');
    expect(correlationSimilarity(pair([], []), pair(up, up)).reason).toBe('TOO_FEW_VALUES');
    expect(correlationSimilarity(pair(up, up), pair([null, 1], [1, null])).reason).toBe('TOO_FEW_VALUES');
    expect(correlationSimilarity(pair([1, Infinity], [1, 2]), pair(up, up)).reason).toBe('NOT_FINITE');
    const huge = up.map((v) => v * 3e307);
    const tiny = up.map((v) => v * 1e-310);
    expect(correlationSimilarity(pair(huge, tiny), pair(up, up)).value).toBeCloseTo(1, 12);
    expect(() => correlationSimilarity(pair([1], [1, 2]), pair(up, up))).toThrowError(
      expect.objectContaining({ code: 'LENGTH_MISMATCH' }),
    );
    const levels = categoryColumn('c', ['a']);
    expect(() => correlationSimilarity([levels, levels], [levels, levels])).toThrowError(
      expect.objectContaining({ code: 'KIND_MISMATCH' }),
    );
    expect(() => correlationSimilarity(pair(up, up), pair(up, up), { realCorrelationThreshold: 2 })).toThrowError(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }),
    );
    expect(() =>
      correlationSimilarity(pair(up, up), pair(up, up), { coefficient: 'kendall' as 'pearson' }),
    ).toThrowError(expect.objectContaining({ code: 'BAD_OPTION' }));
  });
});
