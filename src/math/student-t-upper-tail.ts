import { betaTail } from './internal-beta-tail.ts';
import { normalCdf } from './normal-cdf.ts';

/**
 * P(T >= t) of Student's t distribution, computed directly in the tail.
 *
 * Half of I_x(df / 2, 1 / 2) at x = df / (df + t^2) (DLMF 8.17), with 1 - x passed exactly.
 *
 * @param t - The statistic.
 * @param df - Degrees of freedom, > 0, not necessarily whole; Infinity gives the normal tail.
 * @returns A probability; NaN for arguments outside their range.
 * @example
 * studentTUpperTail(1, 1); // => 0.25
 */
export function studentTUpperTail(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) return NaN;
  if (df === Infinity) return normalCdf(-t);
  const square = t * t;
  const lower = 0.5 * tailFraction(square, df);
  return t >= 0 ? lower : 1 - lower;
}

function tailFraction(square: number, df: number): number {
  if (square === Infinity) return 0;
  const total = df + square;
  return betaTail(df / total, square / total, df / 2, 0.5, false);
}
