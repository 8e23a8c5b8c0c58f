import { exp } from './exp.ts';
import { gammaTail } from './internal-gamma-tail.ts';
import { solveLogTail } from './internal-solve.ts';

/**
 * Quantile of the gamma distribution of shape a and scale 1: the x with P(a, x) = p.
 *
 * Bracketed secant iteration on the logarithm of the smaller tail over log x.
 *
 * @param p - A probability.
 * @param a - Shape, > 0.
 * @returns x; 0 at p = 0, Infinity at p = 1, NaN for arguments outside their range.
 * @example
 * gammaQuantile(0.5, 1); // => 0.6931471805599453
 */
export function gammaQuantile(p: number, a: number): number {
  if (!(p >= 0 && p <= 1 && a > 0 && a < Infinity)) return NaN;
  if (p === 0 || p === 1) return p === 0 ? 0 : Infinity;
  return exp(solveLogTail(p, (u, upper) => gammaTail(a, exp(u), upper, true)));
}
