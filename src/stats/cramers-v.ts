import { type CountTable, pearsonStatistic, tableMargins } from './internal-table.ts';

/** Options of {@link cramersV}. */
export interface CramersVOptions {
  /** Bergsma's correction (2013), which takes out the upward bias of small samples. Default false. */
  readonly corrected?: boolean | undefined;
}

/**
 * Cramer's V: strength of association in a table of counts, sqrt(chi-square / n / (min(r, c) - 1)).
 *
 * Unitless, 0 = independent, 1 = one column determines the other. Empty rows and columns do not count.
 *
 * @param table - Counts, one array per row.
 * @param options - See {@link CramersVOptions}.
 * @returns A number in [0, 1]; null when fewer than two rows or columns hold counts.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * cramersV([[10, 0], [0, 10]]); // => 1
 */
export function cramersV(table: CountTable, options: CramersVOptions = {}): number | null {
  const margins = tableMargins(table);
  const r = margins.rows.length;
  const c = margins.columns.length;
  if (r < 2 || c < 2) return null;
  const n = margins.total;
  const phi2 = pearsonStatistic(margins, 0) / n;
  if (!options.corrected) return Math.min(1, Math.sqrt(phi2 / (Math.min(r, c) - 1)));
  if (n <= 1) return null;
  const phi = Math.max(0, phi2 - ((r - 1) * (c - 1)) / (n - 1));
  const rows = r - ((r - 1) * (r - 1)) / (n - 1);
  const columns = c - ((c - 1) * (c - 1)) / (n - 1);
  const least = Math.min(rows, columns) - 1;
  return least > 0 ? Math.min(1, Math.sqrt(phi / least)) : null;
}
