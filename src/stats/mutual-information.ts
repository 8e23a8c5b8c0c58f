import { log } from '../math/index.ts';
import { type CountTable, tableMargins } from './internal-table.ts';

/**
 * Mutual information of the two variables of a table of counts, in nats: sum p log(p / (row share * column share)).
 *
 * 0 = independent; at most the smaller of the two entropies. The plug-in estimate, biased upward by about
 * (r - 1)(c - 1) / (2 n).
 *
 * @param table - Counts, one array per row.
 * @returns A number >= 0; 0 for an empty table.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * mutualInformation([[5, 0], [0, 5]]); // => 0.6931471805599453
 */
export function mutualInformation(table: CountTable): number {
  const { cells, rows, columns, total } = tableMargins(table);
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < columns.length; j++) {
      const count = cells[i * columns.length + j]!;
      if (count > 0) sum += count * log((count / rows[i]!) * (total / columns[j]!));
    }
  }
  return total === 0 ? 0 : Math.max(0, sum / total);
}
