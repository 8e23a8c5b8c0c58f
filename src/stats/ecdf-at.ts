import type { Ecdf } from './ecdf.ts';

/**
 * Value of an empirical distribution function at a point: the share of observations at or below it.
 *
 * @param distribution - What {@link ecdf} gave.
 * @param point - Any number; NaN gives NaN.
 * @returns A share from 0 to 1.
 * @example
 * ecdfAt(ecdf([1, 2, 2, 5]), 2); // => 0.75
 * ecdfAt(ecdf([1, 2, 2, 5]), 0); // => 0
 */
export function ecdfAt(distribution: Ecdf, point: number): number {
  if (Number.isNaN(point)) return NaN;
  const { values, probabilities } = distribution;
  // The first step above the point, by halving.
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= point) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : probabilities[low - 1]!;
}
