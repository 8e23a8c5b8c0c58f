import { log } from '../../math/log.ts';
import { log1p } from '../../math/log1p.ts';
import { checkRange, checkShare } from '../../stats/internal-options.ts';
import { checkValues } from './internal-check.ts';
import { logAdd } from './internal-log-add.ts';
import { freshMoments, plugInBet, takeScore } from './internal-moments.ts';

/** Options of {@link bettingMartingale}. */
export interface BettingMartingaleOptions {
  /** Error rate that the bets aim at; the guarantee holds at every level. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Share of the capital that bets on a higher mean, 0 to 1; the rest bets on a lower one. Default 0.5. */
  readonly upShare?: number | undefined;
  /** Most that one bet may lose, as a share of the capital, above 0 to 1. Default 0.5. */
  readonly truncation?: number | undefined;
  /** How the two sides are joined: the larger (`max`) or both together (`sum`, never smaller). Default `sum`. */
  readonly combine?: 'max' | 'sum' | undefined;
}

/**
 * Evidence against a known mean, at each score: the natural log of the capital of bets on bounded scores.
 *
 * The capital starts at 1. While the scores' mean, given the past, is `mean`, it exceeds 1/alpha with probability at
 * most alpha, however often one looks. **An estimated mean is not a known one**: with the mean of 200 reference scores in
 * its place, half of steady streams raise an alarm; use {@link createMonitor} with a reference for that.
 * Source: Waudby-Smith and Ramdas 2024, section 4.
 *
 * @param scores - Numbers in [0, 1].
 * @param mean - The mean under the null hypothesis, 0 to 1.
 * @param options - See {@link BettingMartingaleOptions}.
 * @returns One log capital per score; -Infinity once all is lost, which needs a truncation of 1.
 * @throws {@link SynthproofError} `BAD_VALUE` for a score outside [0, 1]; `OUT_OF_RANGE` for an impossible option.
 * @example
 * const capital = bettingMartingale([1, 1, 1, 1, 1, 1, 1, 1], 0.5);
 * capital[7] > 2; // => true
 */
export function bettingMartingale(
  scores: ArrayLike<number>,
  mean: number,
  options: BettingMartingaleOptions = {},
): Float64Array<ArrayBuffer> {
  const { alpha = 0.05, upShare = 0.5, truncation = 0.5, combine = 'sum' } = options;
  checkShare('alpha', alpha);
  checkRange('mean', mean, 0, 1);
  checkRange('upShare', upShare, 0, 1);
  checkRange('truncation', truncation, 1e-6, 1);
  checkValues('scores', scores, 0, 1);
  const out = new Float64Array(scores.length);
  const moments = freshMoments();
  // A side without capital makes no bets.
  const upTerm = upShare > 0 ? 2 * log(1 / (alpha * upShare)) : 0;
  const downTerm = upShare < 1 ? 2 * log(1 / (alpha * (1 - upShare))) : 0;
  let up = log(upShare);
  let down = log(1 - upShare);
  for (let i = 0; i < out.length; i++) {
    const x = scores[i]!;
    up += log1p(Math.min(plugInBet(moments, upTerm), truncation / mean) * (x - mean));
    down += log1p(-Math.min(plugInBet(moments, downTerm), truncation / (1 - mean)) * (x - mean));
    out[i] = combine === 'max' ? Math.max(up, down) : logAdd(up, down);
    takeScore(moments, x);
  }
  return out;
}
