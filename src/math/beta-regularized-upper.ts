import { betaTail } from './internal-beta-tail.ts';

/**
 * 1 - I_x(a, b), computed directly, never as a difference where it is small.
 *
 * @param x - A number in [0, 1].
 * @param a - A number > 0.
 * @param b - A number > 0.
 * @param oneMinusX - 1 - x where it is known more precisely than the subtraction gives. Default 1 - x.
 * @returns A probability; NaN for arguments outside their range.
 * @example
 * betaRegularizedUpper(0.4, 2, 3); // => 0.4752
 */
export function betaRegularizedUpper(x: number, a: number, b: number, oneMinusX: number = 1 - x): number {
  return betaTail(x, oneMinusX, a, b, true);
}
