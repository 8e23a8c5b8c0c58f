import { logBetaTail } from './internal-beta-tail.ts';
import { inverseLogit } from './internal-logit.ts';
import { solveLogTail } from './internal-solve.ts';

/**
 * Quantile of the beta distribution: the x with I_x(a, b) = p.
 *
 * Bracketed secant iteration on the logarithm of the smaller tail over log(x / (1 - x)).
 *
 * @param p - A probability.
 * @param a - A number > 0.
 * @param b - A number > 0.
 * @returns A number in [0, 1]; NaN for arguments outside their range.
 * @example
 * betaQuantile(0.5248, 2, 3); // => 0.4
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1 && a > 0 && b > 0 && a < Infinity && b < Infinity)) return NaN;
  if (p === 0 || p === 1) return p;
  return inverseLogit(solveLogTail(p, (u, upper) => logBetaTail(inverseLogit(u), inverseLogit(-u), a, b, upper)));
}
