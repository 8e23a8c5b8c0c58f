import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bivariateNormalCdf, normalCdf } from '../../src/math/index.ts';
import { createRng, normal } from '../../src/random/index.ts';
import { polychoric, polyserial } from '../../src/stats/index.ts';

const limit = fc.double({ min: -6, max: 6, noNaN: true });
const correlation = fc.double({ min: -1, max: 1, noNaN: true });

describe('bivariateNormalCdf', () => {
  test('orthants have a closed form', () => {
    for (const r of [-1, -0.999999, -0.9, -0.5, -0.1, 0, 1e-9, 0.3, 0.8, 0.99, 0.9999999, 1])
      expect(bivariateNormalCdf(0, 0, r)).toBeCloseTo(0.25 + Math.asin(r) / (2 * Math.PI), 14);
  });
  test('independent, equal and opposite numbers; infinite limits', () => {
    fc.assert(
      fc.property(limit, limit, (a, b) => {
        expect(bivariateNormalCdf(a, b, 0)).toBeCloseTo(normalCdf(a) * normalCdf(b), 15);
        expect(bivariateNormalCdf(a, b, 1)).toBe(normalCdf(Math.min(a, b)));
        expect(bivariateNormalCdf(a, b, -1)).toBeCloseTo(Math.max(0, normalCdf(a) + normalCdf(b) - 1), 14);
        expect(bivariateNormalCdf(a, Infinity, 0.4)).toBe(normalCdf(a));
        expect(bivariateNormalCdf(-Infinity, b, 0.4)).toBe(0);
      }),
    );
  });
  test('symmetry, complement, and growth with the correlation', () => {
    fc.assert(
      fc.property(limit, limit, correlation, correlation, (a, b, r, s) => {
        const p = bivariateNormalCdf(a, b, r);
        expect(bivariateNormalCdf(b, a, r)).toBeCloseTo(p, 13);
        expect(p + bivariateNormalCdf(a, -b, -r)).toBeCloseTo(normalCdf(a), 13);
        expect(p).toBeLessThanOrEqual(Math.min(normalCdf(a), normalCdf(b)) + 1e-13);
        const q = bivariateNormalCdf(a, b, s);
        if (r < s) expect(q).toBeGreaterThanOrEqual(p - 1e-13);
      }),
    );
  });
  test('equals the integral over one number', () => {
    for (const [a, b, r] of [
      [0.5, -1.2, 0.7],
      [-2, 1, -0.95],
      [1.5, 1.6, 0.99],
      [-1, -1, 0.2],
    ] as const) {
      // Simpson over x of phi(x) Phi((b - r x) / sqrt(1 - r^2)).
      const steps = 200_000;
      const low = -9;
      const h = (a - low) / steps;
      const f = (x: number): number =>
        (Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI)) * normalCdf((b - r * x) / Math.sqrt(1 - r * r));
      let total = f(low) + f(a);
      for (let i = 1; i < steps; i++) total += (i % 2 ? 4 : 2) * f(low + i * h);
      expect(bivariateNormalCdf(a, b, r)).toBeCloseTo((total * h) / 3, 12);
    }
  });
  test('undefined arguments', () => {
    expect(bivariateNormalCdf(0, 0, 1.1)).toBeNaN();
    expect(bivariateNormalCdf(Number.NaN, 0, 0)).toBeNaN();
    expect(bivariateNormalCdf(0, 0, Number.NaN)).toBeNaN();
  });
});

describe('latent correlations', () => {
  const rng = createRng('latent');
  const draw = (r: number, n: number): [number, number][] =>
    Array.from({ length: n }, () => {
      const a = normal(rng);
      return [a, r * a + Math.sqrt(1 - r * r) * normal(rng)];
    });
  const level = (value: number): number => (value < -0.8 ? 0 : value < 0.1 ? 1 : value < 1 ? 2 : 3);

  test('two-by-two tables with even margins have a closed form (tetrachoric)', () => {
    for (const [a, b] of [
      [30, 20],
      [20, 30],
      [45, 5],
      [25, 25],
    ] as const)
      expect(
        polychoric([
          [a, b],
          [b, a],
        ]),
      ).toBeCloseTo(Math.sin(2 * Math.PI * (a / 100 - 0.25)), 7);
  });
  test('find the correlation that the data were drawn with', () => {
    for (const r of [-0.9, -0.3, 0, 0.6]) {
      const pairs = draw(r, 6000);
      const table = [0, 1, 2, 3].map(() => [0, 0, 0, 0]);
      for (const [a, b] of pairs) table[level(a)]![level(b)]!++;
      expect(Math.abs(polychoric(table)! - r)).toBeLessThan(0.06);
      const serial = polyserial(
        pairs.map((pair) => pair[0]),
        pairs.map((pair) => level(pair[1])),
      )!;
      expect(Math.abs(serial - r)).toBeLessThan(0.06);
      const moments = polyserial(
        pairs.map((pair) => pair[0]),
        pairs.map((pair) => level(pair[1])),
        { method: 'moments' },
      )!;
      expect(Math.abs(moments - r)).toBeLessThan(0.06);
      expect(moments).not.toBe(serial);
    }
  });
  test('turning a variable round turns the sign; empty categories and names of levels do not count', () => {
    const table = [
      [10, 4, 1],
      [3, 8, 6],
    ];
    const r = polychoric(table)!;
    expect(polychoric(table.slice().reverse())).toBeCloseTo(-r, 7);
    expect(
      polychoric([
        [1, 0, 6],
        [0, 0, 0],
        [7, 0, 2],
      ]),
    ).toBeCloseTo(
      polychoric([
        [1, 6],
        [7, 2],
      ])!,
      9,
    );
    expect(
      polychoric([
        [10, 3],
        [4, 8],
        [1, 6],
      ]),
    ).toBeCloseTo(r, 7);
    const x = draw(0.5, 60).flat();
    const y = x.map((value, i) => level(value + ((i * 7) % 5) / 3 - 1));
    const serial = polyserial(x, y)!;
    expect(
      polyserial(
        x,
        y.map((value) => 10 + value ** 3),
      ),
    ).toBe(serial);
    expect(
      polyserial(
        x,
        y.map((value) => -value),
      ),
    ).toBeCloseTo(-serial, 7);
    expect(
      polyserial(
        x.map((value) => 5 - 3 * value),
        y,
      ),
    ).toBeCloseTo(-serial, 7);
  });
  test('ends of the range and hostile inputs', () => {
    expect(
      polychoric([
        [5, 0],
        [0, 5],
      ]),
    ).toBeGreaterThan(0.999);
    expect(
      polychoric([
        [0, 0],
        [3, 4],
      ]),
    ).toBeNull();
    expect(polyserial([1, 2, 3, 4], [0, 0, 1, 1])).toBeGreaterThan(0.99);
    expect(polyserial([1, 2], [1, 1])).toBeNull();
    expect(polyserial([1, 2, 3, 4], [0, 0, 1, 1], { method: 'moments' })).toBe(1);
    expect(() => polyserial([1], [1], { method: 'ml' as 'moments' })).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
    expect(polyserial([], [])).toBeNull();
    expect(() => polychoric([])).toThrow(expect.objectContaining({ code: 'EMPTY_INPUT' }));
    expect(() => polychoric([[1, -1]])).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }));
    expect(() => polyserial([1], [1, 2])).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }));
    expect(() => polyserial([1, Number.NaN], [1, 2])).toThrow(expect.objectContaining({ code: 'BAD_NUMBER' }));
  });
});
