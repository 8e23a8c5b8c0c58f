import { SynthproofError } from '../errors.ts';
import { createSubtreeStack, type SubtreeStack } from './internal-subtree-stack.ts';

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
  return rangeOver(begin, createSubtreeStack(begin));
}

/** Puts whole subtrees that follow each other from leaf `begin` to `end` on the stack: each the largest that is aligned and fits. */
function pushSubtrees(stack: SubtreeStack, nodes: readonly Uint8Array[], begin: number, end: number): void {
  let at = begin;
  for (let i = 0; i < nodes.length; i++) {
    let size = 1;
    while (at % (size * 2) === 0 && at + size * 2 <= end) size *= 2;
    stack.push(nodes[i]!, 0, size);
    at += size;
  }
}

function rangeOver(begin: number, stack: SubtreeStack): CompactRange {
  return {
    begin,
    end: stack.end,
    nodes: stack.nodes,
    append(bytes: Uint8Array, offset = 0): void {
      if (offset + 32 > bytes.length)
        throw new SynthproofError(
          'LENGTH_MISMATCH',
          `bytes: expected 32 bytes from ${offset}, received ${bytes.length - offset}`,
          { argument: 'bytes' },
        );
      stack.push(bytes, offset, 1);
    },
    merge(next: CompactRange): CompactRange {
      const end = stack.end();
      if (next.begin !== end)
        throw new SynthproofError(
          'OUT_OF_RANGE',
          `next: expected a range that begins at ${end}, received ${next.begin}`,
          { argument: 'next' },
        );
      const both = createSubtreeStack(begin);
      pushSubtrees(both, stack.nodes(), begin, end);
      pushSubtrees(both, next.nodes(), end, next.end());
      return rangeOver(begin, both);
    },
    root(): Uint8Array {
      if (begin !== 0)
        throw new SynthproofError(
          'OUT_OF_RANGE',
          `begin: only a range from 0 has a root, this one begins at ${begin}`,
          { argument: 'begin' },
        );
      return stack.root();
    },
  };
}
