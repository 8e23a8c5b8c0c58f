import { SynthproofError } from '../errors.ts';
import { sum } from '../math/sum.ts';
import { totalWeight, weightedSum } from './internal-weights.ts';
import { weightedMean } from './weighted-mean.ts';

/** What weights stand for: how often a row occurs, how reliable it is, or only its share. */
export type WeightKind = 'frequency' | 'reliability' | 'share';

/**
 * Weighted variance: weighted squared deviations from {@link weightedMean} over a divisor that depends on what the
 * weights are.
 *
 * `frequency`: a weight counts rows; divisor sum w - 1, the sample variance of the repeated rows. `reliability`: only
 * ratios matter; divisor sum w - (sum w^2) / (sum w), unbiased for weights fixed in advance. `share`: divisor sum w, the
 * variance of the weighted distribution itself.
 *
 * @param values - Finite numbers.
 * @param weights - Finite weights >= 0, aligned with the values.
 * @param kind - See {@link WeightKind}; default `reliability`.
 * @returns The variance, >= 0, in the squared unit of the values; null when the divisor is not above 0 (one effective row).
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`, `BAD_VALUE` as {@link weightedMean};
 * `BAD_OPTION` for an unknown kind.
 * @example
 * weightedVariance([1, 3], [2, 2], 'frequency'); // => 1.3333333333333333
 * weightedVariance([1, 3], [2, 2], 'share'); // => 1
 * weightedVariance([7], [2]); // => null
 */
export function weightedVariance(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  kind: WeightKind = 'reliability',
): number | null {
  const total = totalWeight(values, weights);
  const divisor = divisorOf(total, weights, kind);
  if (!(divisor > 0)) return null;
  const centre = weightedMean(values, weights);
  const squares = weightedSum(values, weights, centre, 2);
  const rest = weightedSum(values, weights, centre, 1);
  return Math.max(0, (squares - (rest * rest) / total) / divisor);
}

function divisorOf(total: number, weights: ArrayLike<number>, kind: WeightKind): number {
  switch (kind) {
    case 'frequency':
      return total - 1;
    case 'share':
      return total;
    case 'reliability': {
      let rows = 0;
      for (let i = 0; i < weights.length; i++) if (weights[i]! > 0) rows++;
      // With one row of weight the difference is 0; rounding must not make it a small number.
      if (rows < 2) return 0;
      return total - sum(Float64Array.from(weights, (weight) => weight * weight)) / total;
    }
    default:
      throw new SynthproofError(
        'BAD_OPTION',
        `kind: expected frequency, reliability or share, received ${String(kind)}`,
        { argument: 'kind' },
      );
  }
}
