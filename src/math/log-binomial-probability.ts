import { logBinomialTerm } from './internal-hypergeometric.ts';

/**
 * Natural logarithm of P(X = k) for a binomial variable (Loader's saddle-point form: no cancellation of log-gammas).
 *
 * @param k - Count, whole.
 * @param n - Number of trials, whole, >= 0.
 * @param p - Chance of success, in [0, 1].
 * @param oneMinusP - 1 - p where it is known more precisely than the subtraction gives. Default 1 - p.
 * @returns A number <= 0; -Infinity when k cannot occur; NaN for n or p outside their range.
 * @example
 * logBinomialProbability(1, 2, 0.5); // => -0.6931471805599453
 */
export function logBinomialProbability(k: number, n: number, p: number, oneMinusP: number = 1 - p): number {
  if (!(n >= 0 && n < Infinity && Math.floor(n) === n && p >= 0 && p <= 1) || Number.isNaN(k)) return NaN;
  if (k < 0 || k > n || Math.floor(k) !== k) return -Infinity;
  if (p === 0 || oneMinusP === 0) return (p === 0 ? k === 0 : k === n) ? 0 : -Infinity;
  return Math.min(0, logBinomialTerm(k, n, p, oneMinusP));
}
