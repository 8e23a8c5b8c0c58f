import { HIGH, POWERS_OF_TWO } from '../math/internal-bits.ts';

// The exact sum of doubles is a whole number of units of 2^-1074, that of products one of 2^-2148. Two steps, neither of
// which rounds. A block of values is cut, bits of like weight from all of them, into a few doubles with the same sum
// (Rump, Ogita and Oishi 2008, ExtractVector). Those, and what is left of blocks of very unlike values, go to pairs of
// doubles chosen by sign and exponent, which add the two words of each significand: no shift, no branch. Draining turns
// the 4096 pairs into one big whole number.

/** Power of two that exact sums count. */
export const SUM_UNIT = -1074;
/** Power of two that exact sums of products count. */
export const PRODUCT_UNIT = -2148;

/** Adds at most this many values before draining: high words of 21 bits and low words of 32 stay below 2^53. */
const LIMIT = 1048576;
/** Fewer values than this are added one by one as big whole numbers, without the 64 kB of pairs. */
const FEW = 96;
/** Products of sizes between these are split exactly into two doubles: neither part over- or underflows. */
const LEAST = 3.4395525670743494e-136;
const GREATEST = 2.9073548971824276e135;
const BLOCK = 1024;
/** Bits are cut at most so often; a cut takes 42 bits of a block of 1024 values. */
const CUTS = 3;

/** The exact sum of the first `count` values, all finite and at most `bound` in size, in units of 2^-1074. */
export function exactTotal(values: Float64Array, count: number, bound: number): bigint {
  let total = 0n;
  if (count < FEW) {
    for (let i = 0; i < count; i++) total += significand(values[i]!);
    return total;
  }
  const adder = createAdder();
  for (let from = 0; from < count; from += BLOCK)
    total += addBlock(adder, values, from, Math.min(count, from + BLOCK), bound);
  return total + drain(adder);
}

/** The exact sum of the first `count` products x[i] * y[i], all finite, in units of 2^-2148. */
export function exactProductTotal(x: Float64Array, y: Float64Array, count: number): bigint {
  let total = 0n;
  if (count < FEW) {
    for (let i = 0; i < count; i++) total += significand(x[i]!) * significand(y[i]!);
    return total;
  }
  const adder = createAdder();
  const parts = new Float64Array(BLOCK);
  for (let from = 0; from < count; from += BLOCK / 2) {
    const to = Math.min(count, from + BLOCK / 2);
    let filled = 0;
    let bound = 0;
    for (let i = from; i < to; i++) {
      const a = x[i]!;
      const b = y[i]!;
      const sizeA = Math.abs(a);
      const sizeB = Math.abs(b);
      if (sizeA >= LEAST && sizeA <= GREATEST && sizeB >= LEAST && sizeB <= GREATEST) {
        // Dekker 1971 (Mul12): product and its rounding error by splitting each factor in halves of 26 bits.
        const product = a * b;
        const splitA = 134217729 * a;
        const highA = splitA - (splitA - a);
        const lowA = a - highA;
        const splitB = 134217729 * b;
        const highB = splitB - (splitB - b);
        const lowB = b - highB;
        parts[filled] = product;
        if (Math.abs(product) > bound) bound = Math.abs(product);
        parts[filled + 1] = lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
        filled += 2;
      } else if (a !== 0 && b !== 0) total += significand(a) * significand(b);
    }
    total += addBlock(adder, parts, 0, filled, bound) << 1074n;
  }
  return total + (drain(adder) << 1074n);
}

/** The running sum and its buffers. */
interface Adder {
  /** Sums of low and high words by sign and exponent. */
  readonly pairs: Float64Array;
  /** What is left of a block after cuts. */
  readonly rest: Float64Array;
  /** The words of `rest`. */
  readonly restWords: Uint32Array;
  /** Sums of the bits cut off. */
  readonly cuts: Float64Array;
  /** The words of `cuts`. */
  readonly cutWords: Uint32Array;
  /** Values added since the last drain. */
  pending: number;
}

function createAdder(): Adder {
  const rest = new Float64Array(BLOCK);
  const cuts = new Float64Array(2 * CUTS);
  return {
    pairs: new Float64Array(8192),
    rest,
    restWords: new Uint32Array(rest.buffer),
    cuts,
    cutWords: new Uint32Array(cuts.buffer),
    pending: 0,
  };
}

