// One pair of views over the same eight bytes, for reading and writing the parts of a double. Used only inside single
// synchronous calls, so it holds no state between them.

/** The two 32-bit words of {@link FLOAT}. */
export const WORDS: Uint32Array = /* @__PURE__ */ new Uint32Array(2);

/** The double over the same bytes as {@link WORDS}. */
export const FLOAT: Float64Array = /* @__PURE__ */ overlay(WORDS);

/** Index of the word with sign and exponent: 1 on little-endian machines, 0 on others. */
export const HIGH: number = /* @__PURE__ */ highWordIndex();

/** Exact powers of two from 2^-1074 to 2^1023, at index exponent + 1074: multiplying is quicker than writing bits. */
export const POWERS_OF_TWO: Float64Array = /* @__PURE__ */ powersOfTwo();

function overlay(words: Uint32Array): Float64Array {
  return new Float64Array(words.buffer);
}

function highWordIndex(): number {
  return new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
}

function powersOfTwo(): Float64Array {
  const table = new Float64Array(2098);
  let power = 1;
  for (let i = 1074; i < 2098; i++) {
    table[i] = power;
    power *= 2;
  }
  power = 1;
  for (let i = 1074; i >= 0; i--) {
    table[i] = power;
    power /= 2;
  }
  return table;
}

/** y * 2^k with one rounding, for y between 0.5 and 2 and k up to 1024. */
export function scaleByPower(y: number, k: number): number {
  if (k > 1023) return y * 2 * 8.98846567431158e307;
  if (k < -1074) return k < -1080 ? 0 : y * 0.015625 * POWERS_OF_TWO[k + 1080]!;
  return y * POWERS_OF_TWO[k + 1074]!;
}
