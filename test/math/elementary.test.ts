import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as math from '../../src/math/index.ts';
import { ONE_ARGUMENT, TWO_ARGUMENTS } from './known-answers.ts';
import { ulpsApart } from './ulps.ts';

// Whole units in the last place, from the nearest double: 1 here is an error of at most 1.5 ulp, usually below 1.
const MOST_ULPS: Record<string, number> = {
  log: 1,
  log10: 1,
  log2: 1,
  exp: 1,
  log1p: 1,
  expm1: 1,
  tanh: 1,
  sin: 1,
  cos: 1,
  pow: 1,
  atan2: 1,
  erf: 3,
  erfc: 4,
  normalCdf: 4,
  logGamma: 4,
  normalQuantile: 3,
  logNormalUpperTail: 6,
};
const functions = math as unknown as Record<string, (...values: number[]) => number>;

describe('known answers', () => {
  for (const [name, rows] of Object.entries(ONE_ARGUMENT)) {
    test(name, () => {
      for (const [x, expected] of rows) {
        const actual = functions[name]!(x);
        expect(ulpsApart(actual, expected), `${name}(${x}) = ${actual}, not ${expected}`).toBeLessThanOrEqual(
          MOST_ULPS[name]!,
        );
      }
    });
  }
  for (const [name, rows] of Object.entries(TWO_ARGUMENTS)) {
    test(name, () => {
      for (const [x, y, expected] of rows) {
        const actual = functions[name]!(x, y);
        expect(ulpsApart(actual, expected), `${name}(${x}, ${y}) = ${actual}, not ${expected}`).toBeLessThanOrEqual(
          MOST_ULPS[name]!,
        );
      }
    });
  }
  test('powers of ten and two are exact', () => {
    for (let k = -20; k <= 22; k++) {
      expect(math.log10(Number(`1e${k}`))).toBe(k);
      expect(math.pow(10, k)).toBe(Number(`1e${k}`));
    }
    for (let k = -1074; k <= 1023; k++) {
      expect(math.log2(math.pow(2, k))).toBe(k);
      expect(math.pow(2, k)).toBe(2 ** k);
    }
    expect(math.pow(7, 12)).toBe(13841287201);
    expect(math.pow(-3, 5)).toBe(-243);
  });
});

describe('special values are those of Math', () => {
  const values = [
    0,
    -0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2,
    3,
    -3,
    1e300,
    -1e300,
    1e-300,
    5e-324,
    -5e-324,
    Infinity,
    -Infinity,
    NaN,
  ];
  const near = (actual: number, expected: number): boolean =>
    Object.is(actual, expected) || (Number.isFinite(expected) && expected !== 0 && ulpsApart(actual, expected) <= 3);
  test.each(['log', 'log10', 'log2', 'exp', 'log1p', 'expm1', 'tanh', 'sin', 'cos'] as const)('%s', (name) => {
    for (const x of values)
      expect(near(functions[name]!(x), Math[name](x)), `${name}(${x}) = ${functions[name]!(x)}`).toBe(true);
  });
  test.each(['pow', 'atan2'] as const)('%s', (name) => {
    for (const x of values) {
      for (const y of values) {
        const actual = functions[name]!(x, y);
        expect(near(actual, Math[name](x, y)), `${name}(${x}, ${y}) = ${actual}`).toBe(true);
      }
    }
  });
  test('overflow, underflow and subnormal results', () => {
    expect(math.exp(709.782712893384)).toBeLessThan(Infinity);
    expect(math.exp(709.7827128933841)).toBe(Infinity);
    expect(math.exp(-745.1332191019411)).toBe(5e-324);
    expect(math.exp(-745.1332191019412)).toBeLessThanOrEqual(5e-324);
    expect(math.exp(-745.14)).toBe(0);
    expect(math.expm1(710)).toBe(Infinity);
    expect(math.pow(10, 308.3)).toBe(Infinity);
    expect(math.pow(10, -324)).toBe(0);
    expect(math.pow(2, -1074)).toBe(5e-324);
    expect(math.pow(1e300, 1e300)).toBe(Infinity);
    expect(math.pow(1.0000000000000002, 1e300)).toBe(Infinity);
    expect(math.pow(-2, 9007199254740992)).toBe(Infinity);
    expect(math.pow(-0.5, 1023)).toBe(-(2 ** -1023));
    expect(math.pow(4, 1e-300)).toBe(1);
  });
  test('invalid arguments of the special functions give NaN', () => {
    expect(math.normalQuantile(0)).toBe(-Infinity);
    expect(math.normalQuantile(1)).toBe(Infinity);
    expect(math.normalQuantile(-0.1)).toBeNaN();
    expect(math.normalQuantile(1.1)).toBeNaN();
    expect(math.normalQuantile(NaN)).toBeNaN();
    expect(math.normalCdf(NaN)).toBeNaN();
    expect(math.normalCdf(Infinity)).toBe(1);
    expect(math.normalCdf(-Infinity)).toBe(0);
    expect(math.logNormalUpperTail(Infinity)).toBe(-Infinity);
    expect(math.logNormalUpperTail(-Infinity)).toBe(-0);
    expect(math.logNormalUpperTail(NaN)).toBeNaN();
    expect(math.erf(NaN)).toBeNaN();
    expect(math.erf(Infinity)).toBe(1);
    expect(math.erf(-Infinity)).toBe(-1);
    expect(math.erfc(NaN)).toBeNaN();
    expect(math.erfc(Infinity)).toBe(0);
    expect(math.erfc(-Infinity)).toBe(2);
    expect(math.logGamma(0)).toBe(Infinity);
    expect(math.logGamma(-1)).toBeNaN();
    expect(math.logGamma(NaN)).toBeNaN();
    expect(math.logGamma(Infinity)).toBe(Infinity);
    expect(math.logBeta(0, 1)).toBeNaN();
  });
});

