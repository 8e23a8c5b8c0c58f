import { SynthproofError } from '../../errors.ts';
import { pow } from '../../math/pow.ts';
import { checkShare, checkWhole } from '../../stats/internal-options.ts';
import { DRIFT, isCount, makeDetector, QUIET, WARNING } from './internal-detector.ts';
import type { StreamDetector } from './stream-detector.ts';

/** Options of {@link ecddDetector}. */
export interface EcddOptions {
  /** Values before the first alarm, default 30. */
  readonly minValues?: number | undefined;
  /** Weight of the newest value, 0 to 1. Default 0.2. */
  readonly lambda?: number | undefined;
  /** Mean number of values between false alarms that the limit was fitted to: 100, 400 or 1000. Default 400. */
  readonly runLength?: 100 | 400 | 1000 | undefined;
  /** Share of the limit that raises a warning, 0 to 1. Default 0.5. */
  readonly warningShare?: number | undefined;
}

/**
 * ECDD for a rise of an error rate: alarm when an exponentially weighted mean exceeds p by a number of its standard
 * deviations.
 *
 * The number comes from a polynomial in p that was fitted by simulation for lambda 0.2. Steady streams of 3,000 values
 * raise an alarm almost always: that is what a run length of 400 says.
 * Source: Ross, Adams, Tasoulis and Hand 2012, table 1.
 *
 * @param options - See {@link EcddOptions}.
 * @returns The detector; its values are errors, 0 or 1.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for an impossible option; `BAD_VALUE` for a value outside [0, 1];
 * `BAD_MODEL` for a foreign state.
 * @example
 * const detector = ecddDetector();
 * const values = Array.from({ length: 130 }, (_, i) => (i < 100 ? (i % 10 === 9 ? 1 : 0) : 1));
 * detector.update(detector.init(), values).drifts[0]; // => 101
 */
export function ecddDetector(options: EcddOptions = {}): StreamDetector {
  const { minValues = 30, lambda = 0.2, runLength = 400, warningShare = 0.5 } = options;
  checkWhole('minValues', minValues, 1, 1e9);
  checkShare('lambda', lambda);
  checkShare('warningShare', warningShare);
  if (runLength !== 100 && runLength !== 400 && runLength !== 1000)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `runLength: expected 100, 400 or 1000, for which limits were fitted, received ${String(runLength)}`,
      { argument: 'runLength' },
    );
  const limit = runLength === 100 ? limitFor100 : runLength === 400 ? limitFor400 : limitFor1000;
  const left = (1 - lambda) * (1 - lambda);
  return makeDetector({
    kind: 'ecdd',
    settings: [minValues, lambda, runLength, warningShare],
    low: 0,
    high: 1,
    // Count, mean, weighted mean.
    fresh: () => [0, 0, 0],
    sound: ([n, mean]) => isCount(n!) && mean! >= 0 && mean! <= 1,
    step(memory, x) {
      const n = memory[0]! + 1;
      const p = Math.min(1, Math.max(0, memory[1]! + (x - memory[1]!) / n));
      const z = lambda * x + (1 - lambda) * memory[2]!;
      memory[0] = n;
      memory[1] = p;
      memory[2] = z;
      if (n < minValues) return QUIET;
      const spread = Math.sqrt((lambda / (2 - lambda)) * (1 - pow(left, n)) * (p * (1 - p)));
      const reach = limit(p) * spread;
      return z > p + reach ? DRIFT : z > p + warningShare * reach ? WARNING : QUIET;
    },
    holding: ([n, mean]) => [n!, mean!],
  });
}

function limitFor100(p: number): number {
  const c = p * p * p;
  return 2.76 - 6.23 * p + 18.12 * c - 312.45 * c * p * p + 1002.18 * c * c * p;
}

function limitFor400(p: number): number {
  const c = p * p * p;
  return 3.97 - 6.56 * p + 48.73 * c - 330.13 * c * p * p + 848.18 * c * c * p;
}

function limitFor1000(p: number): number {
  const c = p * p * p;
  return 1.17 + 7.56 * p - 21.24 * c + 112.12 * c * p * p - 987.23 * c * c * p;
}
