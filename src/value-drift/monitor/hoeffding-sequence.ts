import { checkRange, checkShare } from '../../stats/internal-options.ts';
import type { ConfidenceSequence } from './confidence-sequence.ts';
import { hoeffdingKernel, runSequence } from './internal-sequence.ts';

/** Options of {@link hoeffdingSequence}. */
export interface HoeffdingOptions {
  /** Error rate over all scores together. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Greatest bet, above 0. Default 1. */
  readonly truncation?: number | undefined;
}

/**
 * Confidence sequence of a bounded mean whose width does not depend on the scores: the widest of the three here, and
 * known beforehand.
 *
 * Holds at all times together with probability 1 - alpha. Source: Waudby-Smith and Ramdas 2024, proposition 1.
 *
 * @param scores - Numbers in [0, 1].
 * @param options - See {@link HoeffdingOptions}.
 * @returns Bounds after each score.
 * @throws {@link SynthproofError} `BAD_VALUE` for a score outside [0, 1]; `OUT_OF_RANGE` for an impossible option.
 * @example
 * const { lower, upper } = hoeffdingSequence(new Array(200).fill(0.5));
 * lower[199] > 0.36 && upper[199] < 0.64; // => true
 */
export function hoeffdingSequence(scores: ArrayLike<number>, options: HoeffdingOptions = {}): ConfidenceSequence {
  const { alpha = 0.05, truncation = 1 } = options;
  checkShare('alpha', alpha);
  checkRange('truncation', truncation, 1e-6, 1e6);
  return runSequence(hoeffdingKernel(alpha, truncation), scores);
}
