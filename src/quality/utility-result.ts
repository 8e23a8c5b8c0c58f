import type { Measure } from '../types.ts';
import type { QualityLearner } from './measure-detectability.ts';
import type { NoiseFloor } from './quality-result.ts';

/** A figure of utility. */
export interface UtilityMeasure extends Measure {
  /** Why `value` is null: the hold-out has a single class, or the figure of the real rows is not above 0. */
  readonly reason?: 'ONE_CLASS' | 'NO_VARIATION' | 'REFERENCE_NOT_POSITIVE' | 'NOT_TRAINED' | undefined;
}

/** One figure of merit, by models of real and of synthetic rows, on the same real hold-out. */
export interface UtilityComparison {
  /** `auc` (of the positive class; mean over the classes when there are more than two), `accuracy`, `f1` (likewise), `r2`, `rmse`. */
  readonly metric: 'auc' | 'accuracy' | 'f1' | 'r2' | 'rmse';
  /** Trained on real, tested on real. */
  readonly trtr: UtilityMeasure;
  /** Trained on synthetic, tested on real. */
  readonly tstr: UtilityMeasure;
  /** `tstr` over `trtr`: 1 = as useful as the real rows (for `rmse` larger is worse). */
  readonly ratio: UtilityMeasure;
  /**
   * The same ratio at equal size: a model of one half of the real rows (`floor`) or of as many synthetic rows
   * (`matched`) against a model of the other half. Null when not asked for.
   */
  readonly noise: NoiseFloor | null;
}

/** Result of measureUtility: plain JSON-safe data. */
export interface UtilityResult {
  /** Form of this result and definition of its figures. */
  readonly version: 'utility/1';
  /** The column that was predicted. */
  readonly target: string;
  /** What kind of prediction. */
  readonly task: 'classification' | 'regression';
  /** Classes of the real training rows in code-unit order; empty for regression. */
  readonly classes: readonly string[];
  /** The class that `auc` and `f1` look at; null for more than two classes and for regression. */
  readonly positive: string | null;
  /** The learner. */
  readonly learner: QualityLearner;
  /** Seed of resamples and splits. */
  readonly seed: string;
  /** Rows that were used and left out. */
  readonly rows: {
    /** Real training rows used. */
    readonly real: number;
    /** Synthetic rows used. */
    readonly synthetic: number;
    /** Hold-out rows used. */
    readonly holdout: number;
    /** Rows left out of the three tables because the target is missing, not finite, or a class that the real training rows lack. */
    readonly leftOut: readonly [number, number, number];
  };
  /** Columns that gave the learner no feature. */
  readonly skipped: readonly string[];
  /** Resamples of the hold-out behind the intervals. */
  readonly resamples: number;
  /** Rows on either side and number of splits of the noise floor; null when there is none. */
  readonly noiseFloor: {
    /** Number of splits. */
    readonly repeats: number;
    /** Rows that each model learned from. */
    readonly rowsPerSide: number;
  } | null;
  /** The figures: `auc`, `accuracy`, `f1`, or `r2`, `rmse`. */
  readonly comparisons: readonly UtilityComparison[];
}
