/** Writes a 32-bit word, most significant byte first. */
export function fillWord(out: Uint8Array, at: number, word: number): void {
  out[at] = word >>> 24;
  out[at + 1] = word >>> 16;
  out[at + 2] = word >>> 8;
  out[at + 3] = word;
}

/** One block: FIPS 180-4 section 6.2.2. */
export function compressSha256(state: Int32Array, w: Int32Array, bytes: Uint8Array, at: number): void {
  for (let t = 0, i = at; t < 16; t++, i += 4)
    w[t] = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15]!;
    const y = w[t - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[t]! + w[t]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0]! + a) | 0;
  state[1] = (state[1]! + b) | 0;
  state[2] = (state[2]! + c) | 0;
  state[3] = (state[3]! + d) | 0;
  state[4] = (state[4]! + e) | 0;
  state[5] = (state[5]! + f) | 0;
  state[6] = (state[6]! + g) | 0;
  state[7] = (state[7]! + h) | 0;
}

/** Writes a whole number up to 2^53 as 64 bits, most significant byte first. */
export function fillUint64(out: Uint8Array, at: number, value: number): void {
  fillWord(out, at, Math.floor(value / 4294967296));
  fillWord(out, at + 4, value | 0);
}

/** Writes the SHA-256 of `bytes[start, end)` into `out` at `offset`; `out` may be `bytes` itself. */
export type FillDigest = (out: Uint8Array, offset: number, bytes: Uint8Array, start: number, end: number) => void;

/**
 * A SHA-256 that goes on from a state, without allocating per message.
 *
 * @param initial - Eight words; not changed.
 * @param before - Bytes hashed on the way to `initial`, a multiple of 64: HMAC's key block, or 0.
 */
export function createDigester(initial: Int32Array, before: number): FillDigest {
  const state = new Int32Array(8);
  const words = new Int32Array(64);
  const tail = new Uint8Array(128);
  return (out, offset, bytes, start, end) => {
    state.set(initial);
    let at = start;
    for (; end - at >= 64; at += 64) compressSha256(state, words, bytes, at);
    // FIPS 180-4 section 5.1.1: a 1 bit, zeros, then the length in bits as 64 bits.
    const rest = end - at;
    const padded = rest < 56 ? 64 : 128;
    for (let i = 0; i < rest; i++) tail[i] = bytes[at + i]!;
    tail[rest] = 0x80;
    for (let i = rest + 1; i < padded - 8; i++) tail[i] = 0;
    fillUint64(tail, padded - 8, (before + end - start) * 8);
    compressSha256(state, words, tail, 0);
    if (padded === 128) compressSha256(state, words, tail, 64);
    for (let i = 0; i < 8; i++) fillWord(out, offset + 4 * i, state[i]!);
  };
}

/**
 * First 32 bits of the fractional parts of roots of the first primes. Newton's steps need + * / only, which every engine
 * rounds alike, and their error is far below 2^-32; a list of 72 constants would be 300 bytes of every bundle.
 */
function primeRoots(count: number, root: (prime: number) => number): Int32Array {
  const out = new Int32Array(count);
  for (let prime = 2, found = 0; found < count; prime++) {
    let divisor = 2;
    while (prime % divisor !== 0) divisor++;
    if (divisor === prime) out[found++] = (root(prime) % 1) * 4294967296;
  }
  return out;
}

function cubeRoot(value: number): number {
  let root = value;
  for (let step = 0; step < 40; step++) root = (2 * root + value / (root * root)) / 3;
  return root;
}

/** FIPS 180-4 section 5.3.3: square roots of the first 8 primes. */
export const SHA256_INITIAL: Int32Array = /* @__PURE__ */ primeRoots(8, Math.sqrt);

/** FIPS 180-4 section 4.2.2: cube roots of the first 64 primes. */
const ROUND: Int32Array = /* @__PURE__ */ primeRoots(64, cubeRoot);
