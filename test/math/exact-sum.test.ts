import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactSum, sum } from '../../src/math/index.ts';

/** Every finite double is a whole multiple of 2^-1074: the exact sum in whole numbers, rounded half to even by hand. */
function exactByIntegers(values: readonly number[]): number {
  const view = new DataView(new ArrayBuffer(8));
  let total = 0n;
  for (const value of values) {
    view.setFloat64(0, value);
    const bits = view.getBigUint64(0);
    const exponent = (bits >> 52n) & 0x7ffn;
    const fraction = bits & 0xfffffffffffffn;
    const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
    total += bits >> 63n === 1n ? -size : size;
  }
  const negative = total < 0n;
  let size = negative ? -total : total;
  const length = size.toString(2).length;
  const drop = length > 53 ? BigInt(length - 53) : 0n;
  if (drop > 0n) {
    const rest = size & ((1n << drop) - 1n);
    const half = 1n << (drop - 1n);
    size >>= drop;
    if (rest > half || (rest === half && (size & 1n) === 1n)) size += 1n;
  }
  // size * 2^(drop - 1074), in two exact steps.
  const exponent = Number(drop) - 1074;
  const result = exponent > 0 ? Number(size) * 2 ** exponent : Number(size) * 2 ** -537 * 2 ** (exponent + 537);
  return negative ? -result : result;
}

describe('exactSum', () => {
  test('known sums', () => {
    expect(exactSum([])).toBe(0);
    expect(exactSum([1, 1e100, 1, -1e100])).toBe(2);
    expect(exactSum([1e16, 1, 1e-16])).toBe(10000000000000002);
    expect(exactSum([1, 2 ** -53, 2 ** -106])).toBe(1.0000000000000002);
    expect(exactSum([1, 2 ** -53, -(2 ** -106)])).toBe(1);
    expect(exactSum([1.7e308, 1.7e308, -1.7e308])).toBe(1.7e308);
    expect(exactSum([1.7e308, 1.7e308])).toBe(Infinity);
    expect(exactSum([-1.7e308, -1.7e308])).toBe(-Infinity);
    expect(exactSum([5e-324, -1.7e308, 1.7e308, 1.7e308, -1.7e308])).toBe(5e-324);
    expect(exactSum([Number.MAX_VALUE, 2 ** 970, -(2 ** 969)])).toBe(Number.MAX_VALUE);
  });
  test('special values', () => {
    expect(exactSum([1, NaN])).toBeNaN();
    expect(exactSum([Infinity, -Infinity])).toBeNaN();
    expect(exactSum([Infinity, 1])).toBe(Infinity);
    expect(exactSum(new Float64Array([-Infinity, 1e308]))).toBe(-Infinity);
  });
  const anyDouble = fc.double({ noNaN: true, noDefaultInfinity: true });
  const power = fc
    .tuple(fc.integer({ min: -1074, max: 1022 }), fc.boolean())
    .map(([e, minus]) => (minus ? -1 : 1) * 2 ** e);
  test('equals the sum in whole numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyDouble, power), { maxLength: 40 }), (values) => {
        expect(exactSum(values)).toBe(exactByIntegers(values) + 0);
      }),
      { numRuns: 400 },
    );
  });
  test('does not depend on the order, and cancels', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyDouble, power), { maxLength: 40 }),
        fc.infiniteStream(fc.nat()),
        (values, keys) => {
          const shuffled = values
            .map((value) => [keys.next().value as number, value] as const)
            .sort((a, b) => a[0] - b[0]);
          expect(exactSum(shuffled.map((pair) => pair[1]))).toBe(exactSum(values));
          expect(exactSum([...values, ...values.map((value) => -value)]) + 0).toBe(0);
        },
      ),
    );
  });
});

describe('sum', () => {
  test('keeps what the plain sum loses', () => {
    expect(sum([])).toBe(0);
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(sum(new Float64Array(1e5).fill(0.1))).toBe(10000);
    expect(sum([Infinity, 1])).toBe(Infinity);
    expect(sum([Infinity, -Infinity])).toBeNaN();
    expect(sum([1, NaN])).toBeNaN();
  });
  test('is near the exact sum', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 200 }), (values) => {
        const size = values.reduce((total, value) => total + Math.abs(value), 0);
        expect(Math.abs(sum(values) - exactSum(values))).toBeLessThanOrEqual(
          2e-16 * Math.abs(exactSum(values)) + 1e-28 * size,
        );
      }),
    );
  });
});
