import type { PlannedColumn } from '../shared/internal-plan.ts';
import { quantileBins } from '../shared/internal-quantile-bins.ts';

/** Numeric columns with more distinct values are cut into so many runs of about equally many rows for the splits. */
export const BINS = 256;

/** A column as the forest sees it. */
export interface ForestColumn {
  /** Position in the table. */
  readonly position: number;
  /** True when cells are ranks of numbers. */
  readonly numeric: boolean;
  /** Number of cells that are not missing; `size` itself stands for missing. */
  readonly size: number;
  /** Cell of each training row. */
  readonly cells: Int32Array;
  /** Number of bins of a numeric column, else `size`. */
  readonly bins: number;
  /** Per bin, its first cell, and once more the end; for categories each cell is its own bin. */
  readonly binStart: Int32Array;
  /** Bin of each cell; the last entry is for missing. */
  readonly binOf: Int32Array;
}

/** The columns that the forest models: values, kept ones included, and the missing cells of identifiers. */
export function forestColumns(planned: readonly PlannedColumn[]): ForestColumn[] {
  const out: ForestColumn[] = [];
  for (let position = 0; position < planned.length; position++) {
    const { role, encoded, missing } = planned[position]!;
    if (role === 'modelled') out.push(forestColumn(position, encoded!.numeric, encoded!.size, encoded!.codes));
    else if (role === 'kept' && encoded && encoded.size > 0)
      out.push(forestColumn(position, encoded.numeric, encoded.size, encoded.codes));
    else if (role === 'identifier' && missing) out.push(forestColumn(position, false, 1, missing));
  }
  return out;
}

/** One column from its cells. */
export function forestColumn(position: number, numeric: boolean, size: number, cells: Int32Array): ForestColumn {
  const starts = numeric && size > BINS ? quantileBins(countCells(cells, size), BINS, 1) : null;
  const binStart = starts ? Int32Array.from(starts) : Int32Array.from({ length: size + 1 }, (_, cell) => cell);
  const bins = binStart.length - 1;
  const binOf = new Int32Array(size + 1).fill(bins);
  for (let bin = 0; bin < bins; bin++) binOf.fill(bin, binStart[bin]!, binStart[bin + 1]!);
  return { position, numeric, size, cells, bins, binStart, binOf };
}

function countCells(cells: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size + 1);
  for (let i = 0; i < cells.length; i++) counts[cells[i]!]!++;
  return counts.subarray(0, size);
}
