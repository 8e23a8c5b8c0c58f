import { cdfDistance } from './internal-cdf-distance.ts';

/**
 * Energy distance between two samples on the line: sqrt(2 E|X - Y| - E|X - X'| - E|Y - Y'|), as scipy defines it.
 *
 * Computed as the square root of twice the integral of (F - G)^2, in n log n steps. In the square root of the unit of
 * the values, 0 = same distribution.
 *
 * @param a - Finite numbers.
 * @param b - Finite numbers.
 * @returns A number >= 0.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`.
 * @example
 * energyDistance([0], [2]); // => 2
 */
export function energyDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.sqrt(2 * cdfDistance(a, b, (gap) => gap * gap));
}
