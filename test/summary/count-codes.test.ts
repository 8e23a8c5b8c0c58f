import { expect, test } from 'vitest';
import { countCodes } from '../../src/summary/internal-count-codes.ts';

/** Combinations and their rows, one text each, in order. */
function counted(columns: readonly { readonly codes: Int32Array; readonly size: number }[], rows: number): string[] {
  const seen: string[] = [];
  countCodes(columns, rows, (codes, count) => seen.push(`${codes.join()}:${count}`));
  return seen.sort();
}

// Sizes on both sides of the bound for strands, one to five columns, rows that are no multiple of four, missing cells.
test.each([1, 2, 3, 4, 5])('every way of counting agrees with a map, %i columns', (width) => {
  for (const size of [2, 5, 9, 300])
    for (const rows of [0, 1, 3, 4, 7, 1001]) {
      const columns = Array.from({ length: width }, (_, c) => ({
        codes: Int32Array.from({ length: rows }, (_, i) => ((Math.imul(i + 7 * c, 0x9e3779b1) >>> 9) % (size + 1)) - 1),
        size,
      }));
      const plain = new Map<string, number>();
      for (let i = 0; i < rows; i++) {
        const key = columns.map(({ codes }) => codes[i]).join();
        plain.set(key, (plain.get(key) ?? 0) + 1);
      }
      expect(counted(columns, rows)).toEqual([...plain].map(([key, count]) => `${key}:${count}`).sort());
    }
});
