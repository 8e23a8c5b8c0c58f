import { log } from '../../math/log.ts';
import { checkRange, checkShare } from '../../stats/internal-options.ts';
import { checkValues } from './internal-check.ts';
import { COUNT, freshMoments, plugInBet, SQUARES, TOTAL, takeScore } from './internal-moments.ts';

/** Options of {@link bettingFractions}. */
export interface BettingFractionsOptions {
  /**
   * How to bet. `plug-in`: sqrt(2 ln(1/alpha) / (t ln(1+t) v)), the size that gives the narrowest intervals, always above
   * 0. `kelly`: (m - mean) / (v + (m - mean)^2) for the fastest growth against one mean, within what cannot lose all.
   * `lower-bound`: a cautious variant of `kelly` (LBOW). Default `plug-in`.
   */
  readonly method?: 'plug-in' | 'kelly' | 'lower-bound' | undefined;
  /** Error rate that `plug-in` aims at. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Mean that `kelly` and `lower-bound` bet against, 0 to 1. Default 0.5. */
  readonly mean?: number | undefined;
}

/**
 * Bets on bounded scores: the fraction at each score, made from the scores before it alone.
 *
 * Running mean and variance start from mean 1/2 and variance 1/4, counted as one score. A bet of f turns capital K into
 * K (1 + f (x - m)). Not truncated unless stated: see {@link bettingMartingale} for the use.
 * Source: Waudby-Smith and Ramdas 2024, sections 4.1 and B.
 *
 * @param scores - Numbers in [0, 1].
 * @param options - See {@link BettingFractionsOptions}.
 * @returns One fraction per score.
 * @throws {@link SynthproofError} `BAD_VALUE` for a score outside [0, 1]; `OUT_OF_RANGE` for an impossible option.
 * @example
 * bettingFractions([0.5, 1], { method: 'kelly' }); // => Float64Array.of(0, 0)
 * bettingFractions([1, 1], { method: 'kelly' })[1]; // => 1.1428571428571428
 */
export function bettingFractions(
  scores: ArrayLike<number>,
  options: BettingFractionsOptions = {},
): Float64Array<ArrayBuffer> {
  const { method = 'plug-in', alpha = 0.05, mean = 0.5 } = options;
  checkShare('alpha', alpha);
  checkRange('mean', mean, 0, 1);
  checkValues('scores', scores, 0, 1);
  const n = scores.length;
  const out = new Float64Array(n);
  if (method === 'lower-bound') fillLowerBound(out, scores, mean);
  else {
    const moments = freshMoments();
    const term = 2 * log(1 / alpha);
    for (let i = 0; i < n; i++) {
      const t = moments[COUNT]! + 1;
      out[i] =
        method === 'kelly' ? kelly(moments[TOTAL]! / t - mean, moments[SQUARES]! / t, mean) : plugInBet(moments, term);
      takeScore(moments, scores[i]!);
    }
  }
  return out;
}

function kelly(edge: number, variance: number, mean: number): number {
  const fraction = edge === 0 ? 0 : edge / (variance + edge * edge);
  // More would lose everything at a score of 0 (or 1).
  return Math.min(Math.max(fraction, -1 / (1 - mean)), 1 / mean);
}

function fillLowerBound(out: Float64Array, scores: ArrayLike<number>, mean: number): void {
  let total = 0.5;
  // As in confseq: the prior variance is not carried along, and the divisor counts one score more than came.
  let squares = 0.25;
  for (let i = 0; i < out.length; i++) {
    const t = i + 1;
    const edge = total / t - mean;
    const bound = edge > 0 ? mean : 1 - mean;
    const spread = squares / (t + 1);
    out[i] = edge === 0 ? 0 : edge / (bound * Math.abs(edge) + spread + edge * edge);
    const x = scores[i]!;
    total += x;
    squares = (i === 0 ? 0 : squares) + (x - mean) * (x - mean);
  }
}
