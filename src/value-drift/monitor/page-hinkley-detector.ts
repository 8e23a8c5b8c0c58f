import { checkRange } from '../../stats/internal-options.ts';
import { meanDistanceDetector } from './internal-mean-distance.ts';
import type { StreamDetector } from './stream-detector.ts';

/** Options of {@link pageHinkleyDetector}. */
export interface PageHinkleyOptions {
  /** Values before the first alarm, default 30. */
  readonly minValues?: number | undefined;
  /** Change that is put up with, in units of the values. Default 0.005. */
  readonly delta?: number | undefined;
  /** Sum that raises the alarm, in units of the values. Default 50. */
  readonly threshold?: number | undefined;
  /** Weight of the past sum, 0 to 1. Default 0.9999. */
  readonly forgetting?: number | undefined;
}

/**
 * Page-Hinkley test for a rise of the mean: S = max(0, a S + x - mean - delta), alarm when S exceeds the threshold.
 *
 * The mean runs over all values since the last alarm. As in river, the count starts at 1, so the first test comes one
 * value before `minValues`. No stated rate of false alarms.
 * Source: Page 1954; Gama et al. 2014, section 3.2.
 *
 * @param options - See {@link PageHinkleyOptions}.
 * @returns The detector.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for an impossible option; `BAD_VALUE` for a value that is not finite;
 * `BAD_MODEL` for a foreign state.
 * @example
 * const detector = pageHinkleyDetector({ threshold: 5 });
 * const values = [...new Array(100).fill(0), ...new Array(20).fill(1)];
 * detector.update(detector.init(), values).drifts; // => [105]
 */
export function pageHinkleyDetector(options: PageHinkleyOptions = {}): StreamDetector {
  const { minValues = 30, delta = 0.005, threshold = 50, forgetting = 0.9999 } = options;
  checkRange('delta', delta, 0, 1e300);
  checkRange('forgetting', forgetting, 0, 1);
  return meanDistanceDetector({
    kind: 'page-hinkley',
    minValues,
    threshold,
    settings: [minValues, delta, threshold, forgetting],
    floored: true,
    head: 1,
    next: (sum, x, mean) => Math.max(0, forgetting * sum + (x - mean - delta)),
  });
}
