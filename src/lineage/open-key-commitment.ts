import { equalHex, keyCommitment } from './key-commitment.ts';

/**
 * Whether a key and its salt open a commitment from {@link keyCommitment}.
 *
 * @param commitment - 64 hex digits.
 * @param key - The key.
 * @param salt - Its salt.
 * @returns True when they fit; false as well when salt or key are malformed.
 * @example
 * const salt = new Uint8Array(32);
 * openKeyCommitment(keyCommitment(utf8('key'), salt), utf8('key'), salt); // => true
 * openKeyCommitment(keyCommitment(utf8('key'), salt), utf8('kez'), salt); // => false
 */
export function openKeyCommitment(commitment: string, key: Uint8Array, salt: Uint8Array): boolean {
  return key.length > 0 && salt.length === 32 && equalHex(commitment, keyCommitment(key, salt));
}
