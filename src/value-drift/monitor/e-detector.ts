import { log } from '../../math/log.ts';
import { log1p } from '../../math/log1p.ts';
import { checkRange, checkShare } from '../../stats/internal-options.ts';
import { checkValues } from './internal-check.ts';
import { logAdd } from './internal-log-add.ts';

/** Options of {@link eDetector}. */
export interface EDetectorOptions {
  /** Mean before a change, between 0 and 1; a lower one will do as well when the bet is above 0. */
  readonly mean: number;
  /** The bet, from -1/(1 - mean) to 1/mean: above 0 against a rise, below 0 against a fall. */
  readonly bet: number;
  /** An alarm comes at 1/alpha, so that false alarms are on average at least 1/alpha scores apart. Default 0.001. */
  readonly alpha?: number | undefined;
}

/** Result of {@link eDetector}. */
export interface EDetectorResult {
  /** Natural log of the Shiryaev-Roberts statistic after each score. */
  readonly logShiryaevRoberts: Float64Array<ArrayBuffer>;
  /** Natural log of the CUSUM statistic after each score. */
  readonly logCusum: Float64Array<ArrayBuffer>;
  /** Position (from 0) of the first alarm of the Shiryaev-Roberts statistic; null: none. */
  readonly shiryaevRobertsAlarm: number | null;
  /** Position (from 0) of the first alarm of CUSUM; null: none. */
  readonly cusumAlarm: number | null;
}

/**
 * Change detectors with a guaranteed run length: with L = 1 + bet (x - mean), e-SR is S = L (S + 1) and e-CUSUM is
 * M = L max(M, 1).
 *
 * Before the change the mean time to an alarm at 1/alpha is at least 1/alpha, for any dependence of the scores on their past.
 * Source: Shin, Ramdas and Rinaldo 2024.
 *
 * @param scores - Numbers in [0, 1].
 * @param options - See {@link EDetectorOptions}.
 * @returns See {@link EDetectorResult}.
 * @throws {@link SynthproofError} `BAD_VALUE` for a score outside [0, 1]; `OUT_OF_RANGE` for an impossible option.
 * @example
 * const scores = [...new Array(50).fill(0), ...new Array(50).fill(1)];
 * eDetector(scores, { mean: 0.3, bet: 0.8 }).shiryaevRobertsAlarm; // => 61
 */
export function eDetector(scores: ArrayLike<number>, options: EDetectorOptions): EDetectorResult {
  const { mean, bet, alpha = 0.001 } = options;
  checkShare('mean', mean);
  checkRange('bet', bet, -1 / (1 - mean), 1 / mean);
  checkShare('alpha', alpha);
  checkValues('scores', scores, 0, 1);
  const n = scores.length;
  const logShiryaevRoberts = new Float64Array(n);
  const logCusum = new Float64Array(n);
  const limit = -log(alpha);
  let shiryaevRoberts = -Infinity;
  let cusum = 0;
  let shiryaevRobertsAlarm: number | null = null;
  let cusumAlarm: number | null = null;
  for (let i = 0; i < n; i++) {
    const step = log1p(bet * (scores[i]! - mean));
    shiryaevRoberts = step + logAdd(shiryaevRoberts, 0);
    cusum = step + Math.max(cusum, 0);
    logShiryaevRoberts[i] = shiryaevRoberts;
    logCusum[i] = cusum;
    if (shiryaevRobertsAlarm === null && shiryaevRoberts >= limit) shiryaevRobertsAlarm = i;
    if (cusumAlarm === null && cusum >= limit) cusumAlarm = i;
  }
  return { logShiryaevRoberts, logCusum, shiryaevRobertsAlarm, cusumAlarm };
}
