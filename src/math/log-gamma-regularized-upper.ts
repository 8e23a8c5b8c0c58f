import { gammaTail } from './internal-gamma-tail.ts';

/**
 * Natural logarithm of {@link gammaRegularizedUpper}; works far below 1e-300.
 *
 * Divide by LN10 for log10.
 *
 * @param a - Shape, > 0.
 * @param x - A number >= 0, in units of the scale.
 * @returns A number <= 0; NaN for arguments outside their range.
 * @example
 * logGammaRegularizedUpper(1, 2000); // => -2000
 */
export function logGammaRegularizedUpper(a: number, x: number): number {
  return gammaTail(a, x, true, true);
}
