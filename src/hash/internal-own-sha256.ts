import { createSha256Batch } from './sha256-batch.ts';

/** SHA-256 by the batched core: for files that need that core anyway and would load a second one otherwise. */
export function ownSha256(bytes: Uint8Array): Uint8Array {
  const digest = new Uint8Array(32);
  createSha256Batch().fillDigest(digest, 0, bytes, 0, bytes.length);
  return digest;
}
