import type { TreeModel } from '../model-types.ts';

/** A tree in typed arrays, its leaves' donors written out one per training row. */
export interface CompiledTree {
  readonly feature: Int32Array;
  readonly split: Float64Array;
  readonly right: Int32Array;
  readonly unknownLeft: Uint8Array;
  readonly sets: Int32Array;
  /** Start of each leaf's donors, and the end of the last. */
  readonly donorStart: Int32Array;
  readonly donors: Int32Array;
}

/** Prepares a tree for {@link walk}. */
export function compileTree(tree: TreeModel): CompiledTree {
  const leafCount = tree.leaves.length - 1;
  const donorStart = new Int32Array(leafCount + 1);
  let rows = 0;
  for (let i = 0; i < tree.counts.length; i++) rows += tree.counts[i]!;
  const donors = new Int32Array(rows);
  let at = 0;
  for (let leaf = 0; leaf < leafCount; leaf++) {
    for (let i = tree.leaves[leaf]!; i < tree.leaves[leaf + 1]!; i++) {
      const code = tree.codes[i]!;
      for (const stop = at + tree.counts[i]!; at < stop; at++) donors[at] = code;
    }
    donorStart[leaf + 1] = at;
  }
  return {
    feature: Int32Array.from(tree.feature),
    split: Float64Array.from(tree.split),
    right: Int32Array.from(tree.right),
    unknownLeft: Uint8Array.from(tree.unknownLeft),
    sets: Int32Array.from(tree.sets),
    donorStart,
    donors,
  };
}

/**
 * The leaf a row falls in. Predictors hold values (NaN missing) for numeric columns, and codes for category columns:
 * the code after the last is "missing", -1 a label the model never saw.
 */
export function walk(
  tree: CompiledTree,
  predictors: readonly Float64Array[],
  numeric: Uint8Array,
  row: number,
): number {
  const { feature, split, right, unknownLeft, sets } = tree;
  let node = 0;
  for (let column = feature[0]!; column >= 0; column = feature[node]!) {
    const value = predictors[column]![row]!;
    let left: boolean;
    if (numeric[column] === 1) left = value <= split[node]! || (Number.isNaN(value) && unknownLeft[node] === 1);
    else if (value < 0) left = unknownLeft[node] === 1;
    else left = ((sets[split[node]! + (value >> 5)]! >>> (value & 31)) & 1) === 1;
    node = left ? node + 1 : right[node]!;
  }
  return split[node]!;
}
