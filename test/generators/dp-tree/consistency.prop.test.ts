import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averageEstimates, fitMargins, projectToTotal } from '../../../src/generators/dp-tree/internal-consistency.ts';
import { groupStates } from '../../../src/generators/dp-tree/internal-groups.ts';

const counts = fc.array(fc.integer({ min: -200, max: 2000 }), { minLength: 1, maxLength: 40 });
const total = fc.integer({ min: 1, max: 50_000 });
const sumOf = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

test('a projection is non-negative, sums to the total, keeps the order, and leaves a fitting table alone', () => {
  fc.assert(
    fc.property(counts, total, (values, wanted) => {
      const out = projectToTotal(Float64Array.from(values), wanted);
      expect(out.every((value) => value >= 0)).toBe(true);
      expect(sumOf(out) / wanted).toBeCloseTo(1, 9);
      for (let i = 1; i < values.length; i++)
        if (values[i]! > values[i - 1]!) expect(out[i]!).toBeGreaterThanOrEqual(out[i - 1]!);
      const again = projectToTotal(out, wanted);
      for (let i = 0; i < out.length; i++) expect(Math.abs(again[i]! - out[i]!)).toBeLessThan(1e-6 * wanted);
    }),
  );
});

test('fitted tables have the margins asked for', () => {
  const margin = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(margin, margin, fc.infiniteStream(fc.integer({ min: -100, max: 100 })), (a, b, stream) => {
      fc.pre(sumOf(a) > 0 && sumOf(b) > 0);
      const rows = Float64Array.from(a, (value) => (1000 * value) / sumOf(a));
      const columns = Float64Array.from(b, (value) => (1000 * value) / sumOf(b));
      const noisy = Float64Array.from({ length: a.length * b.length }, (_, i) => {
        const own = (rows[Math.floor(i / b.length)]! * columns[i % b.length]!) / 1000;
        return own + (stream.next().value as number);
      });
      const table = fitMargins(noisy, rows, columns, 1000);
      expect(table.every((value) => value >= 0)).toBe(true);
      for (let c = 0; c < columns.length; c++) {
        let have = 0;
        for (let r = 0; r < rows.length; r++) have += table[r * columns.length + c]!;
        expect(Math.abs(have - columns[c]!)).toBeLessThan(1e-6);
      }
    }),
  );
});

test('averages weigh by the inverse of the variance', () => {
  const one = { counts: Float64Array.of(10, 0), variances: Float64Array.of(1, 4) };
  const two = { counts: Float64Array.of(20, 10), variances: Float64Array.of(3, 4) };
  expect([...averageEstimates([one, two])]).toEqual([expect.closeTo(12.5, 12), 5]);
});

test('groups number every state, keep bins in order, and are at most 20 runs', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 400 }), { minLength: 1, maxLength: 80 }),
      fc.nat(80),
      (values, asked) => {
        const bins = Math.min(asked, values.length);
        const { groups, size } = groupStates(Float64Array.from(values), 100, bins, Math.max(1, sumOf(values)));
        expect(new Set(groups)).toEqual(new Set(Array.from({ length: size }, (_, group) => group)));
        for (let s = 1; s < bins; s++) expect([0, 1]).toContain(groups[s]! - groups[s - 1]!);
        if (bins > 0) expect(groups[bins - 1]!).toBeLessThan(20);
        if (bins > 0 && bins < values.length) expect(groups[bins]!).toBeGreaterThan(groups[bins - 1]!);
      },
    ),
  );
});
