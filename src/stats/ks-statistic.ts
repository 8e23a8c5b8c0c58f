import { requireFinite, requireLength } from './internal-check.ts';
import { sortedCopy } from './internal-order.ts';

/**
 * Two-sample Kolmogorov-Smirnov statistic: the largest distance between the two empirical distribution functions.
 *
 * Unitless, 0 = same distribution, 1 = separated samples. Ties are handled exactly.
 *
 * @param a - Finite numbers in any order.
 * @param b - Finite numbers in any order.
 * @returns A number in [0, 1].
 * @throws {@link SynthproofError} `EMPTY_INPUT` when a sample is empty, `BAD_NUMBER` for NaN or infinities.
 * @example
 * ksStatistic([1, 2, 3, 4], [3, 4, 5, 6]); // => 0.5
 */
export function ksStatistic(a: ArrayLike<number>, b: ArrayLike<number>): number {
  requireLength('a', a.length, 1);
  requireLength('b', b.length, 1);
  requireFinite('a', a);
  requireFinite('b', b);
  return ksSorted(sortedCopy(a), sortedCopy(b));
}

function ksSorted(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const m = y.length;
  let i = 0;
  let j = 0;
  // In units of 1 / (n m), so that equal distances compare as equal.
  let largest = 0;
  while (i < n && j < m) {
    const value = Math.min(x[i]!, y[j]!);
    while (i < n && x[i]! === value) i++;
    while (j < m && y[j]! === value) j++;
    const distance = Math.abs(i * m - j * n);
    if (distance > largest) largest = distance;
  }
  return largest / n / m;
}
