import { checkPositive } from './internal-check.ts';
import { thetaSums } from './internal-theta.ts';

/**
 * Normalising constant of the discrete Gaussian: the sum of exp(-k^2 / (2 sigma2)) over all whole numbers k.
 *
 * At least 1; close to sqrt(2 pi sigma2) from sigma2 of about 1 on. Source: Canonne, Kamath & Steinke 2020, section 2.
 *
 * @param sigma2 - Variance parameter, above 0.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * discreteGaussianNorm(100); // => 25.066282746310002
 */
export function discreteGaussianNorm(sigma2: number): number {
  checkPositive('sigma2', sigma2);
  return thetaSums(sigma2).norm;
}
