import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

/**
 * HMAC-SHA-256 of a message under a key.
 * Source: RFC 2104 and FIPS 198-1.
 *
 * @param key - Any length; 32 bytes of entropy or more for secrecy.
 * @param message - Any length.
 * @returns 32 bytes.
 * @example
 * toHex(hmacSha256(utf8('Jefe'), utf8('what do ya want for nothing?'))).slice(0, 16); // => '5bdcc146bf60754e'
 */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(nobleSha256, key, message);
}
