import { compressSha256, fillWord, SHA256_INITIAL } from './internal-sha256-core.ts';

/** Hashes many short messages one after another without allocating. */
export interface Sha256Batch {
  /** Writes SHA-256 of `bytes[start, end)` into `out` at `offset` (32 bytes). `out` may be `bytes` itself. */
  fillDigest(out: Uint8Array, offset: number, bytes: Uint8Array, start: number, end: number): void;
  /** Writes SHA-256 of 0x01 and two 32-byte hashes, the inner node of RFC 9162, into `out` at `offset`. */
  fillNode(
    out: Uint8Array,
    offset: number,
    left: Uint8Array,
    leftOffset: number,
    right: Uint8Array,
    rightOffset: number,
  ): void;
}

/**
 * A SHA-256 for many short messages: table rows and tree nodes.
 *
 * It writes into the caller's buffers and keeps its working words, so a million rows make no garbage.
 * Source: FIPS 180-4, section 6.2.
 *
 * @returns The hasher; not to be shared between threads.
 * @example
 * const out = new Uint8Array(32);
 * createSha256Batch().fillDigest(out, 0, utf8('abc'), 0, 3);
 * toHex(out) === sha256Hex('abc'); // => true
 */
export function createSha256Batch(): Sha256Batch {
  const state = new Int32Array(8);
  const words = new Int32Array(64);
  const tail = new Uint8Array(128);
  const node = new Uint8Array(65);
  node[0] = 1;

  function fillDigest(out: Uint8Array, offset: number, bytes: Uint8Array, start: number, end: number): void {
    state.set(SHA256_INITIAL);
    let at = start;
    for (; end - at >= 64; at += 64) compressSha256(state, words, bytes, at);
    // FIPS 180-4 section 5.1.1: a 1 bit, zeros, then the length in bits as 64 bits.
    const rest = end - at;
    const padded = rest < 56 ? 64 : 128;
    for (let i = 0; i < rest; i++) tail[i] = bytes[at + i]!;
    tail[rest] = 0x80;
    for (let i = rest + 1; i < padded - 8; i++) tail[i] = 0;
    const bits = (end - start) * 8;
    fillWord(tail, padded - 8, Math.floor(bits / 4294967296));
    fillWord(tail, padded - 4, bits | 0);
    compressSha256(state, words, tail, 0);
    if (padded === 128) compressSha256(state, words, tail, 64);
    for (let i = 0; i < 8; i++) fillWord(out, offset + 4 * i, state[i]!);
  }

  function fillNode(
    out: Uint8Array,
    offset: number,
    left: Uint8Array,
    leftOffset: number,
    right: Uint8Array,
    rightOffset: number,
  ): void {
    for (let i = 0; i < 32; i++) {
      node[1 + i] = left[leftOffset + i]!;
      node[33 + i] = right[rightOffset + i]!;
    }
    fillDigest(out, offset, node, 0, 65);
  }

  return { fillDigest, fillNode };
}