/** Adds values[from, to), at most a block, none above `bound`; returns what had to be drained to make room, mostly 0. */
function addBlock(adder: Adder, values: Float64Array, from: number, to: number, bound: number): bigint {
  const { pairs, rest, restWords, cuts, cutWords } = adder;
  const drained = adder.pending > LIMIT - 2 * BLOCK ? drain(adder) : 0n;
  const size = to - from;
  cuts[0] = bound;
  // All values together are below 2^(exponent - 1).
  let exponent = Math.max(1, (cutWords[HIGH]! >>> 20) & 2047) - 1023 + 12;
  if (bound === 0) return drained;
  if (exponent > 1023) rest.set(values.subarray(from, to));
  let cut = 0;
  let left = 1;
  for (; cut < CUTS && left !== 0 && exponent < 1024; cut++, exponent -= 42) {
    left =
      cut === 0
        ? cutBits(cuts, 0, rest, values, from, size, POWERS_OF_TWO[exponent + 1074]!)
        : cutBits(cuts, 2 * cut, rest, rest, 0, size, POWERS_OF_TWO[exponent + 1074]!);
  }
  addWords(pairs, cutWords, 2 * cut);
  if (left !== 0) addWords(pairs, restWords, size);
  adder.pending += size + 2 * CUTS;
  return drained;
}

/**
 * Cuts the bits from sigma * 2^-53 up off each value: their exact sum goes to two places of `cuts`, what is left to
 * `rest`. Returns 0 when nothing is left. Adding sigma and taking it away keeps those bits; their sum has at most 53 bits.
 */
function cutBits(
  cuts: Float64Array,
  place: number,
  rest: Float64Array,
  values: Float64Array,
  from: number,
  size: number,
  sigma: number,
): number {
  // Two sums at once, so that one addition need not wait for the last.
  let sumA = 0;
  let sumB = 0;
  let leftA = 0;
  let leftB = 0;
  const even = size & ~1;
  for (let i = 0; i < even; i += 2) {
    const a = values[from + i]!;
    const b = values[from + i + 1]!;
    const highA = sigma + a - sigma;
    const highB = sigma + b - sigma;
    sumA += highA;
    sumB += highB;
    const lowA = a - highA;
    const lowB = b - highB;
    rest[i] = lowA;
    rest[i + 1] = lowB;
    leftA += Math.abs(lowA);
    leftB += Math.abs(lowB);
  }
  if (even < size) {
    const x = values[from + even]!;
    const high = sigma + x - sigma;
    sumA += high;
    rest[even] = x - high;
    leftA += Math.abs(x - high);
  }
  cuts[place] = sumA;
  cuts[place + 1] = sumB;
  return leftA + leftB;
}

function addWords(pairs: Float64Array, words: Uint32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const high = words[2 * i + HIGH]!;
    const slot = (high >>> 20) << 1;
    pairs[slot]! += words[2 * i + 1 - HIGH]!;
    // The last term is the leading 1 of a normal number, 2^20, and 0 for exponent 0.
    pairs[slot + 1]! += (high & 0xfffff) + (((((high >>> 20) & 2047) + 2047) & 2048) << 9);
  }
}

/** The sum that the pairs hold; clears them. */
function drain(adder: Adder): bigint {
  const { pairs } = adder;
  let total = 0n;
  for (let slot = 0; slot < 8192; slot += 2) {
    const low = pairs[slot]!;
    const high = pairs[slot + 1]!;
    if (low === 0 && high === 0) continue;
    const exponent = (slot >> 1) & 2047;
    const part = ((BigInt(high) << 32n) + BigInt(low)) << BigInt(exponent === 0 ? 0 : exponent - 1);
    total += slot < 4096 ? part : -part;
  }
  pairs.fill(0);
  adder.pending = 0;
  return total;
}

/** A finite double in units of 2^-1074. */
export function significand(value: number): bigint {
  const view = Float64Array.of(value);
  const words = new Uint32Array(view.buffer);
  const high = words[HIGH]!;
  const exponent = (high >>> 20) & 2047;
  const size = (BigInt((high & 0xfffff) + (exponent === 0 ? 0 : 1048576)) << 32n) + BigInt(words[1 - HIGH]!);
  const scaled = exponent === 0 ? size : size << BigInt(exponent - 1);
  return high >= 2147483648 ? -scaled : scaled;
}
