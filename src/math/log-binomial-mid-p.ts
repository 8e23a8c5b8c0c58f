import { LN2 } from './constants.ts';
import { exp } from './exp.ts';
import { logBinomialProbability } from './log-binomial-probability.ts';
import { logBinomialUpperTail } from './log-binomial-upper-tail.ts';
import { log1p } from './log1p.ts';

/**
 * Natural logarithm of the binomial mid-p, P(X > k) + P(X = k) / 2: less conservative than {@link logBinomialUpperTail}
 * on a discrete scale, and still uniform on average. Source: Lancaster 1961.
 *
 * @param k - Count, whole.
 * @param n - Number of trials, whole, >= 0.
 * @param p - Chance of success, in [0, 1].
 * @param oneMinusP - 1 - p where it is known more precisely than the subtraction gives. Default 1 - p.
 * @returns A number <= 0; NaN for arguments outside their range.
 * @example
 * logBinomialMidP(1, 1, 0.5); // => -1.3862943611198906
 */
export function logBinomialMidP(k: number, n: number, p: number, oneMinusP: number = 1 - p): number {
  const above = logBinomialUpperTail(Math.floor(k) + 1, n, p, oneMinusP);
  const at = logBinomialProbability(k, n, p, oneMinusP) - LN2;
  if (above === -Infinity) return at;
  if (at === -Infinity) return above;
  const larger = Math.max(above, at);
  return Math.min(0, larger + log1p(exp(Math.min(above, at) - larger)));
}
