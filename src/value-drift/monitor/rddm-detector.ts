import { checkRange, checkWhole } from '../../stats/internal-options.ts';
import { DRIFT, isCount, makeDetector, QUIET, WARNING } from './internal-detector.ts';
import { errorRateAbove, errorRateSound, freshErrorRate, lowerErrorRate, takeError } from './internal-error-rate.ts';
import type { StreamDetector } from './stream-detector.ts';

/** Options of {@link rddmDetector}. */
export interface RddmOptions {
  /** Values before the first alarm, default 129. */
  readonly minValues?: number | undefined;
  /** Standard deviations above the lowest rate that raise a warning. Default 1.773. */
  readonly warningLevel?: number | undefined;
  /** Standard deviations above the lowest rate that raise an alarm. Default 2.258. */
  readonly driftLevel?: number | undefined;
  /** Values after which a steady stream is cut back to the newest `minConcept`; at least `minValues`. Default 40,000. */
  readonly maxConcept?: number | undefined;
  /** Values that are kept at most. Default 7,000. */
  readonly minConcept?: number | undefined;
  /** Warnings on end that count as an alarm. Default 1,400. */
  readonly maxWarnings?: number | undefined;
}

/** Where the numbers stand in the memory; the kept values follow, oldest first. */
const WARNINGS = 4;
const REBUILD = 5;
const KEPT = 6;

/**
 * RDDM: DDM that forgets: long steady streams are cut back to their newest values, and a long warning is an alarm.
 *
 * After an alarm it starts again from the values since its warning began. No stated rate of false alarms.
 * Source: Barros, Cabral, Goncalves and Santos 2017.
 *
 * @param options - See {@link RddmOptions}.
 * @returns The detector; its values are errors, 0 or 1.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for an impossible option; `BAD_VALUE` for a value outside [0, 1];
 * `BAD_MODEL` for a foreign state.
 * @example
 * const detector = rddmDetector();
 * const values = Array.from({ length: 260 }, (_, i) => (i < 200 ? (i % 10 === 9 ? 1 : 0) : 1));
 * detector.update(detector.init(), values).drifts[0]; // => 204
 */
export function rddmDetector(options: RddmOptions = {}): StreamDetector {
  const { minValues = 129, warningLevel = 1.773, driftLevel = 2.258 } = options;
  const { maxConcept = 40_000, minConcept = 7000, maxWarnings = 1400 } = options;
  checkWhole('minValues', minValues, 1, 1e9);
  checkRange('warningLevel', warningLevel, 0, driftLevel);
  checkRange('driftLevel', driftLevel, 0, 1e6);
  checkWhole('maxConcept', maxConcept, minValues, 1e9);
  checkWhole('minConcept', minConcept, 1, 1e6);
  checkWhole('maxWarnings', maxWarnings, 1, 1e9);
  const judge = (memory: number[]): number => {
    if (memory[0]! < minValues) return QUIET;
    lowerErrorRate(memory);
    if (errorRateAbove(memory, driftLevel)) return DRIFT;
    if (!errorRateAbove(memory, warningLevel)) {
      memory[WARNINGS] = 0;
      return QUIET;
    }
    if (memory[WARNINGS]! >= maxWarnings) return DRIFT;
    memory[WARNINGS] = memory[WARNINGS]! + 1;
    return WARNING;
  };
  /** Starts the rate again from the kept values. */
  const rebuild = (memory: number[], afterAlarm: boolean) => {
    const kept = memory.slice(KEPT);
    const fresh = freshErrorRate();
    memory.length = 0;
    for (const x of fresh) memory.push(x);
    memory.push(0, 0);
    for (const x of kept) {
      memory.push(x);
      takeError(memory, x);
      if (afterAlarm && memory[0]! >= minValues) lowerErrorRate(memory);
    }
  };
  return makeDetector({
    kind: 'rddm',
    settings: [minValues, warningLevel, driftLevel, maxConcept, minConcept, maxWarnings],
    low: 0,
    high: 1,
    fresh: () => [...freshErrorRate(), 0, 0],
    most: KEPT + minConcept,
    sound: (memory) =>
      errorRateSound(memory) &&
      isCount(memory[WARNINGS]!) &&
      (memory[REBUILD] === 0 || memory[REBUILD] === 1) &&
      memory.every((x, i) => i < KEPT || (x >= 0 && x <= 1)),
    restart(memory) {
      // What came since the warning began; the last value alone when there was none.
      const since = Math.min(memory.length - KEPT, memory[WARNINGS]! + 1);
      memory.splice(KEPT, memory.length - KEPT - since);
      rebuild(memory, true);
    },
    step(memory, x) {
      if (memory[REBUILD] === 1) rebuild(memory, false);
      if (memory.length === KEPT + minConcept) memory.splice(KEPT, 1);
      memory.push(x);
      takeError(memory, x);
      const outcome = judge(memory);
      memory[REBUILD] = outcome === QUIET && memory[0]! >= maxConcept ? 1 : 0;
      return outcome;
    },
    holding: ([n, mean]) => [n!, mean!],
  });
}
