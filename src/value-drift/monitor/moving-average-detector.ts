import { checkRange, checkWhole } from './internal-check.ts';
import { DRIFT, isCount, makeDetector, QUIET } from './internal-detector.ts';
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
  checkWhole('minValues', minValues, 1, 1e9);
  checkRange('forgetting', forgetting, 0, 1);
  checkRange('threshold', threshold, 0, 1e300);
  return makeDetector({
    kind: 'moving-average',
    settings: [minValues, forgetting, threshold],
    low: -1e150,
    high: 1e150,
    // Count, mean, average.
    fresh: () => [0, 0, 0],
    sound: ([n]) => isCount(n!),
    step(memory, x) {
      const n = memory[0]! + 1;
      const mean = memory[1]! + (x - memory[1]!) / n;
      const s = forgetting * memory[2]! + (1 - forgetting) * (x - mean);
      memory[0] = n;
      memory[1] = mean;
      memory[2] = s;
      return n >= minValues && s > threshold ? DRIFT : QUIET;
    },
    holding: ([n, mean]) => [n!, mean!],
  });
}
