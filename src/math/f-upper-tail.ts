import { betaTail } from './internal-beta-tail.ts';

/**
 * P(F >= x) of the F distribution: the p-value of an F statistic.
 *
 * I_y(d2 / 2, d1 / 2) at y = d2 / (d2 + d1 x), with 1 - y passed exactly.
 *
 * @param x - The statistic, >= 0.
 * @param d1 - Degrees of freedom of the numerator, > 0.
 * @param d2 - Degrees of freedom of the denominator, > 0.
 * @returns A probability; NaN for arguments outside their range.
 * @example
 * fUpperTail(1, 2, 2); // => 0.5
 */
export function fUpperTail(x: number, d1: number, d2: number): number {
  if (!(x >= 0 && d1 > 0 && d2 > 0 && d1 < Infinity && d2 < Infinity)) return NaN;
  if (x === Infinity) return 0;
  const total = d2 + d1 * x;
  return betaTail(d2 / total, (d1 * x) / total, d2 / 2, d1 / 2, false);
}
