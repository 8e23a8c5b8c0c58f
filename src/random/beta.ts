import { exp } from '../math/exp.ts';
import type { Rng } from '../types.ts';
import { checkPositive } from './internal-check.ts';
import { logGammaDraw } from './internal-gamma.ts';

/**
 * A beta number in [0, 1], from two gamma numbers compared in logarithms, so tiny shapes give no 0/0.
 *
 * @param rng - Source of words.
 * @param a - First shape, above 0.
 * @param b - Second shape, above 0; the mean is a / (a + b).
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when a shape is not finite and above 0.
 * @example
 * const x = beta(createRng('demo'), 2, 5);
 * x >= 0 && x <= 1; // => true
 */
export function beta(rng: Rng, a: number, b: number): number {
  checkPositive('a', a);
  checkPositive('b', b);
  const x = logGammaDraw(rng, a);
  const y = logGammaDraw(rng, b);
  // The smaller of the two is exponentiated: no overflow.
  if (x > y) return 1 / (1 + exp(y - x));
  const odds = exp(x - y);
  return odds / (1 + odds);
}
