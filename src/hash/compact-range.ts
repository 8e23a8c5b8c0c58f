import { SynthproofError } from '../errors.ts';
import { ownSha256 } from './internal-own-sha256.ts';
import { createSha256Batch } from './sha256-batch.ts';

/**
 * The leaves [begin, end) of a tree, kept as the hashes of its largest whole subtrees: at most two per level. It takes
 * leaves as they come and joins with the range that follows, so shards with any borders give the root of one pass.
 */
export interface CompactRange {
  /** Index of the first leaf. */
  readonly begin: number;
  /** Index after the last leaf taken. */
  end(): number;
  /** Takes the next leaf hash: 32 bytes of `bytes` from `offset` (default 0). */
  append(bytes: Uint8Array, offset?: number): void;
  /** A new range over both; `next` must begin where this one ends, else `OUT_OF_RANGE`. */
  merge(next: CompactRange): CompactRange;
  /** Root of the tree over [0, end); throws `OUT_OF_RANGE` when the range does not begin at 0. */
  root(): Uint8Array;
  /** Hashes of the subtrees from left to right, 32 bytes each; their sizes follow from begin and end. */
  nodes(): Uint8Array[];
}

/**
 * An empty {@link CompactRange} that begins at a leaf index.
 * Source: RFC 9162, section 2.1.1, for the tree; compact ranges as in transparency-dev/merkle.
 *
 * @param begin - Index of the first leaf to come; default 0.
 * @returns The range; `append` changes it.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when begin is no whole number from 0 to 2^53 - 1.
 * @example
 * const leaves = [utf8('a'), utf8('b'), utf8('c')].map(merkleLeafHash);
 * const left = createCompactRange();
 * left.append(leaves[0]!);
 * const right = createCompactRange(1);
 * right.append(leaves[1]!);
 * right.append(leaves[2]!);
 * toHex(left.merge(right).root()) === toHex(merkleRoot(leaves)); // => true
 */
export function createCompactRange(begin = 0): CompactRange {
  if (!Number.isSafeInteger(begin) || begin < 0)
    throw new SynthproofError('OUT_OF_RANGE', `begin: expected a whole number from 0, received ${begin}`, {
      argument: 'begin',
    });
  return createRange(begin, begin, [], []);
}

/** Subtree sizes of [begin, end) from left to right: each the largest that is aligned and fits. */
function subtreeSizes(begin: number, end: number): number[] {
  const sizes: number[] = [];
  for (let at = begin; at < end; ) {
    let size = 1;
    while (at % (size * 2) === 0 && at + size * 2 <= end) size *= 2;
    sizes.push(size);
    at += size;
  }
  return sizes;
}

function createRange(
  begin: number,
  start: number,
  hashes: readonly Uint8Array[],
  tail: readonly { readonly hash: Uint8Array; readonly size: number }[],
): CompactRange {
  const batch = createSha256Batch();
  // Two subtrees for each of 53 levels, and one more while merging.
  const stack = new Uint8Array(110 * 32);
  let end = start;
  let depth = hashes.length;
  for (let i = 0; i < depth; i++) stack.set(hashes[i]!, i * 32);

  /** Takes a whole subtree of `size` leaves that starts at `end`. */
  function push(bytes: Uint8Array, offset: number, size: number): void {
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
  }

  for (let i = 0; i < tail.length; i++) push(tail[i]!.hash, 0, tail[i]!.size);

  function nodes(): Uint8Array[] {
    const list: Uint8Array[] = [];
    for (let i = 0; i < depth; i++) list.push(stack.slice(i * 32, i * 32 + 32));
    return list;
  }

  return {
    begin,
    end: () => end,
    nodes,
    append(bytes: Uint8Array, offset = 0): void {
      if (offset + 32 > bytes.length)
        throw new SynthproofError(
          'LENGTH_MISMATCH',
          `bytes: expected 32 bytes from ${offset}, received ${bytes.length - offset}`,
          {
            argument: 'bytes',
          },
        );
      push(bytes, offset, 1);
    },
    merge(next: CompactRange): CompactRange {
      if (next.begin !== end)
        throw new SynthproofError(
          'OUT_OF_RANGE',
          `next: expected a range that begins at ${end}, received ${next.begin}`,
          {
            argument: 'next',
          },
        );
      const sizes = subtreeSizes(next.begin, next.end());
      const tail = next.nodes().map((hash, i) => ({ hash, size: sizes[i]! }));
      return createRange(begin, end, nodes(), tail);
    },
    root(): Uint8Array {
      if (begin !== 0)
        throw new SynthproofError(
          'OUT_OF_RANGE',
          `begin: only a range from 0 has a root, this one begins at ${begin}`,
          {
            argument: 'begin',
          },
        );
      if (depth === 0) return ownSha256(new Uint8Array(0));
      const root = stack.slice(depth * 32 - 32, depth * 32);
      for (let i = depth - 2; i >= 0; i--) batch.fillNode(root, 0, stack, i * 32, root, 0);
      return root;
    },
  };
}
