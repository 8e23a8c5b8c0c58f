const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
// The halves of both, written out: an expression at module level would stay in every bundle.
const M0_LOW = 0x1f53;
const M0_HIGH = 0xd251;
const M1_LOW = 0x8d57;
const M1_HIGH = 0xcd9e;

/**
 * Writes one Philox4x32-10 block of four words at `out[o]`. Key and counter words are signed 32-bit.
 *
 * Source: Salmon et al. 2011, section 3.2. JavaScript has no multiply-high, so each 32x32 product is built from
 * 16-bit halves, whose partial products and sums stay below 2^33 and so are exact.
 */
export function writePhiloxBlock(
  out: Uint32Array,
  o: number,
  k0: number,
  k1: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
): void {
  let x0 = c0 | 0;
  let x1 = c1 | 0;
  let x2 = c2 | 0;
  let x3 = c3 | 0;
  let key0 = k0 | 0;
  let key1 = k1 | 0;
  for (let round = 0; round < 10; round++) {
    const a0 = x0 & 0xffff;
    const b0 = x0 >>> 16;
    const t0 = M0_HIGH * a0 + ((M0_LOW * a0) >>> 16);
    const u0 = (t0 & 0xffff) + M0_LOW * b0;
    const high0 = M0_HIGH * b0 + (t0 >>> 16) + (u0 >>> 16);
    const low0 = Math.imul(M0, x0);
    const a2 = x2 & 0xffff;
    const b2 = x2 >>> 16;
    const t2 = M1_HIGH * a2 + ((M1_LOW * a2) >>> 16);
    const u2 = (t2 & 0xffff) + M1_LOW * b2;
    const high2 = M1_HIGH * b2 + (t2 >>> 16) + (u2 >>> 16);
    const low2 = Math.imul(M1, x2);
    x0 = high2 ^ x1 ^ key0;
    x1 = low2;
    x2 = high0 ^ x3 ^ key1;
    x3 = low0;
    key0 = (key0 + 0x9e3779b9) | 0;
    key1 = (key1 + 0xbb67ae85) | 0;
  }
  out[o] = x0;
  out[o + 1] = x1;
  out[o + 2] = x2;
  out[o + 3] = x3;
}

/** Writes consecutive blocks, counting up the 64-bit block number. */
export function fillPhilox(
  out: Uint32Array,
  start: number,
  blocks: number,
  k0: number,
  k1: number,
  blockLow: number,
  blockHigh: number,
  streamLow: number,
  streamHigh: number,
): void {
  let low = blockLow | 0;
  let high = blockHigh | 0;
  const end = start + 4 * blocks;
  for (let o = start; o < end; o += 4) {
    writePhiloxBlock(out, o, k0, k1, low, high, streamLow, streamHigh);
    low = (low + 1) | 0;
    if (low === 0) high = (high + 1) | 0;
  }
}
