import { createSubtreeStack } from '../hash/internal-subtree-stack.ts';

/** A byte array cannot hold the hashes of more leaves. */
const MOST_LEAVES = 536870912;

/** Root of the tree over leaf hashes sorted by their bytes: equal for every order, duplicates count. */
export function multisetRoot(leaves: Uint8Array): Uint8Array {
  const count = leaves.length / 32;
  const view = new DataView(leaves.buffer, leaves.byteOffset, leaves.byteLength);
  // 24 bits of the hash above the leaf's number make one double each; hashes that agree there are put in order by
  // insertion.
  const order = new Float64Array(count);
  for (let i = 0; i < count; i++) order[i] = (view.getUint32(i * 32) >>> 8) * MOST_LEAVES + i;
  order.sort();
  for (let i = 0; i < count; i++) {
    const leaf = order[i]! % MOST_LEAVES;
    let at = i;
    for (; at > 0 && isBefore(leaves, leaf, order[at - 1]!); at--) order[at] = order[at - 1]!;
    order[at] = leaf;
  }
  const tree = createSubtreeStack(0);
  for (let i = 0; i < count; i++) tree.push(leaves, order[i]! * 32, 1);
  return tree.root();
}

function isBefore(leaves: Uint8Array, a: number, b: number): boolean {
  for (let i = 0; i < 32; i++) {
    const difference = leaves[a * 32 + i]! - leaves[b * 32 + i]!;
    if (difference !== 0) return difference < 0;
  }
  return false;
}
