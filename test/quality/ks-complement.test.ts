import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ksComplement } from '../../src/quality/ks-complement.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { uniform } from '../../src/random/uniform.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { datetimeColumn } from '../../src/table/datetime-column.ts';
import { integerColumn } from '../../src/table/integer-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';

const column = (values: readonly (number | null)[]) => numberColumn('x', values);
const score = (a: readonly (number | null)[], b: readonly (number | null)[], mode: 'strict' | 'compat' = 'strict') =>
  ksComplement(column(a), column(b), { mode }).value;

/** The definition, point by point. */
function slow(a: readonly number[], b: readonly number[]): number {
  let largest = 0;
  for (const at of [...a, ...b]) {
    const f = a.filter((x) => x <= at).length / a.length;
    const g = b.filter((x) => x <= at).length / b.length;
    largest = Math.max(largest, Math.abs(f - g));
  }
  return 1 - largest;
}

describe('ksComplement', () => {
  test('hand-computed answers', () => {
    expect(score([1, 2, 3, 4], [1, 2, 3, 40])).toBe(0.75);
    expect(score([1, 2, 3], [4, 5])).toBe(0);
    expect(score([1, 2, 3], [3, 2, 1])).toBe(1);
    // F jumps to 1 at 5, G is 1/3 there.
    expect(score([5, 5], [5, 6, 7])).toBeCloseTo(1 / 3, 14);
    expect(score([null, 1, 2], [1, null, null, 2])).toBe(1);
  });

  test('equals the definition, is symmetric, bounded and independent of order', () => {
    const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const value = score(a, b)!;
        expect(value).toBeCloseTo(slow(a, b), 12);
        expect(score(b, a)).toBe(value);
        expect(score([...a].reverse(), b)).toBe(value);
        expect(score(a, a)).toBe(1);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('is unchanged by an increasing map of both columns in strict mode; compat mode erases tiny units', () => {
    const a = [1, 2, 3, 4];
    const b = [2, 3, 4, 5];
    const tiny = (values: readonly number[]) => values.map((x) => x * 1e-20);
    expect(score(tiny(a), tiny(b))).toBe(score(a, b));
    expect(score(tiny(a), tiny(b), 'compat')).toBe(1);
    expect(score([0.1, 0.2], [0.1 + 1e-16, 0.2], 'compat')).toBe(1);
    expect(score([-0.1, 0.2], [-0.1 - 2e-16, 0.2], 'compat')).toBe(1);
    expect(score([-0.1, 0.2], [0.1, 0.2], 'compat')).toBe(0.5);
  });

  test('interval holds the value, narrows with n, and states its method', () => {
    const rng = createRng('ks');
    const draw = (n: number) => Array.from({ length: n }, () => uniform(rng));
    const small = ksComplement(column(draw(50)), column(draw(50))).interval!;
    const large = ksComplement(column(draw(5000)), column(draw(5000))).interval!;
    expect(large.upper - large.lower).toBeLessThan((small.upper - small.lower) / 3);
    expect(large).toMatchObject({ level: 0.95, method: 'dkw' });
    // 2 * sqrt(ln(4 / .05) / (2 * 200)) on either side of .5, from the published inequality.
    const halves = ksComplement(column(Array(200).fill(0)), column([...Array(100).fill(0), ...Array(100).fill(1)]));
    expect(halves.value).toBe(0.5);
    expect(halves.interval!.lower).toBeCloseTo(0.5 - 2 * Math.sqrt(Math.log(80) / 400), 12);
    expect(halves.interval!.upper).toBeCloseTo(0.5 + 2 * Math.sqrt(Math.log(80) / 400), 12);
  });

  test('hostile inputs give a reason, never NaN', () => {
    expect(ksComplement(column([]), column([1]))).toMatchObject({
      value: null,
      reason: 'NO_REAL_VALUES',
      nSynthetic: 1,
    });
    expect(ksComplement(column([1]), column([null]))).toMatchObject({ value: null, reason: 'NO_SYNTHETIC_VALUES' });
    expect(score([Number.NaN, 1], [1])).toBe(1);
    expect(ksComplement(column([Number.NaN, 1]), column([1]))).toMatchObject({ nReal: 1, nSynthetic: 1, n: 2 });
    expect(score([-0], [0])).toBe(1);
    expect(score([Infinity, 1e308], [Infinity, -1e308])).toBe(0.5);
    expect(score([7], [7])).toBe(1);
    expect(score([5e-324], [0])).toBe(0);
  });

  test('takes integers beside numbers and datetimes beside datetimes; refuses other kinds', () => {
    expect(ksComplement(integerColumn('x', [1, 2]), column([1, 2])).value).toBe(1);
    expect(ksComplement(datetimeColumn('t', [0, 1000]), datetimeColumn('t', [0, 2000])).value).toBe(0.5);
    const levels = categoryColumn('c', ['a']);
    expect(() => ksComplement(levels, levels)).toThrowError(/"c" of kind category.*tvComplement/);
    expect(() => ksComplement(column([1]), datetimeColumn('x', [1]))).toThrowError(
      expect.objectContaining({ code: 'KIND_MISMATCH', place: { argument: 'synthetic', column: 'x' } }),
    );
  });

  test('refuses bad options', () => {
    expect(() => ksComplement(column([1]), column([1]), { level: 1 })).toThrowError(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }),
    );
    expect(() => ksComplement(column([1]), column([1]), { mode: 'other' as 'strict' })).toThrowError(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
  });
});
