import type { Column } from '../../types.ts';
import { constantColumn, identifierColumn, missingColumn, valueColumn } from '../shared/internal-output.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { nearDonor, type QuantileCurve, quantileCurve } from '../shared/internal-quantile-curve.ts';
import { cellWords, fraction } from '../shared/internal-uniform.ts';
import type { ArfColumn } from './model-types.ts';

/** Where the cells of each drawn row come from: a run of `donors` per row. */
export interface DonorRuns {
  /** Per drawn row, the first of its donors. */
  readonly start: Int32Array;
  /** Per drawn row, how many there are. */
  readonly size: Int32Array;
  /** Training rows. */
  readonly donors: Int32Array;
}

/** What every column of one sample shares. */
export interface ArfDraw {
  readonly key: Uint32Array;
  readonly offset: number;
  readonly rows: number;
}

/** The cell that stands for missing. */
export function missingCell(column: ArfColumn): number {
  if (column.role === 'identifier') return 1;
  if (column.kind === 'boolean') return 2;
  return isNumericKind(column.kind) ? column.values.length : column.labels.length;
}

/** Whether the cells of a column stand for numbers. */
export function isNumberColumn({ role, kind }: ArfColumn): boolean {
  return (role === 'modelled' || role === 'kept') && isNumericKind(kind);
}

/** Draws one column: every row takes the cell of one donor of its run; smoothed draws stay in `bounds` when there are some. */
export function drawColumn(
  draw: ArfDraw,
  position: number,
  column: ArfColumn,
  runs: DonorRuns,
  bounds: readonly [number, number] | null = null,
): Column {
  const { rows, offset, key } = draw;
  if (column.role === 'constant') return constantColumn(column, rows);
  if (column.role === 'allMissing') return missingColumn(column, rows);
  if (column.cells.length === 0) return identifierColumn(column, rows, offset, null);
  const cells = Int32Array.from(column.cells);
  const numeric = column.role === 'modelled' && isNumericKind(column.kind);
  const missing = missingCell(column);
  const values = Float64Array.from(column.values);
  const curve = numeric && column.smooth > 0 ? curveOf(column, cells, missing) : null;
  const out = new Float64Array(rows);
  const absent = new Uint8Array(rows);
  const words = new Uint32Array(4);
  for (let i = 0; i < rows; i++) {
    cellWords(key, 0, position, offset + i, words);
    const donor = runs.donors[runs.start[i]! + Math.floor(fraction(words[0]!, words[1]!) * runs.size[i]!)]!;
    const cell = cells[donor]!;
    if (cell === missing) {
      absent[i] = 1;
      out[i] = numeric ? Number.NaN : missing;
    } else if (curve) {
      const near = nearDonor(column, column.smooth, curve, cell, words[2]! / 4_294_967_296, words[3]! / 4_294_967_296);
      out[i] = bounds ? Math.min(bounds[1], Math.max(bounds[0], near)) : near;
    } else out[i] = numeric ? values[cell]! : cell;
  }
  return column.role === 'identifier'
    ? identifierColumn(column, rows, offset, absent)
    : valueColumn(column, out, absent);
}

function curveOf(column: ArfColumn, cells: Int32Array, missing: number): QuantileCurve {
  return quantileCurve(
    column.values,
    cells.filter((cell) => cell !== missing),
  );
}
