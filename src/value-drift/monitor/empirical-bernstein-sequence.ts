import { checkRange, checkShare } from '../../stats/internal-options.ts';
import type { ConfidenceSequence } from './confidence-sequence.ts';
import { empiricalBernsteinKernel, runSequence } from './internal-sequence.ts';

/** Options of {@link empiricalBernsteinSequence}. */
export interface EmpiricalBernsteinOptions {
  /** Error rate over all scores together. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Greatest bet, above 0 and below 1. Default 0.5. */
  readonly truncation?: number | undefined;
}

/**
 * Confidence sequence of a bounded mean in closed form, as narrow as the scores' own variance allows.
 *
 * Weighted mean of the scores, less and plus (ln(2/alpha) + sum of losses) / sum of bets. Holds at all times together
 * with probability 1 - alpha. Source: Waudby-Smith and Ramdas 2024, theorem 2.
 *
 * @param scores - Numbers in [0, 1].
 * @param options - See {@link EmpiricalBernsteinOptions}.
 * @returns Bounds after each score.
 * @throws {@link SynthproofError} `BAD_VALUE` for a score outside [0, 1]; `OUT_OF_RANGE` for an impossible option.
 * @example
 * const { lower, upper } = empiricalBernsteinSequence(new Array(200).fill(0.5));
 * lower[199] > 0.4 && upper[199] < 0.6; // => true
 */
export function empiricalBernsteinSequence(
  scores: ArrayLike<number>,
  options: EmpiricalBernsteinOptions = {},
): ConfidenceSequence {
  const { alpha = 0.05, truncation = 0.5 } = options;
  checkShare('alpha', alpha);
  checkRange('truncation', truncation, 1e-6, 0.999999);
  return runSequence(empiricalBernsteinKernel(alpha, truncation), scores);
}
