import { createMerkleTree } from './merkle-tree.ts';

/**
 * Proof that a leaf stands at an index of a tree. For many proofs of one tree use {@link createMerkleTree}.
 * Source: RFC 9162, section 2.1.3.1.
 *
 * @param leafHashes - All leaf hashes, 32 bytes each.
 * @param index - 0-based index of the leaf.
 * @returns Sibling hashes from the leaf to the root.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when there is no such leaf; `LENGTH_MISMATCH` at a hash of another length.
 * @example
 * const leaves = [utf8('a'), utf8('b')].map(merkleLeafHash);
 * toHex(merkleInclusionProof(leaves, 0)[0]!) === toHex(leaves[1]!); // => true
 */
export function merkleInclusionProof(leafHashes: readonly Uint8Array[], index: number): Uint8Array[] {
  return createMerkleTree(leafHashes).inclusionProof(index);
}
