import { log } from '../../math/log.ts';
import { checkShare, checkWhole } from '../../stats/internal-options.ts';
import { DRIFT, isCount, makeDetector, QUIET, WARNING } from './internal-detector.ts';
import type { StreamDetector } from './stream-detector.ts';

/** Options of {@link hddmADetector}. */
export interface HddmAOptions {
  /** Values before the first alarm, default 30. */
  readonly minValues?: number | undefined;
  /** Level of one test for the alarm. Default 0.001. */
  readonly driftAlpha?: number | undefined;
  /** Level of one test for the warning. Default 0.005. */
  readonly warningAlpha?: number | undefined;
  /** Whether a fall raises alarms too. Default false. */
  readonly twoSided?: boolean | undefined;
}

/**
 * HDDM_A for a rise (or a change) of a bounded mean: Hoeffding's bound between the mean up to the best cut and the whole.
 *
 * The level holds for one test, not for the whole stream: expect false alarms in a fifth of steady streams of 3,000 values.
 * Source: Frias-Blanco et al. 2015.
 *
 * @param options - See {@link HddmAOptions}.
 * @returns The detector; its values lie in [0, 1].
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for an impossible option; `BAD_VALUE` for a value outside [0, 1];
 * `BAD_MODEL` for a foreign state.
 * @example
 * const detector = hddmADetector();
 * const values = [...new Array(100).fill(0), ...new Array(30).fill(1)];
 * detector.update(detector.init(), values).drifts[0]; // => 103
 */
export function hddmADetector(options: HddmAOptions = {}): StreamDetector {
  const { minValues = 30, driftAlpha = 0.001, warningAlpha = 0.005, twoSided = false } = options;
  checkWhole('minValues', minValues, 1, 1e9);
  checkShare('driftAlpha', driftAlpha);
  checkShare('warningAlpha', warningAlpha);
  const driftTerm = log(1 / driftAlpha);
  const warningTerm = log(1 / warningAlpha);
  /** Hoeffding's radius of a mean of n values. */
  const radius = (n: number) => Math.sqrt(driftTerm / (2 * n));
  /** Whether the whole (n, mean) lies above the part before the cut, or below it with `sign` -1. */
  const above = (n: number, mean: number, cutN: number, cutMean: number, sign: number, term: number) =>
    sign * (mean - cutMean) >= Math.sqrt(((n - cutN) / (2 * cutN * n)) * term);
  return makeDetector({
    kind: 'hddm-a',
    settings: [minValues, driftAlpha, warningAlpha, twoSided ? 1 : 0],
    low: 0,
    high: 1,
    // Whole: count, mean; cut with the lowest upper bound: count, mean; cut with the highest lower bound: count, mean.
    fresh: () => [0, 0, 0, 0, 0, 0],
    sound: ([n, mean, lowN, lowMean, highN, highMean]) =>
      isCount(n!) &&
      isCount(lowN!) &&
      isCount(highN!) &&
      lowN! <= n! &&
      highN! <= n! &&
      [mean!, lowMean!, highMean!].every((x) => x >= -1e-9 && x <= 1 + 1e-9),
    step(memory, x, seen) {
      const n = memory[0]! + 1;
      const mean = memory[1]! + (x - memory[1]!) / n;
      memory[0] = n;
      memory[1] = mean;
      if (memory[2] === 0 || mean + radius(n) <= memory[3]! + radius(memory[2]!)) {
        memory[2] = n;
        memory[3] = mean;
      }
      if (memory[4] === 0 || memory[5]! - radius(memory[4]!) <= mean - radius(n)) {
        memory[4] = n;
        memory[5] = mean;
      }
      // As in frouros: the first values are counted once for the whole stream, and no test is made when the cut is here.
      if (seen + 1 < minValues || n === memory[2]) return QUIET;
      let outcome = QUIET;
      if (above(n, mean, memory[2]!, memory[3]!, 1, driftTerm)) outcome = DRIFT;
      else if (above(n, mean, memory[2]!, memory[3]!, 1, warningTerm)) outcome = WARNING;
      if (!twoSided || outcome === DRIFT) return outcome;
      if (above(n, mean, memory[4]!, memory[5]!, -1, driftTerm)) return DRIFT;
      if (above(n, mean, memory[4]!, memory[5]!, -1, warningTerm)) return WARNING;
      return outcome;
    },
    holding: ([n, mean]) => [n!, mean!],
  });
}
