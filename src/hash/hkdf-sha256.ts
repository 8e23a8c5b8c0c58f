import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { SynthproofError } from '../errors.ts';

/**
 * HKDF-SHA-256: key material of a wanted length out of one secret.
 * Source: RFC 5869, section 2.
 *
 * @param ikm - Input key material.
 * @param salt - Salt; may be empty (then 32 zero bytes, as the RFC says).
 * @param info - Names the purpose, so that two purposes never share a key.
 * @param length - Wanted bytes, 1 to 8160.
 * @returns `length` bytes.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when the length is no whole number from 1 to 8160.
 * @example
 * hkdfSha256(utf8('secret'), utf8(''), utf8('rows'), 16).length; // => 16
 */
export function hkdfSha256(ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  if (!Number.isInteger(length) || length < 1 || length > 8160)
    throw new SynthproofError('OUT_OF_RANGE', `length: expected a whole number from 1 to 8160, received ${length}`, {
      argument: 'length',
    });
  return hkdf(nobleSha256, ikm, salt, info, length);
}
