import { binomialLower } from './internal-binomial.ts';

/**
 * P(X <= k) for a binomial variable, computed directly: full relative precision in the tail.
 *
 * The incomplete beta function 1 - I_p(k + 1, n - k) (DLMF 8.17.5).
 *
 * @param k - Count; need not be whole.
 * @param n - Number of trials, whole, >= 0.
 * @param p - Chance of success, in [0, 1].
 * @param oneMinusP - 1 - p where it is known more precisely than the subtraction gives. Default 1 - p.
 * @returns A probability; NaN for arguments outside their range.
 * @example
 * binomialLowerTail(2, 10, 0.5); // => 0.0546875
 */
export function binomialLowerTail(k: number, n: number, p: number, oneMinusP: number = 1 - p): number {
  return binomialLower(k, n, p, oneMinusP, false);
}
