import { checkRange, checkShare, checkWhole } from '../../stats/internal-options.ts';
import type { ConfidenceSequence } from './confidence-sequence.ts';
import { bettingKernel, runSequence } from './internal-sequence.ts';

/** Options of {@link bettingConfidenceSequence}. */
export interface BettingSequenceOptions {
  /** Error rate over all scores together. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Steps of the grid of means, default 1000. The bounds are rounded outward by one step. */
  readonly grid?: number | undefined;
  /** Most that one bet may lose, as a share of the capital, above 0 to 1. Default 0.5. */
  readonly truncation?: number | undefined;
}

/**
 * Confidence sequence of a bounded mean by betting: the means that no bet has refuted. The narrowest of the three here,
 * and the slowest.
 *
 * Holds at all times together with probability 1 - alpha; not intersected over time, so a bound may widen again.
 * Source: Waudby-Smith and Ramdas 2024, theorem 3 (hedged capital).
 *
 * @param scores - Numbers in [0, 1].
 * @param options - See {@link BettingSequenceOptions}.
 * @returns Bounds after each score; 0 and 1 where every mean of the grid is refuted.
 * @throws {@link SynthproofError} `BAD_VALUE` for a score outside [0, 1]; `OUT_OF_RANGE` for an impossible option.
 * @example
 * const { lower, upper } = bettingConfidenceSequence(new Array(50).fill(0.5), { grid: 100 });
 * [lower[49], upper[49]]; // => [0.43, 0.57]
 */
export function bettingConfidenceSequence(
  scores: ArrayLike<number>,
  options: BettingSequenceOptions = {},
): ConfidenceSequence {
  const { alpha = 0.05, grid = 1000, truncation = 0.5 } = options;
  checkShare('alpha', alpha);
  checkWhole('grid', grid, 2, 1e6);
  checkRange('truncation', truncation, 1e-6, 1);
  return runSequence(bettingKernel(alpha, grid, truncation), scores);
}
