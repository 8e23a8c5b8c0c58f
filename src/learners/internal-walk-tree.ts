import type { BoostedTree } from './boosted-trees-model.ts';

/** Adds a tree's leaf values to the raw scores of rows. */
export function addTree(tree: BoostedTree, columns: readonly Float64Array[], raw: Float64Array): void {
  const feature = Int32Array.from(tree.feature);
  const threshold = Float64Array.from(tree.threshold);
  const missingLeft = Uint8Array.from(tree.missingLeft);
  const left = Int32Array.from(tree.left);
  const right = Int32Array.from(tree.right);
  const value = Float64Array.from(tree.value);
  for (let i = 0; i < raw.length; i++) {
    let node = 0;
    let split = feature[0]!;
    while (split >= 0) {
      const x = columns[split]![i]!;
      const goesLeft = Number.isNaN(x) ? missingLeft[node] === 1 : x <= threshold[node]!;
      node = goesLeft ? left[node]! : right[node]!;
      split = feature[node]!;
    }
    raw[i] = raw[i]! + value[node]!;
  }
}
