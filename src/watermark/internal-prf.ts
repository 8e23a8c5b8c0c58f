import { createSha256Batch } from '../hash/sha256-batch.ts';

/** HMAC-SHA-256 of many short ASCII labels under one key. */
export interface LabelPrf {
  /** Writes the 32 bytes of HMAC(key, label) into `out`. The label must be ASCII. */
  fillDigest(out: Uint8Array, label: string): void;
}

const BLOCK = 64;

/** A keyed function of labels that reuses its buffers: a table needs thousands of these, each a few dozen bytes long. */
export function createLabelPrf(key: Uint8Array): LabelPrf {
  const batch = createSha256Batch();
  const outer = new Uint8Array(BLOCK + 32);
  let inner = new Uint8Array(BLOCK + 256);
  const padded = new Uint8Array(BLOCK);
  if (key.length > BLOCK) batch.fillDigest(padded, 0, key, 0, key.length);
  else padded.set(key);
  // RFC 2104, section 2.
  for (let i = 0; i < BLOCK; i++) {
    inner[i] = padded[i]! ^ 0x36;
    outer[i] = padded[i]! ^ 0x5c;
  }
  return {
    fillDigest(out, label) {
      const length = label.length;
      if (BLOCK + length > inner.length) {
        const larger = new Uint8Array(BLOCK + 2 * length);
        larger.set(inner.subarray(0, BLOCK));
        inner = larger;
      }
      for (let i = 0; i < length; i++) inner[BLOCK + i] = label.charCodeAt(i);
      batch.fillDigest(outer, BLOCK, inner, 0, BLOCK + length);
      batch.fillDigest(out, 0, outer, 0, BLOCK + 32);
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
