import { type CountTable, tableMargins } from './internal-table.ts';

/**
 * Goodman and Kruskal's tau: by how much knowing the row lowers the error of proportional guessing of the column.
 *
 * 0 = no help, 1 = the row determines the column. Not symmetric: transpose the table for the other direction.
 *
 * @param table - Counts, one array per row.
 * @returns A number in [0, 1]; null when fewer than two columns hold counts.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * goodmanKruskalTau([[5, 0], [0, 5]]); // => 1
 */
export function goodmanKruskalTau(table: CountTable): number | null {
  const { cells, rows, columns, total } = tableMargins(table);
  if (columns.length < 2) return null;
  let within = 0;
  let alone = 0;
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < columns.length; j++) {
      const count = cells[i * columns.length + j]!;
      within += (count * count) / rows[i]! / total;
    }
  }
  for (let j = 0; j < columns.length; j++) alone += (columns[j]! / total) * (columns[j]! / total);
  return Math.min(1, Math.max(0, (within - alone) / (1 - alone)));
}
