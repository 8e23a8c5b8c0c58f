import { median } from '../../stats/median.ts';
import type { JobOptions } from '../../types.ts';
import { checkAbort } from '../shared/internal-options.ts';
import type { ClassColumn } from './internal-columns.ts';

/** Rows between two looks at the abort signal. */
const BLOCK = 256;

/** Nearest rows of the class. */
export interface Neighbours {
  /** k rows per row, nearest first. */
  readonly neighbours: Int32Array;
  /** Their squared distances. */
  readonly squared: Float64Array;
  /** See SmoteReport. */
  readonly medianDeviation: number | null;
}

/** The rows of the class, row after row. */
interface Points {
  /** Scaled numbers; NaN when missing. */
  readonly numbers: Float64Array;
  readonly numberCount: number;
  readonly levels: Int32Array;
  readonly levelCount: number;
  /** Added to a squared distance for every level that differs. */
  readonly penalty: number;
}

/** Finds the k nearest rows of every row of the class by comparing all pairs. */
export function findNeighbours(
  columns: readonly ClassColumn[],
  rows: number,
  k: number,
  scale: 'deviation' | 'none',
  job: JobOptions,
): Neighbours {
  const { points, medianDeviation } = toPoints(columns, rows, scale);
  const neighbours = new Int32Array(rows * k);
  const squared = new Float64Array(rows * k).fill(Infinity);
  for (let row = 0; row < rows; row++) {
    if (row % BLOCK === 0) {
      checkAbort(job.signal, 'neighbours');
      job.onProgress?.({ stage: 'neighbours', done: row, total: rows });
    }
    const from = row * k;
    const last = from + k - 1;
    for (let other = 0; other < rows; other++) {
      if (other === row) continue;
      // Held below infinity, so that even rows 1e308 apart can be neighbours.
      const distance = Math.min(Number.MAX_VALUE, squaredDistance(points, row, other, squared[last]!));
      if (!(distance < squared[last]!)) continue;
      let at = last;
      for (; at > from && squared[at - 1]! > distance; at--) {
        squared[at] = squared[at - 1]!;
        neighbours[at] = neighbours[at - 1]!;
      }
      squared[at] = distance;
      neighbours[at] = other;
    }
  }
  job.onProgress?.({ stage: 'neighbours', done: rows, total: rows });
  return { neighbours, squared, medianDeviation };
}

/** Squared distance of two rows; some number of at least `enough` as soon as it is known to be that large. */
function squaredDistance(points: Points, row: number, other: number, enough: number): number {
  const { numbers, numberCount, levels, levelCount, penalty } = points;
  let sum = 0;
  const a = row * numberCount;
  const b = other * numberCount;
  for (let c = 0; c < numberCount; c++) {
    const x = numbers[a + c]!;
    const y = numbers[b + c]!;
    const difference = x - y;
    // NaN stands for missing: one missing cell is a difference like that of levels, two are none.
    if (!Number.isNaN(difference)) sum += difference * difference;
    else if (!Number.isNaN(x) || !Number.isNaN(y)) sum += penalty;
    if (sum >= enough) return sum;
  }
  for (let c = 0; c < levelCount; c++) {
    if (levels[row * levelCount + c] !== levels[other * levelCount + c]) sum += penalty;
    if (sum >= enough) return sum;
  }
  return sum;
}

function toPoints(
  columns: readonly ClassColumn[],
  rows: number,
  scale: 'deviation' | 'none',
): { points: Points; medianDeviation: number | null } {
  const numeric = columns.filter((column) => column.part === 'number');
  const levelled = columns.filter((column) => column.part === 'level');
  const deviations = numeric.map(deviation);
  const varying = deviations.filter((one) => one > 0);
  let typical = 1;
  if (scale === 'none' && deviations.length > 0) typical = median(deviations)!;
  const numbers = new Float64Array(rows * numeric.length);
  for (let c = 0; c < numeric.length; c++) {
    const { cells, size, shape } = numeric[c]!;
    const divisor = scale === 'deviation' && deviations[c]! > 0 ? deviations[c]! : 1;
    for (let row = 0; row < rows; row++)
      numbers[row * numeric.length + c] =
        shape.role === 'constant' ? 0 : cells[row] === size ? Number.NaN : shape.values[cells[row]!]! / divisor;
  }
  const levels = new Int32Array(rows * levelled.length);
  for (let c = 0; c < levelled.length; c++)
    for (let row = 0; row < rows; row++) levels[row * levelled.length + c] = levelled[c]!.cells[row]!;
  const points = {
    numbers,
    numberCount: numeric.length,
    levels,
    levelCount: levelled.length,
    penalty: (typical * typical) / 2,
  };
  return { points, medianDeviation: varying.length === 0 && scale === 'deviation' ? null : typical };
}

/** Population standard deviation of the observed cells, in two passes; 0 without two different ones. */
function deviation({ shape, cells, size }: ClassColumn): number {
  if (shape.role === 'constant' || shape.values.length < 2) return 0;
  const { values } = shape;
  // Taken as parts of the largest, so that squares neither overflow nor vanish.
  const largest = Math.max(Math.abs(values[0]!), Math.abs(values[values.length - 1]!));
  let n = 0;
  let total = 0;
  for (let row = 0; row < cells.length; row++) {
    if (cells[row] === size) continue;
    total += values[cells[row]!]! / largest;
    n++;
  }
  const centre = total / n;
  let squares = 0;
  for (let row = 0; row < cells.length; row++) {
    if (cells[row] === size) continue;
    const apart = values[cells[row]!]! / largest - centre;
    squares += apart * apart;
  }
  return largest * Math.sqrt(squares / n);
}
