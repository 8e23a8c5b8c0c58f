import type { Interval, Measure } from '../../types.ts';
import type { DriftVerdict } from '../drift-report.ts';
import type { ValueProfile } from '../profile-values.ts';
import type { ChangePointResult } from './change-point.ts';
import type { TrainingRegime } from './infer-regime.ts';
import type { TrendTestResult } from './trend-test.ts';

/** One generation as given to `generationCurve`. */
export interface Generation {
  /** Name, unique in the line. */
  readonly id: string;
  /** Its scores, with the same spec and scorer in every generation. */
  readonly profile: ValueProfile;
  /** Id of the generation it was made from. Default: the one before it in the list. */
  readonly parent?: string | undefined;
  /** Share of real items in what the generation's model was trained on, 0 to 1. */
  readonly realShare?: number | undefined;
  /** The texts, in the order of the profile's items: diversity, novelty, copies and length come from them. */
  readonly texts?: readonly string[] | undefined;
  /** A diversity figure where texts are not given, for example from `vendiScoreFromVectors`; the same kind in every generation. */
  readonly diversity?: number | Measure | null | undefined;
  /** A novelty figure where texts are not given, for example from `ngramNovelty` or `newRowSynthesis`. */
  readonly novelty?: number | Measure | null | undefined;
}

/** Change of one value. */
export interface GenerationValueChange {
  /** Id of the value. */
  readonly id: string;
  /** Change of its mean, in standard deviations of the generation compared with; null when it cannot be computed. */
  readonly change: number | null;
  /** Interval that holds for all values together, in the same unit. */
  readonly interval?: Interval | undefined;
}

/** Drift from one generation to another. */
export interface GenerationDrift {
  /** Root mean square of the values' changes, in standard deviations of the generation compared with; null when none is known. */
  readonly size: number | null;
  /** Interval of `size`, from the intervals that hold for all values together; on the cautious side. */
  readonly interval?: Interval | undefined;
  /** The value that changed most; null when none did. */
  readonly largest: string | null;
  /** Permutation p-value of no change in any value. */
  readonly pValue: number;
  /** The same, allowing for all generations of the curve (Holm). */
  readonly pAdjusted: number;
  /** Verdict of the comparison on its own. */
  readonly verdict: DriftVerdict;
  /** Set when the scores alone would say `drift` and the scorer does not agree with people well enough to say so. */
  readonly limited?: true | undefined;
  /** One entry per value, in the order of the spec. */
  readonly values: readonly GenerationValueChange[];
}

/** Figures of a generation's texts. */
export interface GenerationTexts {
  /** Effective share of different texts: Vendi score of word counts over the number of texts entered, 0 to 1. */
  readonly vendiShare: number | null;
  /** Distinct pairs of words at equal numbers of pairs in every generation, 0 to 1. */
  readonly distinct2: number | null;
  /** Share of 4-word runs that no ancestor holds, 0 to 1; null for the origin. */
  readonly novelty: number | null;
  /** Share of texts that an ancestor holds, or that repeat one of the same generation, 0 to 1. */
  readonly duplicates: number | null;
  /** Wasserstein-1 distance of log(1 + words) from the origin's; null without texts. */
  readonly logLength: number | null;
}

/** One point of the curve. */
export interface GenerationPoint {
  /** Name. */
  readonly id: string;
  /** Name of the generation it was made from; null for the origin. */
  readonly parent: string | null;
  /** Generations since the origin along its parents. */
  readonly depth: number;
  /** Items. */
  readonly n: number;
  /** Share of real items in its training data; null when not given. */
  readonly realShare: number | null;
  /** Drift from the origin; null for the origin. */
  readonly fromOrigin: GenerationDrift | null;
  /** Drift from the parent; null for the origin. */
  readonly fromParent: GenerationDrift | null;
  /** Variance over the origin's, the mean over values; 1 for the origin, null when the origin has none. */
  readonly varianceRatio: number | null;
  /** Interval of the variance ratio. */
  readonly varianceInterval?: Interval | undefined;
  /** Share of scores below the origin's 5 % or above its 95 % quantile, the mean over values; about 0.1 for the origin. */
  readonly tailMass: number | null;
  /** Diversity: as given, else the Vendi share of the texts; null without either. */
  readonly diversity: number | null;
  /** Novelty: as given, else of the texts; null without either. */
  readonly novelty: number | null;
  /** More figures of the texts, where given. */
  readonly texts?: GenerationTexts | undefined;
  /** p-value of "the variance is not below the tolerated one"; null where it cannot be tested. */
  readonly collapseP: number | null;
  /** What the p-value must not pass for an alarm: (1 - level) / (k (k + 1)) at the k-th generation tested. */
  readonly collapseThreshold: number | null;
  /** Whether it is an alarm. */
  readonly collapsed: boolean;
}

/** Trend and change point of one series of the curve, over the generations in order. */
export interface GenerationTrend {
  /** Which: `drift from origin`, `drift from parent`, `variance ratio`, `tail mass`, `diversity` or `novelty`. */
  readonly series: string;
  /** Its trend. */
  readonly trend: TrendTestResult;
  /** Its likeliest change of level. */
  readonly change: ChangePointResult;
  /** Id of the first generation after the change; null when there is none to test. */
  readonly changeAt: string | null;
}

/** The curve of a line of generations. JSON-safe. */
export interface GenerationCurve {
  /** Name and version of the value spec. */
  readonly spec: string;
  /** Hash of the spec. */
  readonly specHash: string;
  /** The scorer. */
  readonly scorerId: string;
  /** Confidence of intervals, verdicts and alarms. */
  readonly level: number;
  /** Loss of variance that is tolerated before a collapse counts, a share. */
  readonly tolerance: number;
  /** The generations in order; the first is the origin. */
  readonly points: readonly GenerationPoint[];
  /** Series that have at least two values. */
  readonly trends: readonly GenerationTrend[];
  /** Id of the first generation with a collapse alarm; null when there is none. */
  readonly collapseAt: string | null;
  /** What the means say about the training data; null when generations branch or fewer than three are there. */
  readonly regime: TrainingRegime | null;
  /** What the reader must know. */
  readonly warnings: readonly string[];
}
