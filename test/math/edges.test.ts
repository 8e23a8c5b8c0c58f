import { describe, expect, test } from 'vitest';
import * as math from '../../src/math/index.ts';
import { relativeError, ulpsApart } from './ulps.ts';

describe('atan2', () => {
  const ends = [0, -0, 5e-324, -5e-324, 1, -1, 1e308, -1e308, Infinity, -Infinity, NaN];
  test('special values are those of IEEE 754, section 9.2.1', () => {
    // Of these pairs every engine's own answer is the nearest double to a multiple of pi / 4, or NaN.
    for (const y of ends)
      for (const x of ends) {
        const expected = Math.atan2(y, x);
        expect(Object.is(math.atan2(y, x), expected), `atan2(${y}, ${x})`).toBe(true);
      }
  });
  test('a power of two on both sides changes nothing', () => {
    const sides = [1, 1.25, 0.75, 0.4375, 0.6875, 3, 1e-3, 1e-20, 1e-26];
    for (const y of sides)
      for (const x of sides) {
        const angle = math.atan2(y, x);
        for (const e of [-900, -780, -770, -765, -760, -750, -700, -670, -664, -660, -100, 100, 650, 664, 670, 900])
          expect(math.atan2(y * 2 ** e, x * 2 ** e), `atan2(${y}, ${x}) at 2^${e}`).toBe(angle);
      }
  });
  test('subnormal and huge sides', () => {
    expect(math.atan2(5e-324, 1.5e-323)).toBe(0.3217505543966422);
    expect(math.atan2(1e308, -1.5e308)).toBe(2.5535900500422257);
    expect(math.atan2(1e-320, -1e-250)).toBe(Math.PI);
    expect(ulpsApart(math.atan2(1e-300, 3e-305), 1.5707663267949057)).toBeLessThanOrEqual(1);
  });
});

test.each([
  [0.5, 0.4795001221869535],
  [0.51, 0.47075638015882953],
  [0.7, 0.32219880616258156],
  [0.84, 0.23485728854500548],
  [0.85, 0.22933194239164748],
  [0.86, 0.2238997316764433],
])('erfc(%d)', (x, expected) => {
  expect(ulpsApart(math.erfc(x), expected)).toBeLessThanOrEqual(2);
  expect(ulpsApart(math.erf(-x), expected - 1)).toBeLessThanOrEqual(2);
});

describe('bivariateNormalCdf', () => {
  // By mpmath: Plackett's integral in 30 digits.
  test.each([
    [0.5, -0.25, 0.3, 0.31794615719780367],
    [1, 1, 0.9, 0.7981798295654442],
    [-1.5, 0.75, -0.6, 0.02077692127697396],
    [2, -1, 0.99, 0.15865525393145705],
    [-3, -2, 0.5, 0.0004601789489888196],
    [0.1, 0.2, -0.95, 0.13074305358895635],
    [-0.5, -0.4999, 0.999, 0.30227329462865327],
    [4, 0, 0.2, 0.4999938423276191],
  ])('(%d, %d; %d)', (a, b, r, expected) => {
    expect(relativeError(math.bivariateNormalCdf(a, b, r), expected)).toBeLessThanOrEqual(1e-11);
    expect(relativeError(math.bivariateNormalCdf(b, a, r), expected)).toBeLessThanOrEqual(1e-11);
  });
  test('ends', () => {
    const { bivariateNormalCdf: cdf, normalCdf } = math;
    expect([cdf(-Infinity, 1, 0.5), cdf(1, -Infinity, 0.5), cdf(-Infinity, Infinity, 0.5)]).toEqual([0, 0, 0]);
    expect([cdf(Infinity, 0.3, 0.5), cdf(0.3, Infinity, -0.5)]).toEqual([normalCdf(0.3), normalCdf(0.3)]);
    expect([cdf(0.4, 0.7, 1), cdf(0.7, 0.4, 1)]).toEqual([normalCdf(0.4), normalCdf(0.4)]);
    expect(cdf(0.4, 0.7, -1)).toBe(normalCdf(0.4) - normalCdf(-0.7));
    expect(cdf(-0.4, 0.2, -1)).toBe(0);
    expect(cdf(0.4, 0.7, 0)).toBe(normalCdf(0.4) * normalCdf(0.7));
    for (const [a, b, r] of [
      [NaN, 1, 0],
      [1, NaN, 0],
      [1, 1, NaN],
      [1, 1, 1.01],
      [1, 1, -1.01],
    ] as const)
      expect(cdf(a, b, r)).toBeNaN();
  });
});

test('infinite shapes have no beta quantile', () => {
  for (const [p, a, b] of [
    [0.5, Infinity, 1],
    [0.5, 1, Infinity],
    [0.5, 0, 1],
    [0.5, 1, 0],
    [1.1, 1, 1],
    [-0.1, 1, 1],
  ] as const)
    expect(math.betaQuantile(p, a, b)).toBeNaN();
});
