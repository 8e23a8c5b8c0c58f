import { gammaTail } from './internal-gamma-tail.ts';

/**
 * P(X >= x) of a chi-square variable: the p-value of a chi-square statistic.
 *
 * @param x - The statistic, >= 0.
 * @param df - Degrees of freedom, > 0.
 * @returns A probability; NaN for arguments outside their range.
 * @example
 * chiSquareUpperTail(4, 2); // => 0.1353352832366127
 */
export function chiSquareUpperTail(x: number, df: number): number {
  return gammaTail(df / 2, x / 2, true, false);
}
