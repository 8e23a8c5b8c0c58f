import { bivariateNormalCdf } from '../math/bivariate-normal-cdf.ts';
import { log } from '../math/log.ts';
import { bestCorrelation, thresholds } from './internal-latent.ts';
import { type CountTable, tableMargins } from './internal-table.ts';

/**
 * Polychoric correlation: the correlation of the two normal variables that are thought to stand behind two ordered
 * categories.
 *
 * Two steps (Olsson 1979): thresholds from the margins, then the correlation of largest likelihood, looked for between
 * -0.9999 and 0.9999 to about 1e-8.
 *
 * @param table - Counts `table[i][j]` of category i of the first and j of the second variable, both in order.
 * @returns A correlation; null when a variable has fewer than two categories that occur.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE` for an impossible count.
 * @example
 * polychoric([[10, 10], [10, 10]]) < 1e-6; // => true
 * polychoric([[10, 10]]); // => null
 */
export function polychoric(table: CountTable): number | null {
  const { cells, rows, columns } = tableMargins(table);
  if (rows.length < 2 || columns.length < 2) return null;
  const a = thresholds(rows);
  const b = thresholds(columns);
  const width = columns.length + 1;
  const below = new Float64Array(a.length * width);
  return bestCorrelation((r) => {
    for (let i = 0; i < a.length; i++)
      for (let j = 0; j < width; j++) below[i * width + j] = bivariateNormalCdf(a[i]!, b[j]!, r);
    let total = 0;
    for (let i = 0; i < rows.length; i++) {
      for (let j = 0; j < columns.length; j++) {
        const count = cells[i * columns.length + j]!;
        if (count === 0) continue;
        const at = i * width + j;
        const p = below[at + width + 1]! - below[at + width]! - below[at + 1]! + below[at]!;
        // Rounding leaves 1e-15 where nothing is; a floor keeps the logarithm finite and the order of candidates.
        total += count * log(Math.max(p, 1e-15));
      }
    }
    return total;
  });
}
