import { checkPositive } from './internal-check.ts';
import { thetaSums } from './internal-theta.ts';

/**
 * Variance of the discrete Gaussian with variance parameter sigma2: at most sigma2, and equal to it for all practical ends
 * from sigma2 of about 1 on. Source: Canonne, Kamath & Steinke 2020, section 2.
 *
 * @param sigma2 - Variance parameter, above 0.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * discreteGaussianVariance(4); // => 4
 */
export function discreteGaussianVariance(sigma2: number): number {
  checkPositive('sigma2', sigma2);
  const { norm, second } = thetaSums(sigma2);
  return second / norm;
}
