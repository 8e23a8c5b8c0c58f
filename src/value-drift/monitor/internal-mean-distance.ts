import { checkRange, checkWhole } from '../../stats/internal-options.ts';
import { DRIFT, isCount, makeDetector, QUIET } from './internal-detector.ts';
import type { StreamDetector } from './stream-detector.ts';

/** What the detectors share that sum up distances from a running mean. */
export interface MeanDistanceParts {
  readonly kind: string;
  /** Values before the first alarm. */
  readonly minValues: number;
  /** Sum that raises the alarm. */
  readonly threshold: number;
  /** The detector's other settings. */
  readonly settings: readonly number[];
  /** Whether the sum cannot be negative. */
  readonly floored: boolean;
  /** Count before the first value: with 1 the first test comes one value earlier. */
  readonly head?: number | undefined;
  /** The new sum from the old one, the value and the mean that includes it. */
  readonly next: (sum: number, x: number, mean: number) => number;
}

/** Alarm when a sum of distances from the mean of all values since the last alarm exceeds a threshold. */
export function meanDistanceDetector(parts: MeanDistanceParts): StreamDetector {
  const { kind, minValues, threshold, settings, floored, head = 0, next } = parts;
  checkWhole('minValues', minValues, 1, 1e9);
  checkRange('threshold', threshold, 0, 1e300);
  return makeDetector({
    kind,
    settings,
    low: -1e150,
    high: 1e150,
    // Count, mean, sum.
    fresh: () => [0, 0, 0],
    sound: ([n, , sum]) => isCount(n!) && (!floored || sum! >= 0),
    step(memory, x) {
      const n = memory[0]! + 1;
      const mean = memory[1]! + (x - memory[1]!) / n;
      const sum = next(memory[2]!, x, mean);
      memory[0] = n;
      memory[1] = mean;
      memory[2] = sum;
      return n + head >= minValues && sum > threshold ? DRIFT : QUIET;
    },
    holding: ([n, mean]) => [n!, mean!],
  });
}
