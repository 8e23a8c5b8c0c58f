import { quantile } from './quantile.ts';

/**
 * Median: the middle value, or the mean of the two middle ones.
 *
 * @param values - Numbers in any order; not changed. NaN anywhere gives NaN.
 * @returns The median, in the unit of the values.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for no values.
 * @example
 * median([5, 1, 2]); // => 2
 */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}
