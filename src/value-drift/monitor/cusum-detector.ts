import { checkRange } from '../../stats/internal-options.ts';
import { meanDistanceDetector } from './internal-mean-distance.ts';
import type { StreamDetector } from './stream-detector.ts';

/** Options of {@link cusumDetector}. */
export interface CusumOptions {
  /** Values before the first alarm, default 30. */
  readonly minValues?: number | undefined;
  /** Change that is put up with, in units of the values. Default 0.005. */
  readonly delta?: number | undefined;
  /** Sum that raises the alarm, in units of the values. Default 50. */
  readonly threshold?: number | undefined;
}

/**
 * CUSUM for a rise of the mean: S = max(0, S + x - mean - delta), alarm when S exceeds the threshold.
 *
 * The mean runs over all values since the last alarm. No stated rate of false alarms.
 * Source: Page 1954.
 *
 * @param options - See {@link CusumOptions}.
 * @returns The detector.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for an impossible option; `BAD_VALUE` for a value that is not finite;
 * `BAD_MODEL` for a foreign state.
 * @example
 * const detector = cusumDetector({ threshold: 5 });
 * const values = [...new Array(100).fill(0), ...new Array(20).fill(1)];
 * detector.update(detector.init(), values).drifts; // => [105]
 */
export function cusumDetector(options: CusumOptions = {}): StreamDetector {
  const { minValues = 30, delta = 0.005, threshold = 50 } = options;
  checkRange('delta', delta, 0, 1e300);
  return meanDistanceDetector({
    kind: 'cusum',
    minValues,
    threshold,
    settings: [minValues, delta, threshold],
    floored: true,
    next: (sum, x, mean) => Math.max(0, sum + x - mean - delta),
  });
}
