import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chiSquareUpperTail } from '../../src/math/index.ts';
import { createRng, multinomial } from '../../src/random/index.ts';
import { psi } from '../../src/stats/psi.ts';
import { psiTest } from '../../src/stats/psi-test.ts';

test('for large samples: the chi-square law of the plain index', () => {
  const p = [930_000, 710_000, 520_000, 620_000, 310_000];
  const q = [929_000, 711_000, 520_500, 621_000, 310_000];
  const n = p.reduce((x, y) => x + y);
  const m = q.reduce((x, y) => x + y);
  const result = psiTest(p, q);
  expect(result.psi).toBe(psi([...p].reverse(), [...q].reverse()));
  expect(result.pValue).toBeCloseTo(chiSquareUpperTail(result.psi / (1 / n + 1 / m), 4), 5);
  expect(result).toMatchObject({ df: 4, pooled: 0 });
});

test('the threshold is where p reaches alpha', () => {
  const result = psiTest([50, 60, 40], [44, 70, 30], { alpha: 0.1 });
  expect(result.psi > result.threshold!).toBe(result.pValue < 0.1);
  expect(psiTest([500, 600, 400], [440, 700, 300]).threshold).toBeLessThan(
    psiTest([50, 60, 40], [44, 70, 30]).threshold!,
  );
});

test('pools small cells, whatever their order', () => {
  const p = [100, 2, 1, 100, 3];
  const q = [90, 1, 4, 110, 1];
  const result = psiTest(p, q);
  expect(result).toMatchObject({ df: 2, pooled: 3 });
  expect(psiTest([...p].reverse(), [...q].reverse())).toEqual(result);
  expect(psiTest([3, 1], [2, 2])).toEqual({ psi: 0, pValue: 1, threshold: null, df: 0, pooled: 2 });
  // One cell too small alone joins the next smallest.
  expect(psiTest([100, 100, 1], [100, 100, 0])).toMatchObject({ df: 1, pooled: 2 });
  expect(psiTest([100, 0], [100, 0])).toMatchObject({ df: 0, pValue: 1 });
});

test('symmetric, p from 0 to 1', () => {
  const counts = fc.array(fc.nat(200), { minLength: 3, maxLength: 3 }).filter((list) => list.some((x) => x > 0));
  fc.assert(
    fc.property(counts, counts, (p, q) => {
      const there = psiTest(p, q);
      const back = psiTest(q, p);
      expect(back.pValue).toBeCloseTo(there.pValue, 10);
      expect(there.pValue).toBeGreaterThanOrEqual(0);
      expect(there.pValue).toBeLessThanOrEqual(1);
    }),
  );
});

test('rejects one in twenty at 50 and 50', () => {
  const rng = createRng('psi');
  let rejected = 0;
  const shares = [0.3, 0.25, 0.2, 0.15, 0.1];
  for (let run = 0; run < 2000; run++)
    if (psiTest(multinomial(rng, 50, shares), multinomial(rng, 50, shares)).pValue <= 0.05) rejected++;
  expect(rejected / 2000).toBeGreaterThan(0.03);
  expect(rejected / 2000).toBeLessThan(0.065);
});

test('refusals', () => {
  expect(() => psiTest([1], [1, 2])).toThrowError(expect.objectContaining({ code: 'LENGTH_MISMATCH' }));
  expect(() => psiTest([0, 0], [1, 2])).toThrowError(expect.objectContaining({ code: 'EMPTY_INPUT' }));
  expect(() => psiTest([1, -1], [1, 2])).toThrowError(expect.objectContaining({ code: 'BAD_VALUE' }));
  expect(() => psiTest([1, 1], [1, 2], { alpha: 1 })).toThrowError(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
  expect(() => psiTest([1, 1], [1, 2], { leastExpected: 0 })).toThrowError(
    expect.objectContaining({ code: 'OUT_OF_RANGE' }),
  );
});
