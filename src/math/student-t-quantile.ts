import { exp } from './exp.ts';
import { logBetaTail } from './internal-beta-tail.ts';
import { inverseLogit } from './internal-logit.ts';
import { solveLogTail } from './internal-solve.ts';
import { normalQuantile } from './normal-quantile.ts';

/**
 * Quantile of Student's t distribution: the t with P(T <= t) = p.
 *
 * Solves the incomplete beta function on the scale of log(df / t^2).
 *
 * @param p - A probability.
 * @param df - Degrees of freedom, > 0; Infinity gives the normal quantile.
 * @returns t; -Infinity at 0, Infinity at 1, NaN for arguments outside their range.
 * @example
 * studentTQuantile(0.975, 10); // => 2.228138851986274
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1 && df > 0)) return NaN;
  if (p === 0.5) return 0;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (df === Infinity) return normalQuantile(p);
  const tail = p < 0.5 ? p : 1 - p;
  const u = solveLogTail(2 * tail, (v, upper) => logBetaTail(inverseLogit(v), inverseLogit(-v), df / 2, 0.5, upper));
  const t = Math.sqrt(df) * exp(-0.5 * u);
  return p < 0.5 ? -t : t;
}
