import { createDigester, SHA256_INITIAL } from './internal-sha256-core.ts';

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
  const fillDigest = createDigester(SHA256_INITIAL, 0);
  const node = new Uint8Array(65);
  node[0] = 1;

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
