import { sha256 } from './sha256.ts';
import { createSha256Batch } from './sha256-batch.ts';

/** The largest whole subtrees of the leaves [begin, end); arguments are not checked. */
export interface SubtreeStack {
  /** Index after the last leaf taken. */
  end(): number;
  /** Hashes of the subtrees from left to right. */
  nodes(): Uint8Array[];
  /** Takes a whole subtree of `size` leaves that starts at the end: 32 bytes of `bytes` from `offset`. */
  push(bytes: Uint8Array, offset: number, size: number): void;
  /** Root of the tree over [0, end); means nothing when the leaves do not begin at 0. */
  root(): Uint8Array;
}

/** No subtrees yet. What compact ranges and table digests have in common. */
export function createSubtreeStack(begin: number): SubtreeStack {
  const batch = createSha256Batch();
  // Two subtrees for each of 53 levels, and one more while merging.
  const stack = new Uint8Array(110 * 32);
  let end = begin;
  let depth = 0;
  return {
    end: () => end,
    nodes(): Uint8Array[] {
      const list: Uint8Array[] = [];
      for (let i = 0; i < depth; i++) list.push(stack.slice(i * 32, i * 32 + 32));
      return list;
    },
    push(bytes: Uint8Array, offset: number, size: number): void {
      stack.set(bytes.subarray(offset, offset + 32), depth * 32);
      depth++;
      let at = end;
      let width = size;
      end += size;
      // A right child whose sibling lies in the range joins it; the sibling is then the entry below.
      while ((at / width) % 2 === 1 && at - width >= begin) {
        depth--;
        batch.fillNode(stack, depth * 32 - 32, stack, depth * 32 - 32, stack, depth * 32);
        at -= width;
        width *= 2;
      }
    },
    root(): Uint8Array {
      if (depth === 0) return sha256(new Uint8Array(0));
      const root = stack.slice(depth * 32 - 32, depth * 32);
      for (let i = depth - 2; i >= 0; i--) batch.fillNode(root, 0, stack, i * 32, root, 0);
      return root;
    },
  };
}
