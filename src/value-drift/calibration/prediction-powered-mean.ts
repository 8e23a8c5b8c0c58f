import { SynthproofError } from '../../errors.ts';
import { normalQuantile } from '../../math/normal-quantile.ts';
import { checkRange, checkShare } from '../../stats/internal-options.ts';
import type { Interval } from '../../types.ts';
import { checkNumbers, checkPaired } from './internal-check.ts';

/** Options of {@link predictionPoweredMean}. */
export interface PredictionPoweredOptions {
  /** Coverage of the interval, default 0.95. */
  readonly level?: number | undefined;
  /** Weight of the judge, 0 (people alone) to 1. Default: the weight that makes the interval narrowest. */
  readonly weight?: number | undefined;
}

/** Result of {@link predictionPoweredMean}. JSON-safe. */
export interface PredictionPoweredMean {
  /** Estimated mean of what people would say. */
  readonly estimate: number;
  /** Normal interval of it. */
  readonly interval: Interval;
  /** Weight given to the judge, 0 to 1. */
  readonly weight: number;
  /** Plain mean of the judge's scores, for comparison: off by the judge's bias. */
  readonly judgeMean: number;
  /** Items with a human label. */
  readonly labelled: number;
  /** Items scored by the judge alone. */
  readonly unlabelled: number;
}

/**
 * Mean of a human judgement from few human labels and many judge scores: the labels take out the judge's bias, the scores
 * the noise.
 *
 * w mean(judge on the rest) + mean(human - w judge on the labelled), with the w of least variance, within [0, 1]. Correct
 * for any judge; the better the judge, the narrower. The labelled items must be drawn like the others.
 * Source: Angelopoulos et al. 2023, PPI, and PPI++ for the weight.
 *
 * @param human - Human labels of some items.
 * @param judgeOnHuman - The judge's scores of the same items.
 * @param judgeUnlabelled - The judge's scores of the other items.
 * @param options - See {@link PredictionPoweredOptions}.
 * @returns See {@link PredictionPoweredMean}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`; `EMPTY_INPUT` for fewer than two items on a side; `BAD_VALUE`;
 * `OUT_OF_RANGE`.
 * @example
 * predictionPoweredMean([1, 0, 1, 1], [1, 0, 1, 1], [1, 1, 0, 0, 1, 0], { weight: 1 }).estimate; // => 0.5
 */
export function predictionPoweredMean(
  human: ArrayLike<number>,
  judgeOnHuman: ArrayLike<number>,
  judgeUnlabelled: ArrayLike<number>,
  options: PredictionPoweredOptions = {},
): PredictionPoweredMean {
  const { level = 0.95 } = options;
  checkShare('level', level);
  checkPaired('judgeOnHuman', human, judgeOnHuman, 2);
  checkNumbers('human', human);
  checkNumbers('judgeOnHuman', judgeOnHuman);
  checkNumbers('judgeUnlabelled', judgeUnlabelled);
  const n = human.length;
  const m = judgeUnlabelled.length;
  if (m < 2)
    throw new SynthproofError('EMPTY_INPUT', `judgeUnlabelled: expected at least 2 scores, received ${m}`, {
      argument: 'judgeUnlabelled',
    });
  const { weight = bestWeight(human, judgeOnHuman, judgeUnlabelled) } = options;
  checkRange('weight', weight, 0, 1);
  const rest = momentsOf(m, (i) => judgeUnlabelled[i]!);
  const rectifier = momentsOf(n, (i) => human[i]! - weight * judgeOnHuman[i]!);
  const estimate = weight * rest.mean + rectifier.mean;
  const reach =
    normalQuantile(0.5 + level / 2) * Math.sqrt((weight * weight * rest.variance) / m + rectifier.variance / n);
  const labelledMean = momentsOf(n, (i) => judgeOnHuman[i]!).mean;
  return {
    estimate,
    interval: { lower: estimate - reach, upper: estimate + reach, level, method: 'prediction-powered' },
    weight,
    judgeMean: (labelledMean * n + rest.mean * m) / (n + m),
    labelled: n,
    unlabelled: m,
  };
}

/** Mean and population variance, in two passes. */
function momentsOf(n: number, at: (i: number) => number): { mean: number; variance: number } {
  let total = 0;
  for (let i = 0; i < n; i++) total += at(i);
  const mean = total / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (at(i) - mean) * (at(i) - mean);
  return { mean, variance: squares / n };
}

/** cov(human, judge) / ((1 + n/m) var(judge)), the variance over all of the judge's scores. */
function bestWeight(human: ArrayLike<number>, judged: ArrayLike<number>, rest: ArrayLike<number>): number {
  const n = human.length;
  const m = rest.length;
  const a = momentsOf(n, (i) => human[i]!).mean;
  const b = momentsOf(n, (i) => judged[i]!).mean;
  let covariance = 0;
  for (let i = 0; i < n; i++) covariance += ((human[i]! - a) * (judged[i]! - b)) / n;
  const all = momentsOf(n + m, (i) => (i < n ? judged[i]! : rest[i - n]!));
  const variance = (all.variance * (n + m)) / (n + m - 1);
  return variance === 0 ? 0 : Math.min(1, Math.max(0, covariance / ((1 + n / m) * variance)));
}
