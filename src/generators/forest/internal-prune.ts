import type { ForestColumn } from './internal-columns.ts';
import { type CellGrid, goesLeft, type Router } from './internal-route.ts';
import type { ArfTree } from './model-types.ts';

/** A pruned tree, with how many leaves it lost. */
export interface PrunedTree {
  readonly tree: ArfTree;
  readonly smallestLeaf: number;
  readonly pruned: number;
}

/**
 * Copies a tree for the real rows alone: a child with fewer than `minLeaf` of them cannot hold a leaf, so its parent is
 * replaced by the other child, which takes over the rows. What remains has at least `minLeaf` real rows in every leaf.
 */
export function pruneTree(
  router: Router,
  columns: readonly ForestColumn[],
  grid: CellGrid,
  realRows: number,
  minLeaf: number,
): PrunedTree {
  const feature: number[] = [];
  const split: number[] = [];
  const right: number[] = [];
  const unknownLeft: number[] = [];
  const sets: number[] = [];
  const leaves: number[] = [0];
  const rows = Int32Array.from({ length: realRows }, (_, row) => row);
  const spare = new Int32Array(realRows);
  let smallestLeaf = realRows;
  // Depth first, left child first: leaves take their rows in order, from the front.
  const pending = [{ node: 0, start: 0, end: realRows, parent: -1 }];
  while (pending.length > 0) {
    const { node: asked, start, end, parent } = pending.pop()!;
    let node = asked;
    let middle = start;
    while (router.feature[node]! >= 0) {
      middle = partition(router, node, grid, rows, start, end, spare);
      if (middle - start < minLeaf) node = router.right[node]!;
      else if (end - middle < minLeaf) node = node + 1;
      else break;
    }
    const id = feature.length;
    if (parent >= 0) right[parent] = id;
    const slot = router.feature[node]!;
    right.push(0);
    if (slot < 0) {
      feature.push(-1);
      split.push(leaves.length - 1);
      unknownLeft.push(0);
      leaves.push(end);
      smallestLeaf = Math.min(smallestLeaf, end - start);
      // The order in which partitions left the rows says nothing: ascending is reproducible and compresses.
      rows.subarray(start, end).sort();
      continue;
    }
    const column = columns[slot]!;
    feature.push(column.position);
    unknownLeft.push(router.unknownLeft[node]!);
    if (column.numeric) split.push(column.binStart[router.split[node]! + 1]! - 1);
    else {
      split.push(sets.length);
      for (let w = 0; w <= column.size >> 5; w++) sets.push(router.sets[router.split[node]! + w]!);
    }
    pending.push({ node: router.right[node]!, start: middle, end, parent: id });
    pending.push({ node: node + 1, start, end: middle, parent: -1 });
  }
  const before = router.feature.reduce((count, slot) => count + (slot < 0 ? 1 : 0), 0);
  const tree = { feature, split, right, unknownLeft, sets, leaves, rows: Array.from(rows) };
  return { tree, smallestLeaf, pruned: before - (leaves.length - 1) };
}

/** Moves the rows that go left to the front, and returns where the others start. */
function partition(
  router: Router,
  node: number,
  grid: CellGrid,
  rows: Int32Array,
  start: number,
  end: number,
  spare: Int32Array,
): number {
  let at = start;
  let others = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    if (goesLeft(router, node, grid, row)) rows[at++] = row;
    else spare[others++] = row;
  }
  for (let i = 0; i < others; i++) rows[at + i] = spare[i]!;
  return at;
}
