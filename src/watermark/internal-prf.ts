import { compressSha256, fillWord, SHA256_INITIAL } from '../hash/internal-sha256-core.ts';
import { sha256 } from '../hash/sha256.ts';

/** HMAC-SHA-256 of many short ASCII labels under one key. */
export interface LabelPrf {
  /** Writes the 32 bytes of HMAC(key, label) into `out`. The label must be ASCII. */
  fillDigest(out: Uint8Array, label: string): void;
}

/**
 * A keyed function of labels. Both key blocks are hashed once (RFC 2104, section 4), so a label of up to 55 bytes
 * costs two blocks; a table needs tens of thousands of them.
 */
export function createLabelPrf(key: Uint8Array): LabelPrf {
  const words = new Int32Array(64);
  const inner = SHA256_INITIAL.slice();
  const outer = SHA256_INITIAL.slice();
  const state = new Int32Array(8);
  const short = key.length > 64 ? sha256(key) : key;
  const block = new Uint8Array(64);
  for (let i = 0; i < 64; i++) block[i] = (short[i] ?? 0) ^ 0x36;
  compressSha256(inner, words, block, 0);
  for (let i = 0; i < 64; i++) block[i] = (short[i] ?? 0) ^ 0x5c;
  compressSha256(outer, words, block, 0);
  let message = new Uint8Array(128);
  return {
    fillDigest(out, label) {
      const length = label.length;
      const padded = (length + 72) & ~63;
      if (padded > message.length) message = new Uint8Array(2 * padded);
      for (let i = 0; i < length; i++) message[i] = label.charCodeAt(i);
      message[length] = 0x80;
      message.fill(0, length + 1, padded - 4);
      fillWord(message, padded - 4, (64 + length) * 8);
      state.set(inner);
      for (let at = 0; at < padded; at += 64) compressSha256(state, words, message, at);
      for (let i = 0; i < 8; i++) fillWord(block, 4 * i, state[i]!);
      block[32] = 0x80;
      block.fill(0, 33, 60);
      fillWord(block, 60, 96 * 8);
      state.set(outer);
      compressSha256(state, words, block, 0);
      for (let i = 0; i < 8; i++) fillWord(out, 4 * i, state[i]!);
    },
  };
}

/**
 * Writes `count` signs of a label into `out`: bit j of the digest, least significant bit of each byte first, 1 as +1
 * and 0 as -1; beyond 256 bins the chunk number that ends the label goes up by one.
 *
 * @param stem - The label up to and with the last bar, before the chunk number.
 */
export function fillSigns(
  out: Int8Array,
  offset: number,
  count: number,
  prf: LabelPrf,
  digest: Uint8Array,
  stem: string,
): void {
  for (let j = 0; j < count; j++) {
    if ((j & 255) === 0) prf.fillDigest(digest, stem + (j >> 8));
    out[offset + j] = ((digest[(j & 255) >> 3]! >> (j & 7)) & 1) * 2 - 1;
  }
}
