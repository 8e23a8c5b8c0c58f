import { equalBytes } from './internal-equal-bytes.ts';
import { createSha256Batch } from './sha256-batch.ts';

/** What {@link verifyMerkleConsistency} checks. */
export interface MerkleConsistency {
  /** Number of leaves of the old tree, at least 1: a proof from nothing proves nothing and is refused. */
  readonly size1: number;
  /** Number of leaves of the new tree. */
  readonly size2: number;
  /** Trusted root of the old tree, 32 bytes. */
  readonly root1: Uint8Array;
  /** Root of the new tree, 32 bytes. */
  readonly root2: Uint8Array;
  /** The proof; empty exactly when the sizes are equal. */
  readonly proof: readonly Uint8Array[];
}

/**
 * Checks that a tree holds an older tree's leaves, unchanged and in order, as its first leaves.
 * Source: RFC 9162, section 2.1.4.2.
 *
 * @param claim - See {@link MerkleConsistency}.
 * @returns Whether the proof holds.
 * @example
 * const leaves = [utf8('a'), utf8('b'), utf8('c')].map(merkleLeafHash);
 * const root1 = merkleRoot(leaves.slice(0, 2));
 * const proof = merkleConsistencyProof(leaves, 2);
 * verifyMerkleConsistency({ size1: 2, size2: 3, root1, root2: merkleRoot(leaves), proof }); // => true
 */
export function verifyMerkleConsistency(claim: MerkleConsistency): boolean {
  const { size1, size2, root1, root2, proof } = claim;
  if (!Number.isSafeInteger(size1) || !Number.isSafeInteger(size2) || size1 < 1 || size1 > size2) return false;
  if (root1.length !== 32 || root2.length !== 32) return false;
  if (size1 === size2) return proof.length === 0 && equalBytes(root1, root2);
  if (proof.length === 0) return false;
  for (let i = 0; i < proof.length; i++) if (proof[i]!.length !== 32) return false;
  let position = size1 - 1;
  let last = size2 - 1;
  while (position % 2 === 1) {
    position = (position - 1) / 2;
    last = Math.floor(last / 2);
  }
  // Step 2: when the old tree is one whole subtree, its root is the first node and the proof leaves it out.
  const whole = position === 0;
  const seed = whole ? root1 : proof[0]!;
  const batch = createSha256Batch();
  const old = seed.slice();
  const grown = seed.slice();
  for (let i = whole ? 0 : 1; i < proof.length; i++) {
    const node = proof[i]!;
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      batch.fillNode(old, 0, node, 0, old, 0);
      batch.fillNode(grown, 0, node, 0, grown, 0);
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = Math.floor(last / 2);
      }
    } else batch.fillNode(grown, 0, grown, 0, node, 0);
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(old, root1) && equalBytes(grown, root2);
}
