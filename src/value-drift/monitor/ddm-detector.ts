import { checkRange, checkWhole } from '../../stats/internal-options.ts';
import { DRIFT, makeDetector, QUIET, WARNING } from './internal-detector.ts';
import { errorRateAbove, errorRateSound, freshErrorRate, lowerErrorRate, takeError } from './internal-error-rate.ts';
import type { StreamDetector } from './stream-detector.ts';

/** Options of {@link ddmDetector}. */
export interface DdmOptions {
  /** Values before the first alarm, default 30. */
  readonly minValues?: number | undefined;
  /** Standard deviations above the lowest rate that raise a warning. Default 2. */
  readonly warningLevel?: number | undefined;
  /** Standard deviations above the lowest rate that raise an alarm. Default 3. */
  readonly driftLevel?: number | undefined;
}

/**
 * DDM for a rise of an error rate: alarm when p + s exceeds its lowest value so far by a number of standard deviations.
 *
 * p is the share of errors since the last alarm, s = sqrt(p (1 - p) / n). No stated rate of false alarms.
 * Source: Gama, Medas, Castillo and Rodrigues 2004.
 *
 * @param options - See {@link DdmOptions}.
 * @returns The detector; its values are errors, 0 or 1 (shares between them will do).
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for an impossible option; `BAD_VALUE` for a value outside [0, 1];
 * `BAD_MODEL` for a foreign state.
 * @example
 * const detector = ddmDetector();
 * const values = Array.from({ length: 130 }, (_, i) => (i < 100 ? (i % 10 === 9 ? 1 : 0) : 1));
 * detector.update(detector.init(), values).drifts[0]; // => 108
 */
export function ddmDetector(options: DdmOptions = {}): StreamDetector {
  const { minValues = 30, warningLevel = 2, driftLevel = 3 } = options;
  checkWhole('minValues', minValues, 1, 1e9);
  checkRange('warningLevel', warningLevel, 0, driftLevel);
  checkRange('driftLevel', driftLevel, 0, 1e6);
  return makeDetector({
    kind: 'ddm',
    settings: [minValues, warningLevel, driftLevel],
    low: 0,
    high: 1,
    fresh: freshErrorRate,
    sound: errorRateSound,
    step(memory, x) {
      takeError(memory, x);
      if (memory[0]! < minValues) return QUIET;
      lowerErrorRate(memory);
      return errorRateAbove(memory, driftLevel) ? DRIFT : errorRateAbove(memory, warningLevel) ? WARNING : QUIET;
    },
    holding: ([n, mean]) => [n!, mean!],
  });
}
