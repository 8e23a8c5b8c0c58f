import { log } from '../../math/log.ts';
import { checkShare, checkWhole } from '../../stats/internal-options.ts';
import { DRIFT, makeDetector, QUIET, WARNING } from './internal-detector.ts';
import type { StreamDetector } from './stream-detector.ts';

/** Options of {@link hddmWDetector}. */
export interface HddmWOptions {
  /** Values before the first alarm, default 30. */
  readonly minValues?: number | undefined;
  /** Level of one test for the alarm. Default 0.001. */
  readonly driftAlpha?: number | undefined;
  /** Level of one test for the warning. Default 0.005. */
  readonly warningAlpha?: number | undefined;
  /** Weight of the newest value, 0 to 1. Default 0.05. */
  readonly lambda?: number | undefined;
  /** Whether a fall raises alarms too. Default false. */
  readonly twoSided?: boolean | undefined;
}

/** A weighted mean and the sum of its squared weights. */
const MEAN = 0;
const WEIGHT = 1;

/**
 * HDDM_W for a rise (or a change) of a bounded mean: McDiarmid's bound between two exponentially weighted means, before
 * and after the best cut.
 *
 * The level holds for one test, not for the whole stream: expect false alarms in more than half of steady streams of
 * 3,000 values. Source: Frias-Blanco et al. 2015; the cut is chosen with level `lambda`, as frouros does.
 *
 * @param options - See {@link HddmWOptions}.
 * @returns The detector; its values lie in [0, 1].
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for an impossible option; `BAD_VALUE` for a value outside [0, 1];
 * `BAD_MODEL` for a foreign state.
 * @example
 * const detector = hddmWDetector();
 * const values = [...new Array(100).fill(0), ...new Array(60).fill(1)];
 * detector.update(detector.init(), values).drifts[0]; // => 123
 */
export function hddmWDetector(options: HddmWOptions = {}): StreamDetector {
  const { minValues = 30, driftAlpha = 0.001, warningAlpha = 0.005, lambda = 0.05, twoSided = false } = options;
  checkWhole('minValues', minValues, 1, 1e9);
  checkShare('driftAlpha', driftAlpha);
  checkShare('warningAlpha', warningAlpha);
  checkShare('lambda', lambda);
  const driftTerm = log(1 / driftAlpha);
  const warningTerm = log(1 / warningAlpha);
  const cutTerm = log(1 / lambda);
  const take = (memory: number[], at: number, x: number) => {
    memory[at + MEAN] = lambda * x + (1 - lambda) * memory[at + MEAN]!;
    memory[at + WEIGHT] = lambda * lambda + (1 - lambda) * (1 - lambda) * memory[at + WEIGHT]!;
  };
  const above = (memory: readonly number[], before: number, after: number, sign: number, term: number) =>
    sign * (memory[after + MEAN]! - memory[before + MEAN]!) >
    Math.sqrt(((memory[before + WEIGHT]! + memory[after + WEIGHT]!) * term) / 2);
  /** Moves the cut here when the bound is the best so far; otherwise the value belongs to the part after the cut. */
  const cut = (memory: number[], at: number, bound: number, best: number, x: number) => {
    if (best > 0) {
      memory[at] = bound;
      memory[at + 1] = memory[1 + MEAN]!;
      memory[at + 2] = memory[1 + WEIGHT]!;
      memory[at + 3] = 0;
      memory[at + 4] = 1;
    } else take(memory, at + 3, x);
  };
  const RISE = 3;
  const FALL = 8;
  return makeDetector({
    kind: 'hddm-w',
    settings: [minValues, driftAlpha, warningAlpha, lambda, twoSided ? 1 : 0],
    low: 0,
    high: 1,
    // Count; whole: mean, weight; for a rise: bound at the cut, mean and weight before, mean and weight after; for a fall
    // the same. The first bound is beyond all others.
    fresh: () => [0, 0, 1, 1e9, 0, 1, 0, 1, -1e9, 0, 1, 0, 1],
    sound: (memory) => memory.every((x, i) => i === RISE || i === FALL || x >= 0),
    step(memory, x, seen) {
      memory[0] = memory[0]! + 1;
      take(memory, 1, x);
      const radius = Math.sqrt((memory[1 + WEIGHT]! * cutTerm) / 2);
      const upper = memory[1 + MEAN]! + radius;
      const lower = memory[1 + MEAN]! - radius;
      cut(memory, RISE, upper, memory[RISE]! - upper, x);
      cut(memory, FALL, lower, lower - memory[FALL]!, x);
      if (seen + 1 < minValues) return QUIET;
      if (above(memory, RISE + 1, RISE + 3, 1, driftTerm)) return DRIFT;
      if (twoSided && above(memory, FALL + 1, FALL + 3, -1, driftTerm)) return DRIFT;
      if (above(memory, RISE + 1, RISE + 3, 1, warningTerm)) return WARNING;
      return twoSided && above(memory, FALL + 1, FALL + 3, -1, warningTerm) ? WARNING : QUIET;
    },
    holding: ([n, mean]) => [n!, mean!],
  });
}
