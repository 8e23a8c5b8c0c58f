import { totalWeight, weightedSum } from './internal-weights.ts';

/**
 * Weighted arithmetic mean: sum of w x over sum of w, each summed with a running correction, so that long columns and
 * large offsets cost no digits beyond the rounding of each product.
 *
 * @param values - Finite numbers.
 * @param weights - Finite weights >= 0, aligned with the values; only their ratios matter.
 * @returns The mean, in the unit of the values.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for no values or a total weight of 0, `LENGTH_MISMATCH`, `BAD_NUMBER`
 * for NaN or infinite values, `BAD_VALUE` for an impossible weight.
 * @example
 * weightedMean([1, 5], [3, 1]); // => 2
 */
export function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  const total = totalWeight(values, weights);
  return weightedSum(values, weights, 0, 1) / total;
}
