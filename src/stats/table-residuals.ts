import { type CountTable, tableMargins } from './internal-table.ts';

/** Result of {@link tableResiduals}; each is one array per row of the table. */
export interface TableResiduals {
  /** Counts expected under independence. */
  readonly expected: number[][];
  /** Pearson residuals (observed - expected) / sqrt(expected); 0 where nothing is expected. */
  readonly pearson: number[][];
  /** Residuals over their standard error: about normal under independence; 0 where it is 0. */
  readonly adjusted: number[][];
}

/**
 * Expected counts and residuals of a table under independence: which cells make an association.
 *
 * Adjusted residuals after Haberman 1973.
 *
 * @param table - Counts, one array per row.
 * @returns See {@link TableResiduals}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * tableResiduals([[10, 0], [0, 10]]).expected; // => [[5, 5], [5, 5]]
 */
export function tableResiduals(table: CountTable): TableResiduals {
  const { total } = tableMargins(table);
  const rowTotals = table.map((row) => Array.from(row).reduce((sum, value) => sum + value, 0));
  const columnTotals = Array.from(table[0]!, (_, j) => table.reduce((sum, row) => sum + row[j]!, 0));
  const expected: number[][] = [];
  const pearson: number[][] = [];
  const adjusted: number[][] = [];
  for (let i = 0; i < table.length; i++) {
    const e = columnTotals.map((c) => (total === 0 ? 0 : (rowTotals[i]! * c) / total));
    const d = e.map((value, j) => table[i]![j]! - value);
    expected.push(e);
    pearson.push(d.map((value, j) => (e[j]! > 0 ? value / Math.sqrt(e[j]!) : 0)));
    adjusted.push(
      d.map((value, j) => {
        const spread = e[j]! * (1 - rowTotals[i]! / total) * (1 - columnTotals[j]! / total);
        return spread > 0 ? value / Math.sqrt(spread) : 0;
      }),
    );
  }
  return { expected, pearson, adjusted };
}
