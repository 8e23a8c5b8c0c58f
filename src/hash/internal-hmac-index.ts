import { compressSha256, fillWord, SHA256_INITIAL } from './internal-sha256-core.ts';
import { sha256 } from './sha256.ts';

/**
 * HMAC-SHA-256 of 8-byte indices (u64, most significant byte first) under one key: two blocks each, because both
 * key blocks are hashed once (RFC 2104, section 4).
 *
 * @param key - The key; any length.
 * @returns A function that writes the 32-byte HMAC of `index` into `out` at `offset`.
 */
export function createHmacIndex(key: Uint8Array): (out: Uint8Array, offset: number, index: number) => void {
  const short = key.length > 64 ? sha256(key) : key;
  const block = new Uint8Array(64);
  const words = new Int32Array(64);
  const inner = SHA256_INITIAL.slice();
  const outer = SHA256_INITIAL.slice();
  for (let i = 0; i < 64; i++) block[i] = (short[i] ?? 0) ^ 0x36;
  compressSha256(inner, words, block, 0);
  for (let i = 0; i < 64; i++) block[i] = (short[i] ?? 0) ^ 0x5c;
  compressSha256(outer, words, block, 0);
  block.fill(0);
  const state = new Int32Array(8);
  return (out, offset, index) => {
    // One padded block after the key block: 8 bytes of message, 72 bytes in all.
    fillWord(block, 0, Math.floor(index / 4294967296));
    fillWord(block, 4, index | 0);
    block.fill(0, 8);
    block[8] = 0x80;
    fillWord(block, 60, 72 * 8);
    state.set(inner);
    compressSha256(state, words, block, 0);
    for (let i = 0; i < 8; i++) fillWord(block, 4 * i, state[i]!);
    block.fill(0, 32);
    block[32] = 0x80;
    fillWord(block, 60, 96 * 8);
    state.set(outer);
    compressSha256(state, words, block, 0);
    for (let i = 0; i < 8; i++) fillWord(out, offset + 4 * i, state[i]!);
  };
}
