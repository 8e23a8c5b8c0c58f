import { POWERS_OF_TWO } from '../math/internal-bits.ts';
import { badSummary } from './internal-read.ts';

/** Number of bits of a whole number of at least 0. */
function bitLength(value: bigint): number {
  if (value === 0n) return 0;
  const hex = value.toString(16);
  return hex.length * 4 - Math.clz32(Number.parseInt(hex.charAt(0), 16)) + 28;
}

/** The double nearest to value * 2^exponent, ties to even; an infinity beyond the largest double. */
export function roundScaled(value: bigint, exponent: number): number {
  const size = value < 0n ? -value : value;
  // Bits to drop: all below the 53rd, and all below the least subnormal.
  const drop = Math.max(bitLength(size) - 53, -1074 - exponent, 0);
  let kept = size >> BigInt(drop);
  if (drop > 0) {
    const rest = size - (kept << BigInt(drop));
    const half = 1n << BigInt(drop - 1);
    if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  }
  let rounded = Number(kept);
  let scale = exponent + drop;
  // A short value with a large exponent, or one that overflows.
  while (scale > 971 && rounded < 9007199254740992 && rounded !== 0) {
    rounded *= 2;
    scale--;
  }
  rounded = rounded === 0 ? 0 : scale > 971 ? Number.POSITIVE_INFINITY : rounded * POWERS_OF_TWO[scale + 1074]!;
  return value < 0n ? -rounded : rounded;
}

/** The double nearest to numerator / denominator * 2^exponent, for a denominator above 0. */
export function roundRatio(numerator: bigint, denominator: bigint, exponent: number): number {
  const size = numerator < 0n ? -numerator : numerator;
  const shift = Math.max(0, 66 - bitLength(size) + bitLength(denominator));
  const scaled = size << BigInt(shift);
  const quotient = scaled / denominator;
  // An odd last bit stands for whatever is cut off: enough to settle ties, being 12 bits below the last one kept.
  const sticky = (quotient << 1n) | (quotient * denominator === scaled ? 0n : 1n);
  return roundScaled(numerator < 0n ? -sticky : sticky, exponent - shift - 1);
}

/** An exact value as text: odd hexadecimal significand, `p`, decimal power of two; 1.5 is `3p-1`. Zero is `0`. */
export function writeExact(value: bigint, exponent: number): string {
  if (value === 0n) return '0';
  let size = value < 0n ? -value : value;
  const hex = size.toString(16);
  let zeros = 0;
  while (hex.charCodeAt(hex.length - 1 - zeros) === 48) zeros++;
  size >>= BigInt(zeros * 4);
  let power = exponent + zeros * 4;
  while ((size & 1n) === 0n) {
    size >>= 1n;
    power++;
  }
  return `${value < 0n ? '-' : ''}${size.toString(16)}p${power}`;
}

/** Reads {@link writeExact}'s text in units of 2^exponent; refuses values beyond 2^limit. */
export function readExact(text: unknown, exponent: number, limit: number, path: string): bigint {
  if (text === '0') return 0n;
  const match =
    typeof text === 'string' && text.length <= 2000
      ? /^(-?)([1-9a-f][0-9a-f]*)p(0|-?[1-9][0-9]{0,3})$/.exec(text)
      : null;
  const power = match === null ? 0 : Number(match[3]) - exponent;
  const odd = match === null ? 0n : BigInt(`0x${match[2]!}`);
  if (match === null || power < 0 || bitLength(odd) + power + exponent > limit)
    throw badSummary(path, 'an exact sum such as "3p-1"');
  const size = odd << BigInt(power);
  return match[1] === '-' ? -size : size;
}
