import { SynthproofError } from '../errors.ts';
import { hmacSha256 } from '../hash/hmac-sha256.ts';
import { utf8 } from '../hash/utf8.ts';

/**
 * The signs that a label stands for under a key: fair coins to whoever lacks the key.
 *
 * The bits of HMAC-SHA-256(key, label), least significant bit of each byte first; 1 is +1 and 0 is -1.
 * The table mark's labels are `ctx|column|channel|block|context codes|chunk` and `comb|column|chunk`; the bit's
 * index is the bin inside the block or chunk.
 *
 * @param colourKey - The `colour` key of {@link deriveTableKeys}.
 * @param label - Any text.
 * @param count - Number of signs, 1 to 256. Default 256.
 * @returns `count` values, each -1 or 1.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when the count is no whole number from 1 to 256.
 * @example
 * const keys = deriveTableKeys(fromHex('000102030405060708090a0b0c0d0e0f'), 'release-1');
 * keyedSigns(keys.colour, 'ctx|1|0|0|3,0|0', 8).length; // => 8
 */
export function keyedSigns(colourKey: Uint8Array, label: string, count = 256): Int8Array {
  if (!Number.isInteger(count) || count < 1 || count > 256)
    throw new SynthproofError('OUT_OF_RANGE', `count: expected a whole number from 1 to 256, received ${count}`, {
      argument: 'count',
    });
  const digest = hmacSha256(colourKey, utf8(label));
  const signs = new Int8Array(count);
  for (let j = 0; j < count; j++) signs[j] = ((digest[j >> 3]! >> (j & 7)) & 1) * 2 - 1;
  return signs;
}
