import type { Rng } from '../types.ts';

/**
 * A uniform number in [0, 1) with 53 random bits: a whole multiple of 2^-53. Draws two words.
 *
 * @param rng - Source of words.
 * @example
 * const u = uniform(createRng('demo'));
 * u >= 0 && u < 1; // => true
 */
export function uniform(rng: Rng): number {
  const a = rng.nextUint32() >>> 5;
  const b = rng.nextUint32() >>> 6;
  return (a * 67108864 + b) * 1.1102230246251565e-16;
}
