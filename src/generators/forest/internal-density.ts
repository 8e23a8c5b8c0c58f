import { LN2 } from '../../math/constants.ts';
import { log } from '../../math/log.ts';
import { isPresent } from '../../table/internal-bitmap.ts';
import type { Column } from '../../types.ts';
import { type ForestColumn, forestColumn } from './internal-columns.ts';
import { isNumberColumn, missingCell } from './internal-draw.ts';
import type { CellGrid } from './internal-route.ts';
import type { ArfColumn, ArfModel, ArfTree } from './model-types.ts';

/** A column as the density reads it. */
export interface DensityColumn extends ForestColumn {
  /** Training rows of each bin; the last entry is for missing. */
  readonly counts: Float64Array;
  /** Log of each bin's width, 0 for bins of one value in a column with few. */
  readonly logWidth: Float64Array;
}

/** Columns by position; null for those without density. */
export function densityColumns(model: ArfModel): (DensityColumn | null)[] {
  return model.columns.map((column, position) => {
    if (column.cells.length === 0) return null;
    const numeric = isNumberColumn(column);
    const base = forestColumn(position, numeric, missingCell(column), Int32Array.from(column.cells));
    const counts = new Float64Array(base.bins + 1);
    for (let i = 0; i < base.cells.length; i++) counts[base.binOf[base.cells[i]!]!]!++;
    const logWidth = new Float64Array(base.bins + 1);
    if (base.bins < base.size)
      for (let bin = 0; bin < base.bins; bin++)
        logWidth[bin] = logDistance(
          edge(column.values, base.binStart, bin),
          edge(column.values, base.binStart, bin + 1),
        );
    return { ...base, counts, logWidth };
  });
}

/** Lower edge of a bin: half-way from the bin before; the outermost edges are the least and greatest value. */
function edge(values: readonly number[], binStart: Int32Array, bin: number): number {
  const first = binStart[bin]!;
  if (first === 0) return values[0]!;
  if (first === values.length) return values[first - 1]!;
  return values[first - 1]! / 2 + values[first]! / 2;
}

function logDistance(low: number, high: number): number {
  // Halved, so that a range from -1e308 to 1e308 does not overflow.
  return log(Math.max(high / 2 - low / 2, Number.MIN_VALUE)) + LN2;
}

/** Cells of a table's column as the model counts them; -1 where the model has none. */
export function readCells(column: ArfColumn, real: Column): Int32Array {
  const missing = missingCell(column);
  if (column.role === 'identifier' || real.kind === 'text') {
    const rows = real.kind === 'category' ? real.codes.length : real.values.length;
    return Int32Array.from({ length: rows }, (_, row) => (isPresent(real.validity, row) ? 0 : missing));
  }
  if (real.kind === 'category') {
    const codeOf = new Map<string, number>();
    for (let l = 0; l < column.labels.length; l++) codeOf.set(column.labels[l]!, l);
    const recode = real.labels.map((label) => codeOf.get(label) ?? column.pooledCode);
    return real.codes.map((code, row) => (isPresent(real.validity, row) ? recode[code]! : missing));
  }
  const values = real.values as ArrayLike<number>;
  const known = Float64Array.from(column.values);
  const near =
    known.length > 0 && forestColumn(0, true, known.length, Int32Array.from(column.cells)).bins < known.length;
  const out = new Int32Array(values.length);
  for (let row = 0; row < out.length; row++) {
    if (!isPresent(real.validity, row)) out[row] = missing;
    else out[row] = real.kind === 'boolean' ? (values[row] === 0 ? 0 : 1) : cellOf(known, values[row]!, near);
  }
  return out;
}

/** Position of a value among ascending ones; with `near` that of the nearest, when it lies between them; else -1. */
function cellOf(known: Float64Array, value: number, near: boolean): number {
  const last = known.length - 1;
  if (!(value >= known[0]! && value <= known[last]!)) return -1;
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (known[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  if (known[low] === value) return low;
  if (!near) return -1;
  return value < known[low]! / 2 + known[low + 1]! / 2 ? low : low + 1;
}

/**
 * Per leaf and column, the training rows whose cell lies in the leaf's box: what the splits on the way leave of the
 * column. One row of `columns.length` entries per leaf.
 */
export function boxCounts(tree: ArfTree, columns: readonly (DensityColumn | null)[], grid: CellGrid): Float64Array {
  const width = columns.length;
  const out = new Float64Array((tree.leaves.length - 1) * width);
  const whole = columns.map((column) => new Uint8Array(column ? column.bins + 1 : 0).fill(1));
  const all = Float64Array.from(columns, (column) => (column ? column.counts.reduce((a, b) => a + b, 0) : 0));
  const pending = [{ node: 0, boxes: whole, counts: all }];
  while (pending.length > 0) {
    const { node, boxes, counts } = pending.pop()!;
    const position = tree.feature[node]!;
    if (position < 0) {
      out.set(counts, tree.split[node]! * width);
      continue;
    }
    const column = columns[position];
    for (const side of [1, 0]) {
      const next = { node: side === 1 ? node + 1 : tree.right[node]!, boxes, counts };
      if (column) {
        const box = boxes[position]!.slice();
        let inside = 0;
        for (let bin = 0; bin < box.length; bin++) {
          if (binGoesLeft(tree, node, column, grid, bin) !== (side === 1)) box[bin] = 0;
          else if (box[bin] === 1) inside += column.counts[bin]!;
        }
        next.boxes = boxes.slice();
        next.boxes[position] = box;
        next.counts = counts.slice();
        next.counts[position] = inside;
      }
      pending.push(next);
    }
  }
  return out;
}

function binGoesLeft(tree: ArfTree, node: number, column: DensityColumn, grid: CellGrid, bin: number): boolean {
  const place = tree.split[node]!;
  if (grid.numeric[column.position] === 1)
    return bin === column.bins ? tree.unknownLeft[node] === 1 : column.binStart[bin]! <= place;
  return ((tree.sets[place + (bin >> 5)]! >>> (bin & 31)) & 1) === 1;
}
