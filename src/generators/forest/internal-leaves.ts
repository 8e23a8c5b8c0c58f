import { cellWords, fraction } from '../shared/internal-uniform.ts';
import type { ArfDraw, DonorRuns } from './internal-draw.ts';
import type { ArfModel } from './model-types.ts';

/** The leaves of all trees in one row, in typed arrays. */
export interface ForestLeaves {
  /** Per leaf, where its training rows start in `rows`, and once more the end. */
  readonly start: Int32Array;
  /** Training rows by leaf: each tree has every one. */
  readonly rows: Int32Array;
}

/** Lays the trees' leaves one after the other. */
export function joinLeaves({ trees }: ArfModel): ForestLeaves {
  let leaves = 0;
  let count = 0;
  for (const tree of trees) {
    leaves += tree.leaves.length - 1;
    count += tree.rows.length;
  }
  const start = new Int32Array(leaves + 1);
  const rows = new Int32Array(count);
  let leaf = 0;
  let at = 0;
  for (const tree of trees) {
    for (let i = 0; i + 1 < tree.leaves.length; i++) start[leaf++] = at + tree.leaves[i]!;
    for (let i = 0; i < tree.rows.length; i++) rows[at + i] = tree.rows[i]!;
    at += tree.rows.length;
  }
  start[leaf] = at;
  return { start, rows };
}

/** A leaf for every drawn row, in proportion to the leaves' weights, given as running sums that end with the total. */
export function pickLeaves({ key, offset, rows }: ArfDraw, column: number, runningWeight: Float64Array): Int32Array {
  const picked = new Int32Array(rows);
  const words = new Uint32Array(4);
  for (let i = 0; i < rows; i++) {
    cellWords(key, 0, column, offset + i, words);
    picked[i] = firstAbove(runningWeight, runningWeight.length, fraction(words[0]!, words[1]!));
  }
  return picked;
}

/** The entry that a share of the total falls in, of so many running sums. */
export function firstAbove(running: Float64Array, count: number, share: number): number {
  const at = share * running[count - 1]!;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (running[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The runs of the picked leaves. */
export function runsOf(picked: Int32Array, { start, rows }: ForestLeaves): DonorRuns {
  return {
    start: picked.map((leaf) => start[leaf]!),
    size: picked.map((leaf) => start[leaf + 1]! - start[leaf]!),
    donors: rows,
  };
}
