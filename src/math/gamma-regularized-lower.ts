import { gammaTail } from './internal-gamma-tail.ts';

/**
 * Regularised lower incomplete gamma function P(a, x): the distribution function of a gamma variable of shape a and scale 1.
 *
 * Series, continued fraction (DLMF 8.9.2, 8.11.4) and saddle-point prefactor; the small side is computed directly.
 *
 * @param a - Shape, > 0.
 * @param x - A number >= 0, in units of the scale.
 * @returns A probability; NaN for arguments outside their range.
 * @example
 * gammaRegularizedLower(1, 2); // => 0.8646647167633873
 */
export function gammaRegularizedLower(a: number, x: number): number {
  return gammaTail(a, x, false, false);
}
