import { entropy } from './entropy.ts';
import { type CountTable, tableMargins } from './internal-table.ts';
import { mutualInformation } from './mutual-information.ts';

/**
 * Theil's uncertainty coefficient: the share of the column variable's entropy that knowing the row removes.
 *
 * 0 = independent, 1 = the row determines the column. Not symmetric: transpose the table for the other direction.
 *
 * @param table - Counts, one array per row.
 * @returns A number in [0, 1]; null when the columns have no entropy.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * theilsU([[5, 0], [0, 5]]); // => 1
 */
export function theilsU(table: CountTable): number | null {
  const { columns } = tableMargins(table);
  if (columns.length < 2) return null;
  return Math.min(1, mutualInformation(table) / entropy(columns));
}
