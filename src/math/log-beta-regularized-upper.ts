import { logBetaTail } from './internal-beta-tail.ts';

/**
 * Natural logarithm of {@link betaRegularizedUpper}; works far below 1e-300.
 *
 * @param x - A number in [0, 1].
 * @param a - A number > 0.
 * @param b - A number > 0.
 * @param oneMinusX - 1 - x where it is known more precisely than the subtraction gives. Default 1 - x.
 * @returns A number <= 0; NaN for arguments outside their range.
 * @example
 * logBetaRegularizedUpper(0.5, 1, 2000); // => -1386.2943611198906
 */
export function logBetaRegularizedUpper(x: number, a: number, b: number, oneMinusX: number = 1 - x): number {
  return logBetaTail(x, oneMinusX, a, b, true);
}
