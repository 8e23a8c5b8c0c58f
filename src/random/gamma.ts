import { exp } from '../math/exp.ts';
import type { Rng } from '../types.ts';
import { checkPositive } from './internal-check.ts';
import { gammaFromOne, logGammaDraw } from './internal-gamma.ts';

/**
 * A gamma number by Marsaglia and Tsang's method (2000). The number of words drawn varies.
 *
 * @param rng - Source of words.
 * @param shape - Above 0. For shapes below about .01 the number is often less than 5e-324 and comes out as 0.
 * @param scale - Above 0, default 1; the mean is shape * scale.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when shape or scale is not finite and above 0.
 * @example
 * gamma(createRng('demo'), 2, 3) > 0; // => true
 */
export function gamma(rng: Rng, shape: number, scale: number = 1): number {
  checkPositive('shape', shape);
  checkPositive('scale', scale);
  return scale * (shape >= 1 ? gammaFromOne(rng, shape) : exp(logGammaDraw(rng, shape)));
}
