import { SynthproofError } from '../errors.ts';
import { createSha256Batch } from './sha256-batch.ts';

/** A Merkle tree as its levels: `levels[0]` the leaf hashes end to end, the last level the root. */
type MerkleLevels = readonly Uint8Array[];

/**
 * All levels of the RFC 9162 tree. A node without a sibling moves up unchanged, which is the same tree as the RFC's
 * split at the largest power of two smaller than n.
 *
 * @param leaves - Leaf hashes end to end, 32 bytes each; at least one.
 * @returns The levels.
 */
export function merkleLevels(leaves: Uint8Array): MerkleLevels {
  const batch = createSha256Batch();
  const levels = [leaves];
  let level = leaves;
  while (level.length > 32) {
    const count = level.length / 32;
    const next = new Uint8Array(Math.ceil(count / 2) * 32);
    for (let i = 0; i + 1 < count; i += 2) batch.fillNode(next, i * 16, level, i * 32, level, i * 32 + 32);
    if (count % 2 === 1) next.set(level.subarray((count - 1) * 32), next.length - 32);
    levels.push(next);
    level = next;
  }
  return levels;
}

/** Leaf hashes end to end; throws when one is not 32 bytes long. */
export function flattenLeaves(leafHashes: readonly Uint8Array[]): Uint8Array {
  const flat = new Uint8Array(leafHashes.length * 32);
  for (let i = 0; i < leafHashes.length; i++) {
    const hash = leafHashes[i]!;
    if (hash.length !== 32)
      throw new SynthproofError(
        'LENGTH_MISMATCH',
        `leafHashes: expected 32 bytes at index ${i}, received ${hash.length}; hash rows with merkleLeafHash`,
        { argument: 'leafHashes', row: i },
      );
    flat.set(hash, i * 32);
  }
  return flat;
}
