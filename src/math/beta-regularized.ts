import { betaTail } from './internal-beta-tail.ts';

/**
 * Regularised incomplete beta function I_x(a, b): the distribution function of a beta variable.
 *
 * Saddle-point prefactor (Loader 2000) times continued fraction (DLMF 8.17.22) on the side where it converges fast; the
 * small side is always computed directly. Relative error below 1e-12 for a, b up to 1e4.
 *
 * @param x - A number in [0, 1].
 * @param a - A number > 0.
 * @param b - A number > 0.
 * @param oneMinusX - 1 - x where it is known more precisely than the subtraction gives. Default 1 - x.
 * @returns A probability; NaN for arguments outside their range.
 * @example
 * betaRegularized(0.4, 2, 3); // => 0.5248
 */
export function betaRegularized(x: number, a: number, b: number, oneMinusX: number = 1 - x): number {
  return betaTail(x, oneMinusX, a, b, false);
}
