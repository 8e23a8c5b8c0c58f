import { createRng, uniformInt } from '../../random/index.ts';
import { checkShare, checkWhole } from '../../stats/internal-options.ts';
import { quantile } from '../../stats/quantile.ts';
import { jobStep } from '../../text/internal-check.ts';
import type { JobOptions, Measure } from '../../types.ts';
import { checkPaired } from './internal-check.ts';
import { type AgreementMetric, krippendorffAlpha } from './krippendorff-alpha.ts';
import { type RankAgreement, rankAgreement } from './rank-agreement.ts';

/** Options of {@link calibrateJudge}. */
export interface CalibrateJudgeOptions extends JobOptions {
  /** Distance of two ratings. Default `ordinal`. */
  readonly metric?: AgreementMetric | undefined;
  /** Least alpha at which the judge may decide. Default 0.667, Krippendorff's mark for tentative conclusions. */
  readonly least?: number | undefined;
  /** Name of the judge, for readers. Default `judge`. */
  readonly judgeId?: string | undefined;
  /** Coverage of the interval of alpha, default 0.95. */
  readonly level?: number | undefined;
  /** Bootstrap draws of the interval, default 400. */
  readonly draws?: number | undefined;
  /** Seed of the draws, default ''. */
  readonly seed?: string | undefined;
}

/** How far a judge agrees with people. JSON-safe. */
export interface JudgeCalibration {
  /** Name of the judge. */
  readonly judgeId: string;
  /** Krippendorff's alpha of judge and people, with a bootstrap interval over items; null with its reason. */
  readonly agreement: Measure;
  /** Distance of two ratings. */
  readonly metric: AgreementMetric;
  /** Least alpha at which the judge may decide. */
  readonly least: number;
  /** Whether it may: alpha is known and at least `least`. Otherwise its verdicts are at most `inconclusive`. */
  readonly usable: boolean;
  /** Items with both ratings. */
  readonly n: number;
  /** Items without a human or a judge's rating. */
  readonly leftOut: number;
  /** Mean of judge less human, in rating points: what a mean of the judge's scores is off by; null without items. */
  readonly bias: number | null;
  /** Whether both put the items in the same order; null below two items. */
  readonly ranks: RankAgreement | null;
}

/**
 * Holds a judge against people who rated the same items, and decides whether its verdicts may count.
 *
 * A judge can rank well and still be off by a constant, or agree with itself and not with people: alpha sees both.
 * Source: Krippendorff 2011; see {@link krippendorffAlpha}.
 *
 * @param human - People's ratings; null for none. With several people: their median, or one of them.
 * @param judge - The judge's ratings of the same items; null for none (abstained, not parsed).
 * @param options - See {@link CalibrateJudgeOptions}.
 * @returns See {@link JudgeCalibration}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `EMPTY_INPUT`, `BAD_VALUE`, `OUT_OF_RANGE`; `BAD_OPTION` for an
 * unknown metric; `ABORTED`.
 * @example
 * const calibration = calibrateJudge([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]);
 * [calibration.usable, calibration.bias]; // => [true, 0]
 * calibrateJudge([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]).usable; // => false
 */
export function calibrateJudge(
  human: readonly (number | null)[],
  judge: readonly (number | null)[],
  options: CalibrateJudgeOptions = {},
): JudgeCalibration {
  const { metric = 'ordinal', least = 0.667, judgeId = 'judge', level = 0.95, draws = 400, seed = '' } = options;
  checkPaired('judge', human, judge, 1);
  checkShare('least', least);
  checkShare('level', level);
  checkWhole('draws', draws, 1, 1_000_000);
  const found = krippendorffAlpha([human, judge], { metric });
  const a: number[] = [];
  const b: number[] = [];
  for (let i = 0; i < human.length; i++) {
    const x = human[i] ?? Number.NaN;
    const y = judge[i] ?? Number.NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    a.push(x);
    b.push(y);
  }
  let bias = 0;
  for (let i = 0; i < a.length; i++) bias += (b[i]! - a[i]!) / a.length;
  const base = { metric: 'krippendorffAlpha', range: [null, 1], goal: 'maximize', n: a.length } as const;
  const agreement: Measure =
    found.alpha === null
      ? { ...base, value: null, reason: found.reason }
      : { ...base, value: found.alpha, ...intervalOf(a, b, metric, level, draws, seed, options) };
  return {
    judgeId,
    agreement,
    metric,
    least,
    usable: found.alpha !== null && found.alpha >= least,
    n: a.length,
    leftOut: human.length - a.length,
    bias: a.length === 0 ? null : bias,
    ranks: a.length < 2 ? null : rankAgreement(a, b),
  };
}

/** Percentile bootstrap over items; draws of one category alone have no alpha and do not count. */
function intervalOf(
  a: readonly number[],
  b: readonly number[],
  metric: AgreementMetric,
  level: number,
  draws: number,
  seed: string,
  job: JobOptions,
): Pick<Measure, 'interval'> {
  const rng = createRng(seed).stream('calibrateJudge/1');
  const n = a.length;
  const found: number[] = [];
  for (let d = 0; d < draws; d++) {
    if ((d & 15) === 0) jobStep(job, 'calibrateJudge', d, draws);
    const picks = Array.from({ length: n }, () => uniformInt(rng, n));
    const { alpha } = krippendorffAlpha([picks.map((i) => a[i]!), picks.map((i) => b[i]!)], { metric });
    if (alpha !== null) found.push(alpha);
  }
  // An interval from a minority of the draws would say more than is known.
  if (found.length < draws / 2) return {};
  const lower = quantile(found, (1 - level) / 2);
  const upper = quantile(found, (1 + level) / 2);
  return lower === null || upper === null ? {} : { interval: { lower, upper, level, method: 'bootstrap-percentile' } };
}
