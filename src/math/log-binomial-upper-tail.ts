import { binomialUpper } from './internal-binomial.ts';

/**
 * Natural logarithm of {@link binomialUpperTail}; works far below 1e-300.
 *
 * Divide by LN10 for log10.
 *
 * @param k - Count; need not be whole.
 * @param n - Number of trials, whole, >= 0.
 * @param p - Chance of success, in [0, 1].
 * @param oneMinusP - 1 - p where it is known more precisely than the subtraction gives. Default 1 - p.
 * @returns A number <= 0; -Infinity when the event is impossible; NaN for arguments outside their range.
 * @example
 * logBinomialUpperTail(2000, 2000, 0.5); // => -1386.2943611198906
 */
export function logBinomialUpperTail(k: number, n: number, p: number, oneMinusP: number = 1 - p): number {
  return binomialUpper(k, n, p, oneMinusP, true);
}
