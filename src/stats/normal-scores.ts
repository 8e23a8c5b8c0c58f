import { normalQuantile } from '../math/normal-quantile.ts';
import { midRanks } from './mid-ranks.ts';

/**
 * Normal scores: each value's mid-rank r as the normal quantile at (r - 1/2) / n. Their Pearson correlation is the usual
 * start for a Gaussian copula.
 *
 * @param values - Finite numbers; tied values get one score.
 * @returns One score per value, in the order of the values, standard normal units.
 * @throws {@link SynthproofError} `BAD_NUMBER` for NaN or infinities.
 * @example
 * normalScores([10, 20, 30])[1]; // => 0
 */
export function normalScores(values: ArrayLike<number>): Float64Array {
  const scores = midRanks(values);
  const n = scores.length;
  for (let i = 0; i < n; i++) scores[i] = normalQuantile((scores[i]! - 0.5) / n);
  return scores;
}
