import type { EncodedColumn } from '../shared/internal-predictor.ts';
import type { GrownTree } from './internal-grow.ts';

/**
 * Makes a leaf of every node whose subtree does not misclassify fewer rows than the node itself, by more than
 * `complexity` times the root's errors per split: what rpart does to a classification tree while it grows
 * (Therneau & Atkinson, rpart vignette, section 4; Breiman et al. 1984, 3.3).
 */
export function pruneByError(tree: GrownTree, { codes, size }: EncodedColumn, complexity: number): GrownTree {
  const nodes = tree.feature.length;
  const own = new Float64Array(nodes);
  const count = new Int32Array(size);
  for (let node = 0; node < nodes; node++) {
    count.fill(0);
    let most = 0;
    for (let i = tree.start[node]!; i < tree.end[node]!; i++) most = Math.max(most, ++count[codes[tree.rows[i]!]!]!);
    own[node] = tree.end[node]! - tree.start[node]! - most;
  }
  const least = complexity * own[0]!;
  // Children stand after their parent, so going backwards meets them first.
  const below = own.slice();
  const splits = new Int32Array(nodes);
  const leaf = new Uint8Array(nodes);
  for (let node = nodes - 1; node >= 0; node--) {
    if (tree.feature[node] === -1) continue;
    const left = node + 1;
    const right = tree.right[node]!;
    const inside = splits[left]! + splits[right]! + 1;
    const errors = below[left]! + below[right]!;
    if ((own[node]! - errors) / inside <= least) leaf[node] = 1;
    else {
      below[node] = errors;
      splits[node] = inside;
    }
  }
  return rebuild(tree, leaf);
}

/** Copies the tree without what is below the new leaves. */
function rebuild(tree: GrownTree, leaf: Uint8Array): GrownTree {
  const out: GrownTree = {
    feature: [],
    split: [],
    right: [],
    unknownLeft: [],
    sets: tree.sets,
    start: [],
    end: [],
    rows: tree.rows,
  };
  const pending: { node: number; parent: number }[] = [{ node: 0, parent: -1 }];
  while (pending.length > 0) {
    const { node, parent } = pending.pop()!;
    const id = out.feature.length;
    if (parent >= 0) out.right[parent] = id;
    const stop = leaf[node] === 1;
    out.feature.push(stop ? -1 : tree.feature[node]!);
    out.split.push(stop ? 0 : tree.split[node]!);
    out.right.push(0);
    out.unknownLeft.push(stop ? 0 : tree.unknownLeft[node]!);
    out.start.push(tree.start[node]!);
    out.end.push(tree.end[node]!);
    if (stop || tree.feature[node] === -1) continue;
    pending.push({ node: tree.right[node]!, parent: id });
    pending.push({ node: node + 1, parent: -1 });
  }
  return out;
}
