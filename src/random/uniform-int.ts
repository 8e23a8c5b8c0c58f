import { SynthproofError } from '../errors.ts';
import type { Rng } from '../types.ts';

/**
 * A whole number from 0 to `bound - 1`, each exactly equally likely: words above the largest multiple of the bound are
 * rejected. Draws one word (two above 2^32) an attempt, fewer than two attempts on average.
 *
 * @param rng - Source of words.
 * @param bound - Number of outcomes, 1 to 2^53.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when the bound is not a whole number from 1 to 2^53.
 * @example
 * const die = uniformInt(createRng('demo'), 6) + 1;
 * die >= 1 && die <= 6; // => true
 */
export function uniformInt(rng: Rng, bound: number): number {
  if (!(bound >= 1 && bound <= 9007199254740992) || Math.floor(bound) !== bound)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `bound: expected a whole number from 1 to 2^53, received ${String(bound)}`,
      {
        argument: 'bound',
      },
    );
  if (bound <= 4294967296) {
    const limit = 4294967296 - (4294967296 % bound);
    let word = rng.nextUint32();
    while (word >= limit) word = rng.nextUint32();
    return word % bound;
  }
  const limit = 9007199254740992 - (9007199254740992 % bound);
  for (;;) {
    const value = (rng.nextUint32() >>> 11) * 4294967296 + rng.nextUint32();
    if (value < limit) return value % bound;
  }
}
