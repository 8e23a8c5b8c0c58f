import { type Variation, variationOf } from './internal-variation.ts';

/** Two code columns of one table; codes run from 0 to size - 1. */
export interface CodedPair {
  /** Codes of the first column. */
  readonly first: Int32Array;
  /** Codes of the second column. */
  readonly second: Int32Array;
}

/** The cells of two cross tables that occur in either, in ascending order of cell number. */
export interface CellCounts {
  /** Cell numbers, `first * secondSize + second`; absent when every cell is listed. */
  readonly keys: Float64Array | null;
  /** Real counts. */
  readonly real: Int32Array;
  /** Synthetic counts. */
  readonly synthetic: Int32Array;
}

/** Counts both cross tables over the same cells; many-levelled pairs by sorting, others in a dense array. */
export function countCells(real: CodedPair, synthetic: CodedPair, firstSize: number, secondSize: number): CellCounts {
  const cells = firstSize * secondSize;
  const rows = real.first.length + synthetic.first.length;
  if (cells <= 4 * rows + 65536)
    return {
      keys: null,
      real: denseCounts(real, cells, secondSize),
      synthetic: denseCounts(synthetic, cells, secondSize),
    };
  return sparseCounts(sortedKeys(real, secondSize), sortedKeys(synthetic, secondSize));
}

function denseCounts(pair: CodedPair, cells: number, secondSize: number): Int32Array {
  const { first, second } = pair;
  const counts = new Int32Array(cells);
  for (let i = 0; i < first.length; i++) {
    const cell = first[i]! * secondSize + second[i]!;
    counts[cell] = counts[cell]! + 1;
  }
  return counts;
}

function sortedKeys(pair: CodedPair, secondSize: number): Float64Array {
  const keys = new Float64Array(pair.first.length);
  for (let i = 0; i < keys.length; i++) keys[i] = pair.first[i]! * secondSize + pair.second[i]!;
  return keys.sort();
}

function sparseCounts(a: Float64Array, b: Float64Array): CellCounts {
  const keys = new Float64Array(a.length + b.length);
  const real = new Int32Array(keys.length);
  const synthetic = new Int32Array(keys.length);
  let i = 0;
  let j = 0;
  let count = 0;
  while (i < a.length || j < b.length) {
    const key = j >= b.length || (i < a.length && a[i]! <= b[j]!) ? a[i]! : b[j]!;
    const fromA = i;
    const fromB = j;
    while (i < a.length && a[i] === key) i++;
    while (j < b.length && b[j] === key) j++;
    keys[count] = key;
    real[count] = i - fromA;
    synthetic[count] = j - fromB;
    count++;
  }
  return { keys: keys.subarray(0, count), real: real.subarray(0, count), synthetic: synthetic.subarray(0, count) };
}

/** Total variation distance of two cross tables. */
export function cellVariation(counts: CellCounts): Variation {
  return variationOf(counts.real, counts.synthetic);
}

/**
 * Cramer's V of the real cross table, without continuity or bias correction; null when a side has one level only.
 * Source: SciPy, stats.contingency.association.
 */
export function cramersVOfCells(counts: CellCounts, firstSize: number, secondSize: number): number | null {
  const { keys, real } = counts;
  const firstTotals = new Float64Array(firstSize);
  const secondTotals = new Float64Array(secondSize);
  let n = 0;
  for (let k = 0; k < real.length; k++) {
    const count = real[k]!;
    if (count === 0) continue;
    const key = keys ? keys[k]! : k;
    const row = Math.floor(key / secondSize);
    const column = key - row * secondSize;
    firstTotals[row] = firstTotals[row]! + count;
    secondTotals[column] = secondTotals[column]! + count;
    n += count;
  }
  const smaller = Math.min(countPositive(firstTotals), countPositive(secondTotals));
  if (smaller < 2) return null;
  let chiSquare = 0;
  let expectedListed = 0;
  for (let k = 0; k < real.length; k++) {
    const key = keys ? keys[k]! : k;
    const row = Math.floor(key / secondSize);
    const expected = (firstTotals[row]! * secondTotals[key - row * secondSize]!) / n;
    if (expected === 0) continue;
    const difference = real[k]! - expected;
    chiSquare += (difference * difference) / expected;
    expectedListed += expected;
  }
  // A cell that is not listed holds 0 and adds its expected count: together, what the listed ones leave of n.
  if (keys) chiSquare += Math.max(n - expectedListed, 0);
  const v = Math.sqrt(chiSquare / n / (smaller - 1));
  return Math.min(v, 1);
}

function countPositive(totals: Float64Array): number {
  let count = 0;
  for (let i = 0; i < totals.length; i++) if (totals[i]! > 0) count++;
  return count;
}
