import { chiSquareUpperTail, log } from '../math/index.ts';
import type { IndependenceTest } from './chi-square-test.ts';
import { type CountTable, tableMargins } from './internal-table.ts';

/**
 * Likelihood-ratio (G) test of independence on an r by c table of counts: G = 2 sum O log(O / E).
 *
 * @param table - Counts, one array per row.
 * @returns See {@link IndependenceTest}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * gTest([[10, 10], [10, 10]]).statistic; // => 0
 */
export function gTest(table: CountTable): IndependenceTest {
  const { cells, rows, columns, total, dropped } = tableMargins(table);
  const df = Math.max(0, rows.length - 1) * Math.max(0, columns.length - 1);
  let statistic = 0;
  let leastExpected = total === 0 ? 0 : Infinity;
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < columns.length; j++) {
      const observed = cells[i * columns.length + j]!;
      const expected = (rows[i]! * columns[j]!) / total;
      leastExpected = Math.min(leastExpected, expected);
      if (observed > 0) statistic += observed * log(observed / expected);
    }
  }
  statistic = df === 0 ? 0 : Math.max(0, 2 * statistic);
  return { statistic, df, pValue: df === 0 ? 1 : chiSquareUpperTail(statistic, df), n: total, leastExpected, dropped };
}
