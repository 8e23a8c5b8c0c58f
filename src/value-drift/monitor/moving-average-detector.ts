import { checkRange } from '../../stats/internal-options.ts';
import { meanDistanceDetector } from './internal-mean-distance.ts';
import type { StreamDetector } from './stream-detector.ts';

/** Options of {@link movingAverageDetector}. */
export interface MovingAverageOptions {
  /** Values before the first alarm, default 30. */
  readonly minValues?: number | undefined;
  /** Weight of the past, 0 to 1. Default 0.99. */
  readonly forgetting?: number | undefined;
  /** Average that raises the alarm, in units of the values. Default 1. */
  readonly threshold?: number | undefined;
}

/**
 * Geometric moving average of the distance from the mean: S = a S + (1 - a) (x - mean), alarm when S exceeds the
 * threshold.
 *
 * The mean runs over all values since the last alarm. No stated rate of false alarms.
 * Source: Roberts 1959.
 *
 * @param options - See {@link MovingAverageOptions}.
 * @returns The detector.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for an impossible option; `BAD_VALUE` for a value that is not finite;
 * `BAD_MODEL` for a foreign state.
 * @example
 * const detector = movingAverageDetector({ threshold: 0.3, forgetting: 0.9 });
 * const values = [...new Array(100).fill(0), ...new Array(20).fill(1)];
 * detector.update(detector.init(), values).drifts[0]; // => 103
 */
export function movingAverageDetector(options: MovingAverageOptions = {}): StreamDetector {
  const { minValues = 30, forgetting = 0.99, threshold = 1 } = options;
  checkRange('forgetting', forgetting, 0, 1);
  return meanDistanceDetector({
    kind: 'moving-average',
    minValues,
    threshold,
    settings: [minValues, forgetting, threshold],
    floored: false,
    next: (average, x, mean) => forgetting * average + (1 - forgetting) * (x - mean),
  });
}
