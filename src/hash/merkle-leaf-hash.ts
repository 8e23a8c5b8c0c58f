import { sha256 } from './sha256.ts';

/**
 * Leaf hash of RFC 9162: SHA-256 of 0x00 and the data. The prefix keeps leaves and inner nodes apart.
 * Source: RFC 9162, section 2.1.1.
 *
 * @param data - The entry; any length.
 * @returns 32 bytes.
 * @example
 * toHex(merkleLeafHash(utf8(''))).slice(0, 16); // => '6e340b9cffb37a98'
 */
export function merkleLeafHash(data: Uint8Array): Uint8Array {
  const message = new Uint8Array(data.length + 1);
  message.set(data, 1);
  return sha256(message);
}
