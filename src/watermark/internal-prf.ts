import { createHmac } from '../hash/internal-hmac.ts';

/** HMAC-SHA-256 of many short ASCII labels under one key. */
export interface LabelPrf {
  /** Writes the 32 bytes of HMAC(key, label) into `out`. The label must be ASCII. */
  fillDigest(out: Uint8Array, label: string): void;
}

/** A keyed function of labels; a table needs tens of thousands of them. */
export function createLabelPrf(key: Uint8Array): LabelPrf {
  const hmac = createHmac(key);
  let message = new Uint8Array(64);
  return {
    fillDigest(out, label) {
      const { length } = label;
      if (length > message.length) message = new Uint8Array(2 * length);
      for (let i = 0; i < length; i++) message[i] = label.charCodeAt(i);
      hmac(out, 0, message, 0, length);
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