describe('laws', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  test('exp and log are monotone and inverse', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -700, max: 700, noNaN: true }),
        fc.double({ min: 0, max: 1e-3, noNaN: true }),
        (x, d) => {
          expect(math.exp(x + d)).toBeGreaterThanOrEqual(math.exp(x));
          expect(Math.abs(math.log(math.exp(x)) - x)).toBeLessThanOrEqual(4e-16 + 2e-16 * Math.abs(x));
        },
      ),
    );
  });
  test('odd and even functions', () => {
    fc.assert(
      fc.property(finite, (x) => {
        expect(math.sin(-x)).toBe(-math.sin(x));
        expect(math.cos(-x)).toBe(math.cos(x));
        expect(math.tanh(-x)).toBe(-math.tanh(x));
        expect(math.erf(-x)).toBe(-math.erf(x));
        const s = math.sin(x);
        const c = math.cos(x);
        expect(Math.abs(s * s + c * c - 1)).toBeLessThanOrEqual(5e-16);
      }),
    );
  });
  test('the angle of a point', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3.14, max: 3.14, noNaN: true }),
        fc.integer({ min: -300, max: 300 }),
        (angle, e) => {
          const r = Number(`1e${e}`);
          expect(Math.abs(math.atan2(r * math.sin(angle), r * math.cos(angle)) - angle)).toBeLessThanOrEqual(1e-15);
        },
      ),
    );
  });
  test('quantile and distribution function are inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1, noNaN: true, maxExcluded: true }), (p) => {
        const z = math.normalQuantile(p);
        const back = math.normalCdf(z);
        expect(Math.abs(back - p)).toBeLessThanOrEqual(p * 1e-15 * (1 + z * z));
        expect(math.normalUpperTail(z)).toBe(math.normalCdf(-z));
        if (p > 1e-16) expect(math.normalQuantile(1 - p)).toBeCloseTo(-math.normalQuantile(1 - (1 - p)), 12);
      }),
    );
  });
  test('tail and its logarithm agree', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 37, noNaN: true }), (z) => {
        expect(math.exp(math.logNormalUpperTail(z))).toBeCloseTo(math.normalUpperTail(z), 14);
        expect(math.erfc(z) + math.erf(z)).toBeCloseTo(1, 14);
      }),
    );
  });
  test('log-gamma obeys its recurrence', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (x) => {
        const step = math.logGamma(x + 1) - math.logGamma(x);
        expect(Math.abs(step - math.log(x))).toBeLessThanOrEqual(3e-15 * (10 + math.logGamma(x + 3)));
        const three = math.logGamma(x) + math.logGamma(2.5) - math.logGamma(x + 2.5);
        expect(Math.abs(math.logBeta(x, 2.5) - three)).toBeLessThanOrEqual(3e-15 * (10 + math.logGamma(x + 4)));
        expect(Math.abs(math.logBeta(x, 2.5) - math.logBeta(2.5, x))).toBeLessThanOrEqual(
          1e-12 * (1 + math.log(1 + x)),
        );
      }),
    );
  });
});
