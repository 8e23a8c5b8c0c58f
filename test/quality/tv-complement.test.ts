import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tvComplement } from '../../src/quality/tv-complement.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { integerColumn } from '../../src/table/integer-column.ts';
import { textColumn } from '../../src/table/text-column.ts';

type Cells = readonly (string | null)[];
const score = (a: Cells, b: Cells, mode: 'strict' | 'compat' = 'strict') =>
  tvComplement(categoryColumn('c', a), categoryColumn('c', b), { mode }).value;

function slow(a: Cells, b: Cells): number {
  let distance = 0;
  for (const level of new Set([...a, ...b]))
    distance += Math.abs(
      a.filter((x) => x === level).length / a.length - b.filter((x) => x === level).length / b.length,
    );
  return 1 - distance / 2;
}

describe('tvComplement', () => {
  test('hand-computed answers', () => {
    expect(score(['a', 'a', 'b', 'b'], ['a', 'a', 'a', 'b'])).toBe(0.75);
    expect(score(['a'], ['b'])).toBe(0);
    expect(score(['a', null, 'b'], ['b', 'a'])).toBe(1);
    // Shares 2/3, 1/3 against 1/2, 1/4, 1/4: half of 1/6 + 1/12 + 1/4.
    expect(score(['a', 'a', 'b'], ['a', 'a', 'b', 'c'])).toBeCloseTo(0.75, 14);
  });

  test('compat gives a novel level 1e-6 real rows', () => {
    const total = 2 + 1e-6;
    const expected = 1 - (Math.abs(0.5 - 2 / total) + Math.abs(0.5 - 1e-6 / total)) / 2;
    expect(score(['a', 'a'], ['a', 'b'], 'compat')).toBeCloseTo(expected, 15);
    expect(score(['a', 'b'], ['a', 'a'], 'compat')).toBe(0.5);
  });

  test('equals the definition, is symmetric, bounded and independent of order', () => {
    const cells = fc.array(fc.constantFrom('a', 'b', 'c', '10', '9', ''), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const value = score(a, b)!;
        expect(value).toBeCloseTo(slow(a, b), 12);
        expect(score(b, a)).toBe(value);
        expect(score([...a].reverse(), [...b].reverse())).toBe(value);
        expect(score(a, a)).toBe(1);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('interval is McDiarmid around the value plus the bias of many levels above', () => {
    const a = categoryColumn('c', [...Array(50).fill('a'), ...Array(50).fill('b')]);
    const { interval, value } = tvComplement(a, a);
    expect(value).toBe(1);
    expect(interval!.lower).toBeCloseTo(1 - Math.sqrt((Math.log(40) / 2) * (2 / 100)), 12);
    expect(interval!.upper).toBe(1);
    const b = categoryColumn('c', [...Array(50).fill('c'), ...Array(50).fill('d')]);
    const disjoint = tvComplement(a, b).interval!;
    // Four cells of share 1/2 on one side: half of 4 * sqrt(1/4 / 100).
    expect(disjoint.upper).toBeCloseTo(Math.sqrt((Math.log(40) / 2) * (2 / 100)) + 0.1, 12);
    expect(disjoint.lower).toBe(0);
  });

  test('unused labels do not count; other kinds go level by level', () => {
    const padded = categoryColumn('c', ['a', 'b'], ['a', 'b', 'unused']);
    expect(tvComplement(padded, categoryColumn('c', ['a', 'b'])).value).toBe(1);
    expect(tvComplement(booleanColumn('b', [true, false]), booleanColumn('b', [true, true])).value).toBe(0.5);
    expect(tvComplement(integerColumn('i', [1, 2]), integerColumn('i', [2, 2])).value).toBe(0.5);
    expect(tvComplement(textColumn('t', ['x', null]), textColumn('t', ['x'])).value).toBe(1);
  });

  test('hostile inputs', () => {
    expect(tvComplement(categoryColumn('c', []), categoryColumn('c', ['a']))).toMatchObject({
      value: null,
      reason: 'NO_REAL_VALUES',
    });
    expect(tvComplement(categoryColumn('c', ['a']), categoryColumn('c', [null]))).toMatchObject({
      value: null,
      reason: 'NO_SYNTHETIC_VALUES',
    });
    expect(score(['__proto__', 'constructor'], ['__proto__', 'constructor'])).toBe(1);
    expect(() => tvComplement(categoryColumn('c', ['1']), integerColumn('c', [1]))).toThrowError(
      expect.objectContaining({ code: 'KIND_MISMATCH' }),
    );
  });
});
