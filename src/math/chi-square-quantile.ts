import { gammaQuantile } from './gamma-quantile.ts';

/**
 * Quantile of the chi-square distribution: the x with P(X <= x) = p.
 *
 * @param p - A probability.
 * @param df - Degrees of freedom, > 0.
 * @returns x; 0 at p = 0, Infinity at p = 1, NaN for arguments outside their range.
 * @example
 * chiSquareQuantile(0.95, 1); // => 3.841458820694124
 */
export function chiSquareQuantile(p: number, df: number): number {
  return 2 * gammaQuantile(p, df / 2);
}
