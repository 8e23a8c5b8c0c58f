import { sum } from '../math/sum.ts';
import type { Interval } from '../types.ts';
import { zFor } from './internal-rates.ts';

/**
 * A weighted mean with its normal interval on Kish's effective n; null when the weights add to 0. Each value comes with the
 * sum of the weights of its rows, and the sum of their squares.
 */
export function weightedMean(
  x: Float64Array,
  w: Float64Array,
  w2: Float64Array,
  level: number,
): { readonly mean: number; readonly interval: Interval } | null {
  const total = sum(w);
  if (!(total > 0)) return null;
  const mean = sum(x.map((value, i) => value * w[i]!)) / total;
  const spread = sum(x.map((value, i) => w[i]! * (value - mean) * (value - mean))) / total;
  const effective = (total * total) / sum(w2);
  const half = zFor(level) * Math.sqrt(spread / Math.max(1, effective - 1));
  return { mean, interval: { lower: mean - half, upper: mean + half, level, method: 'normal' } };
}
