import { describe, expect, test } from 'vitest';
import { exactSum } from '../../src/math/index.ts';
import {
  exactTotal as boundedTotal,
  exactProductTotal,
  PRODUCT_UNIT,
  SUM_UNIT,
} from '../../src/summary/internal-exact.ts';
import { readExact, roundRatio, roundScaled, writeExact } from '../../src/summary/internal-rational.ts';
import { words } from './support.ts';

/** The exact sum, with the bound that the caller otherwise knows. */
function exactTotal(values: Float64Array, count: number): bigint {
  return boundedTotal(
    values,
    count,
    values.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
  );
}

const view = new DataView(new ArrayBuffer(8));

/** A double as a whole number of units of 2^-1074, read from its bits by another way than the library's. */
function units(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 2047n);
  const fraction = bits & ((1n << 52n) - 1n);
  const size = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1);
  return bits >> 63n === 1n ? -size : size;
}

/** Correct rounding by the engine's own decimal reader: n / 2^1074 has a finite decimal form. */
function round(n: bigint): number {
  return Number(`${n * 5n ** 1074n}e-1074`);
}

/** Adversarial vectors: the whole range, subnormals, total cancellation, half-way cases, huge values that cancel. */
function vectors(): Float64Array[] {
  const next = words(20251122);
  const unit = (): number => next() / 4294967296;
  const spread = (low: number, high: number): number =>
    (unit() + 0.5) * Number(`1e${Math.floor(low + unit() * (high - low))}`) * (unit() < 0.5 ? -1 : 1);
  const list: Float64Array[] = [];
  for (let v = 0; v < 240; v++) {
    const length = [1, 2, 3, 10, 95, 96, 97, 300][v % 8]!;
    const values: number[] = [];
    const style = Math.floor(v / 8) % 6;
    while (values.length < length) {
      if (style === 0) values.push(spread(-300, 300));
      else if (style === 1) values.push(spread(-323, -305));
      else if (style === 2) values.push(Number.MIN_VALUE * (next() % 1000) * (unit() < 0.5 ? -1 : 1));
      else if (style === 3) {
        const x = spread(-300, 300);
        values.push(x, -x);
        if (values.length % 6 === 0) values.push(spread(-320, -300));
      } else if (style === 4) values.push(1, 2 ** -53 * (unit() < 0.5 ? -1 : 1), unit() < 0.2 ? 2 ** -1074 : 2 ** -53);
      else values.push(spread(290, 300), Number.MAX_VALUE * (unit() < 0.5 ? -0.25 : 0.25), spread(-20, 20));
    }
    list.push(Float64Array.from(values.slice(0, length)));
  }
  return list;
}

describe('exact sums', () => {
  const all = vectors();

  test('240 adversarial vectors equal the rational sum and Shewchuk sums', () => {
    for (const values of all) {
      let sum = 0n;
      for (const x of values) sum += units(x);
      const total = exactTotal(values, values.length);
      expect(total).toBe(sum);
      const rounded = roundScaled(total, SUM_UNIT);
      expect(rounded).toBe(round(sum));
      expect(rounded).toBe(exactSum(values));
    }
  });

  test('sums of products equal the rational sum', () => {
    for (let v = 0; v < all.length - 8; v++) {
      const x = all[v]!;
      const y = all[v + 8]!;
      let sum = 0n;
      for (let i = 0; i < x.length; i++) sum += units(x[i]!) * units(y[i]!);
      expect(exactProductTotal(x, y, x.length)).toBe(sum);
    }
  });

  test('columns longer than a block', () => {
    const next = words(3);
    const values = Float64Array.from({ length: 1_050_000 }, () => (next() - 2147483648) / 3);
    let sum = 0n;
    let squares = 0n;
    for (const x of values) {
      // Sixths of a whole number: two words and a half of bits, so count in units of 2^-60.
      const scaled = BigInt(x * 2 ** 60);
      sum += scaled;
      squares += scaled * scaled;
    }
    expect(exactTotal(values, values.length)).toBe(sum << 1014n);
    expect(exactProductTotal(values, values, values.length)).toBe(squares << 2028n);
  });

  test('a column that is a view into a larger buffer', () => {
    const values = Float64Array.from({ length: 300 }, (_, i) => i / 7).subarray(100, 250);
    expect(roundScaled(exactTotal(values, 150), SUM_UNIT)).toBe(exactSum(values));
  });
});

