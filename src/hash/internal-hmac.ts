import { compressSha256, createDigester, type FillDigest, SHA256_INITIAL } from './internal-sha256-core.ts';
import { sha256 } from './sha256.ts';

/**
 * HMAC-SHA-256 of many short messages under one key: both key blocks are hashed once (RFC 2104, section 4), so a message
 * of up to 55 bytes costs two blocks.
 *
 * @param key - The key; any length.
 * @returns Writes the HMAC of `bytes[start, end)`; it allocates nothing per message.
 */
export function createHmac(key: Uint8Array): FillDigest {
  const short = key.length > 64 ? sha256(key) : key;
  const padded = (pad: number): FillDigest => {
    const block = new Uint8Array(64);
    for (let i = 0; i < 64; i++) block[i] = (short[i] ?? 0) ^ pad;
    const state = SHA256_INITIAL.slice();
    compressSha256(state, new Int32Array(64), block, 0);
    return createDigester(state, 64);
  };
  const inner = padded(0x36);
  const outer = padded(0x5c);
  const digest = new Uint8Array(32);
  return (out, offset, bytes, start, end) => {
    inner(digest, 0, bytes, start, end);
    outer(out, offset, digest, 0, 32);
  };
}
