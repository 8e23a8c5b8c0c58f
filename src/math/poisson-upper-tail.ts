import { gammaTail } from './internal-gamma-tail.ts';

/**
 * P(X >= k) of a Poisson variable, computed directly in the tail.
 *
 * The incomplete gamma function P(k, rate).
 *
 * @param k - Count; need not be whole.
 * @param rate - Mean, >= 0.
 * @returns A probability; NaN for arguments outside their range.
 * @example
 * poissonUpperTail(1, 2); // => 0.8646647167633873
 */
export function poissonUpperTail(k: number, rate: number): number {
  if (!(rate >= 0 && rate < Infinity) || Number.isNaN(k)) return NaN;
  const least = Math.ceil(k);
  if (least <= 0) return 1;
  if (least === Infinity) return 0;
  return gammaTail(least, rate, false, false);
}
