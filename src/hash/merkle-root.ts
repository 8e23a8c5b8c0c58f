import { createMerkleTree } from './merkle-tree.ts';

/**
 * Root of the RFC 9162 tree over leaf hashes. For a stream of leaves use {@link createCompactRange}.
 * Source: RFC 9162, section 2.1.1.
 *
 * @param leafHashes - Leaf hashes, 32 bytes each.
 * @returns 32 bytes; SHA-256 of nothing when there are no leaves.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when a hash is not 32 bytes long.
 * @example
 * toHex(merkleRoot([])) === sha256Hex(''); // => true
 */
export function merkleRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  return createMerkleTree(leafHashes).root;
}
