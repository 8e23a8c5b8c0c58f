import { variance } from './variance.ts';

/**
 * Sample standard deviation: the square root of {@link variance} (divisor n - 1).
 *
 * @param values - Numbers.
 * @returns The standard deviation, in the unit of the values; NaN for fewer than two values.
 * @example
 * standardDeviation([2, 4, 4, 4, 5, 5, 7, 9]); // => 2.138089935299395
 */
export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values));
}
