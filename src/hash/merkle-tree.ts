import { SynthproofError } from '../errors.ts';
import { flattenLeaves, merkleLevels } from './internal-merkle-levels.ts';
import { sha256 } from './sha256.ts';

/** A Merkle tree that gives its root and any number of proofs. */
export interface MerkleTree {
  /** Number of leaves. */
  readonly size: number;
  /** 32 bytes; SHA-256 of nothing when there are no leaves. */
  readonly root: Uint8Array;
  /** Sibling hashes that lead from leaf `index` to the root, lowest first: at most 64. Throws `OUT_OF_RANGE`. */
  inclusionProof(index: number): Uint8Array[];
  /** Hashes that show that the first `size1` leaves, 1 to `size`, were kept. Throws `OUT_OF_RANGE`. */
  consistencyProof(size1: number): Uint8Array[];
}

/**
 * Builds the RFC 9162 tree over leaf hashes and keeps its levels, so that a proof costs log2(size) copies.
 * Source: RFC 9162, sections 2.1.1, 2.1.3.1 and 2.1.4.1.
 *
 * @param leafHashes - Leaf hashes, 32 bytes each: an array, or one buffer with the hashes end to end.
 * @returns The tree.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when a hash is not 32 bytes long.
 * @example
 * const tree = createMerkleTree([utf8('a'), utf8('b'), utf8('c')].map(merkleLeafHash));
 * tree.inclusionProof(2).length; // => 1
 */
export function createMerkleTree(leafHashes: readonly Uint8Array[] | Uint8Array): MerkleTree {
  const flat = leafHashes instanceof Uint8Array ? leafHashes.slice() : flattenLeaves(leafHashes);
  if (flat.length % 32 !== 0)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `leafHashes: expected 32 bytes a hash, received ${flat.length} in all`,
      {
        argument: 'leafHashes',
      },
    );
  const size = flat.length / 32;
  const levels = size === 0 ? [] : merkleLevels(flat);
  const root = size === 0 ? sha256(new Uint8Array(0)) : levels[levels.length - 1]!.slice();

  function inclusionProof(index: number): Uint8Array[] {
    check('index', index, 0, size - 1);
    const proof: Uint8Array[] = [];
    for (let height = 0, at = index; height + 1 < levels.length; height++, at = Math.floor(at / 2)) {
      const sibling = at % 2 === 0 ? at + 1 : at - 1;
      if (sibling * 32 < levels[height]!.length) proof.push(nodeAt(height, sibling));
    }
    return proof;
  }

  function nodeAt(height: number, index: number): Uint8Array {
    return levels[height]!.slice(index * 32, index * 32 + 32);
  }

  function consistencyProof(size1: number): Uint8Array[] {
    check('size1', size1, 1, size);
    const proof: Uint8Array[] = [];
    if (size1 === size) return proof;
    // Climb from the last leaf of the old tree. While it is a right child its parent is a node of the old tree too.
    let height = 0;
    let at = size1 - 1;
    while (at % 2 === 1) {
      at = (at - 1) / 2;
      height++;
    }
    // RFC 9162 section 2.1.4.1: the old root itself is left out when it is a whole subtree of the new tree.
    if (at > 0) proof.push(nodeAt(height, at));
    for (; height + 1 < levels.length; height++, at = Math.floor(at / 2)) {
      const sibling = at % 2 === 0 ? at + 1 : at - 1;
      if (sibling * 32 < levels[height]!.length) proof.push(nodeAt(height, sibling));
    }
    return proof;
  }

  return { size, root, inclusionProof, consistencyProof };
}

function check(argument: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected a whole number from ${least} to ${most}, received ${value}`,
      { argument },
    );
}