describe('rounding', () => {
  test('ties to even, subnormals, overflow', () => {
    const one = 1n << 53n;
    expect(roundScaled(one + 1n, 0)).toBe(2 ** 53);
    expect(roundScaled(one + 3n, 0)).toBe(2 ** 53 + 4);
    expect(roundScaled(2n * one + 3n, 0)).toBe(2 ** 54 + 4);
    expect(roundScaled(1n, -1074)).toBe(Number.MIN_VALUE);
    expect(roundScaled(1n, -1075)).toBe(0);
    expect(roundScaled(3n, -1075)).toBe(2 * Number.MIN_VALUE);
    expect(roundScaled(-5n, -1076)).toBe(-Number.MIN_VALUE);
    expect(roundScaled((1n << 53n) - 1n, 971)).toBe(Number.MAX_VALUE);
    expect(roundScaled((1n << 54n) - 1n, 970)).toBe(Number.POSITIVE_INFINITY);
    expect(roundScaled(1n, 1023)).toBe(2 ** 1023);
    expect(roundScaled(-1n, 5000)).toBe(Number.NEGATIVE_INFINITY);
    expect(roundScaled(0n, 5000)).toBe(0);
  });

  test('ratios equal the engine where it divides exactly once', () => {
    const next = words(9);
    for (let i = 0; i < 2000; i++) {
      const a = next();
      const b = (next() % 100_000) + 1;
      expect(roundRatio(BigInt(a), BigInt(b), 0)).toBe(a / b);
      expect(roundRatio(-BigInt(a), BigInt(b), 3)).toBe((-a / b) * 8);
    }
    // A quotient just above the middle between two subnormals must not be rounded twice.
    expect(roundRatio((3n << 200n) + 1n, 1n, -1275)).toBe(2 * Number.MIN_VALUE);
    expect(roundRatio((1n << 200n) + 1n, 1n, -1275)).toBe(Number.MIN_VALUE);
    expect(roundRatio(1n, 3n, 0)).toBe(1 / 3);
  });
});

describe('exact sums as text', () => {
  test('one form each', () => {
    expect(writeExact(0n, SUM_UNIT)).toBe('0');
    expect(writeExact(3n << 1073n, SUM_UNIT)).toBe('3p-1');
    expect(writeExact(-(1n << 1074n) * 48n, SUM_UNIT)).toBe('-3p4');
    expect(readExact('-3p4', SUM_UNIT, 1077, '')).toBe(-(1n << 1074n) * 48n);
    const most = units(Number.MAX_VALUE) << 53n;
    expect(readExact(writeExact(most, SUM_UNIT), SUM_UNIT, 1077, '')).toBe(most);
    const square = most * units(Number.MAX_VALUE);
    expect(readExact(writeExact(square, PRODUCT_UNIT), PRODUCT_UNIT, 2101, '')).toBe(square);
  });

  test.each([
    '',
    '00',
    '3',
    'p1',
    '3p',
    '3p+1',
    '3p-0',
    '3p01',
    '3p-1075',
    '3p1077',
    '3p99999',
    ' 3p1',
    '3P1',
    '0x3p1',
    'Ap1',
    null,
    3,
    `${'f'.repeat(3000)}p0`,
  ])('refuses %j', (text) => {
    expect(() => readExact(text, SUM_UNIT, 1077, '/sum')).toThrow(expect.objectContaining({ code: 'BAD_RECORD' }));
  });
});
