import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantileBins } from '../../../src/generators/shared/internal-quantile-bins.ts';

const counts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 200 });

test('bins cover all values once, are at most as many as asked, and hold the least number of rows', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30 }), (rows, bins, least) => {
      const starts = quantileBins(rows, bins, least);
      expect(starts[0]).toBe(0);
      expect(starts.at(-1)).toBe(rows.length);
      expect(starts.length - 1).toBeLessThanOrEqual(Math.max(1, bins));
      const sizes = starts.slice(1).map((end, b) => rows.slice(starts[b]!, end).reduce((a, c) => a + c, 0));
      expect(starts.slice(1).every((end, b) => end > starts[b]!)).toBe(true);
      if (sizes.length > 1) expect(Math.min(...sizes)).toBeGreaterThanOrEqual(least);
    }),
  );
});

test('a spike has a bin of its own, and few values one each', () => {
  expect(quantileBins([1, 1, 1], 32, 1)).toEqual([0, 1, 2, 3]);
  const rows = Array.from({ length: 100 }, (_, i) => (i === 50 ? 1000 : 1));
  const starts = quantileBins(rows, 10, 1);
  expect(starts).toContain(50);
  expect(starts).toContain(51);
});
