import { cdfDistance } from './internal-cdf-distance.ts';

/**
 * First Wasserstein (earth mover's) distance between two samples: the area between their empirical distribution
 * functions.
 *
 * In the unit of the values, 0 = same distribution.
 *
 * @param a - Finite numbers.
 * @param b - Finite numbers.
 * @returns A number >= 0.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`.
 * @example
 * wasserstein1([0, 1, 3], [5, 6, 8]); // => 5
 */
export function wasserstein1(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return cdfDistance(a, b, (gap) => gap);
}
