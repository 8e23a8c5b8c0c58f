import { createSha256Batch } from './sha256-batch.ts';

/**
 * SHA-256 of bytes.
 *
 * The one place where the library's general SHA-256 comes from, by the core of {@link createSha256Batch}, which is the
 * fast path for many short messages.
 * Source: FIPS 180-4, section 6.2.
 *
 * @param bytes - The message; any length.
 * @returns 32 bytes.
 * @example
 * toHex(sha256(utf8('abc'))).slice(0, 16); // => 'ba7816bf8f01cfea'
 */
export function sha256(bytes: Uint8Array): Uint8Array {
  const digest = new Uint8Array(32);
  createSha256Batch().fillDigest(digest, 0, bytes, 0, bytes.length);
  return digest;
}
