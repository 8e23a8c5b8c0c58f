import { log } from '../math/log.ts';
import type { Rng } from '../types.ts';
import { checkPositive } from './internal-check.ts';
import { uniformOpen } from './uniform-open.ts';

/**
 * An exponential number, always above 0, by the inverse distribution function. Draws two words.
 *
 * @param rng - Source of words.
 * @param rate - Events per unit, above 0; the mean is 1 / rate. Default 1.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when the rate is not finite and above 0.
 * @example
 * exponential(createRng('demo'), 0.5) > 0; // => true
 */
export function exponential(rng: Rng, rate: number = 1): number {
  checkPositive('rate', rate);
  return -log(uniformOpen(rng)) / rate;
}
