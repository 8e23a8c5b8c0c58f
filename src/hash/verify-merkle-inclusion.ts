import { equalBytes } from './internal-equal-bytes.ts';
import { createSha256Batch } from './sha256-batch.ts';

/** What {@link verifyMerkleInclusion} checks. */
export interface MerkleInclusion {
  /** Hash of the leaf, 32 bytes, computed by the verifier from the entry. */
  readonly leafHash: Uint8Array;
  /** 0-based index of the leaf. */
  readonly index: number;
  /** Number of leaves of the tree. */
  readonly treeSize: number;
  /** Sibling hashes, lowest first. */
  readonly proof: readonly Uint8Array[];
  /** The trusted root, 32 bytes. */
  readonly root: Uint8Array;
}

/**
 * Checks that a leaf stands at an index of the tree with a given root. False at anything that is not exactly right:
 * an index outside the tree, a proof too long or too short, a hash of another length.
 * Source: RFC 9162, section 2.1.3.2.
 *
 * @param claim - See {@link MerkleInclusion}.
 * @returns Whether the proof holds.
 * @example
 * const leaves = [utf8('a'), utf8('b'), utf8('c')].map(merkleLeafHash);
 * const proof = merkleInclusionProof(leaves, 1);
 * verifyMerkleInclusion({ leafHash: leaves[1]!, index: 1, treeSize: 3, proof, root: merkleRoot(leaves) }); // => true
 */
export function verifyMerkleInclusion(claim: MerkleInclusion): boolean {
  const { leafHash, index, treeSize, proof, root } = claim;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(treeSize)) return false;
  if (index < 0 || index >= treeSize || leafHash.length !== 32 || root.length !== 32) return false;
  const batch = createSha256Batch();
  const hash = leafHash.slice();
  let position = index;
  let last = treeSize - 1;
  for (let i = 0; i < proof.length; i++) {
    const sibling = proof[i]!;
    // The proof goes on although the root is reached: too long.
    if (last === 0 || sibling.length !== 32) return false;
    if (position % 2 === 1 || position === last) {
      batch.fillNode(hash, 0, sibling, 0, hash, 0);
      // Levels on which the node has no sibling and moves up unchanged.
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = Math.floor(last / 2);
      }
    } else batch.fillNode(hash, 0, hash, 0, sibling, 0);
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, root);
}
