import { createSubtreeStack } from '../hash/internal-subtree-stack.ts';

/** Root of the tree over leaf hashes sorted by their bytes: equal for every order, duplicates count. */
export function multisetRoot(leaves: Uint8Array): Uint8Array {
  const count = leaves.length / 32;
  const view = new DataView(leaves.buffer, leaves.byteOffset, leaves.byteLength);
  // Two radix passes over the first 32 bits; hashes that agree there are put in order by insertion.
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  for (const shift of [2, 0]) {
    const starts = new Uint32Array(65537);
    for (let i = 0; i < count; i++) starts[view.getUint16(i * 32 + shift) + 1]!++;
    for (let k = 0; k < 65536; k++) starts[k + 1]! += starts[k]!;
    const next = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      const leaf = order[i]!;
      next[starts[view.getUint16(leaf * 32 + shift)]!++] = leaf;
    }
    order = next;
  }
  for (let i = 1; i < count; i++) {
    const leaf = order[i]!;
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
