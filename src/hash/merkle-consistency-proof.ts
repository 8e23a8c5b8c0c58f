import { createMerkleTree } from './merkle-tree.ts';

/**
 * Proof that a tree grew from its first `size1` leaves without changing them.
 * Source: RFC 9162, section 2.1.4.1.
 *
 * @param leafHashes - All leaf hashes of the new tree, 32 bytes each.
 * @param size1 - Number of leaves of the old tree, from 1.
 * @returns The proof; empty when the sizes are equal.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` at another size; `LENGTH_MISMATCH` at a hash of another length.
 * @example
 * merkleConsistencyProof([utf8('a'), utf8('b')].map(merkleLeafHash), 1).length; // => 1
 */
export function merkleConsistencyProof(leafHashes: readonly Uint8Array[], size1: number): Uint8Array[] {
  return createMerkleTree(leafHashes).consistencyProof(size1);
}
