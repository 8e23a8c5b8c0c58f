import type { Rng } from '../types.ts';

/**
 * A uniform number strictly between 0 and 1: the middle of one of 2^52 equal cells, so u and 1 - u are equally likely
 * and both exact. Least value 2^-53. For inverse distribution functions. Draws two words.
 *
 * @param rng - Source of words.
 * @example
 * const u = uniformOpen(createRng('demo'));
 * u > 0 && u < 1; // => true
 */
export function uniformOpen(rng: Rng): number {
  const a = rng.nextUint32() >>> 6;
  const b = rng.nextUint32() >>> 6;
  return (a * 67108864 + b + 0.5) * 2.220446049250313e-16;
}
