import { createHmac } from '../hash/internal-hmac.ts';
import { fillUint64 } from '../hash/internal-sha256-core.ts';

/**
 * The salts of a table's rows: HMAC-SHA-256 of the row's index as eight bytes, the most significant first.
 *
 * @param key - The salt key.
 * @returns Writes the 32 bytes of a row's HMAC into `out`; the salt is its first 16.
 */
export function createRowSalt(key: Uint8Array): (out: Uint8Array, row: number) => void {
  const hmac = createHmac(key);
  const index = new Uint8Array(8);
  return (out, row) => {
    fillUint64(index, 0, row);
    hmac(out, 0, index, 0, 8);
  };
}
