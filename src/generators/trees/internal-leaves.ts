import type { TreeModel } from '../model-types.ts';
import type { GrownTree } from './internal-grow.ts';

/** Turns a grown tree into plain data: leaf numbers, and in each leaf the donor codes with their rows. */
export function toTreeModel(grown: GrownTree, codes: Int32Array): TreeModel {
  const leaves: number[] = [0];
  const donorCodes: number[] = [];
  const counts: number[] = [];
  const split = grown.split.slice();
  for (let node = 0; node < grown.feature.length; node++) {
    if (grown.feature[node] !== -1) continue;
    split[node] = leaves.length - 1;
    const start = grown.start[node]!;
    const end = grown.end[node]!;
    const donors = new Int32Array(end - start);
    for (let i = start; i < end; i++) donors[i - start] = codes[grown.rows[i]!]!;
    donors.sort();
    for (let i = 0; i < donors.length; i++) {
      if (i > 0 && donors[i] === donors[i - 1]) counts[counts.length - 1]!++;
      else {
        donorCodes.push(donors[i]!);
        counts.push(1);
      }
    }
    leaves.push(donorCodes.length);
  }
  return {
    feature: grown.feature,
    split,
    right: grown.right,
    unknownLeft: grown.unknownLeft,
    sets: grown.sets,
    leaves,
    codes: donorCodes,
    counts,
  };
}

/** Rows of the smallest leaf, and the number of leaves. */
export function leafSizes(tree: TreeModel): { leaves: number; smallestLeaf: number } {
  let smallestLeaf = Number.MAX_SAFE_INTEGER;
  for (let leaf = 0; leaf + 1 < tree.leaves.length; leaf++) {
    let rows = 0;
    for (let i = tree.leaves[leaf]!; i < tree.leaves[leaf + 1]!; i++) rows += tree.counts[i]!;
    smallestLeaf = Math.min(smallestLeaf, rows);
  }
  return { leaves: tree.leaves.length - 1, smallestLeaf };
}
