import type { RocAucMeasure } from '../../learners/roc-auc.ts';
import type { Chart, Interval, JobOptions, Measure, Table } from '../../types.ts';
import type { FairTarget, FairTargetSpec } from './fair-target-types.ts';

/** Real rows of one group under a model. */
export interface ModelGroup {
  /** The group's levels. */
  readonly values: readonly string[];
  /** Rows with a label. */
  readonly rows: number;
  /** Rows that the model selects. */
  readonly selected: number;
  /** Rows with the positive label. */
  readonly positives: number;
  /** Of these, selected. */
  readonly hits: number;
  /** Share selected, 0 to 1. */
  readonly selectionRate: number;
  /** Wilson interval of it. */
  readonly selectionInterval: Interval;
  /** Share of the positive rows selected, 0 to 1; null without positive rows. */
  readonly truePositiveRate: number | null;
  /** Wilson interval of it. */
  readonly truePositiveInterval: Interval | null;
}

/** A difference between groups. With two groups: the second minus the first, with sign; with more: widest, from 0. */
export interface ModelGap extends Measure {
  /** Whether the value has a sign. */
  readonly signed: boolean;
  /** Group whose rate is diminished; null when there is no value. */
  readonly minuend: readonly string[] | null;
  /** Group whose rate is taken off. */
  readonly subtrahend: readonly string[] | null;
  /** Groups with too few rows (positive rows) to be compared. */
  readonly suppressed: readonly (readonly string[])[];
  /** Why `value` is null. */
  readonly reason?: 'TOO_FEW_GROUPS' | undefined;
}

/** A model trained on synthetic rows, judged on real ones. */
export interface TrainedFigures {
  /** Area under the ROC curve, with interval. */
  readonly auc: RocAucMeasure;
  /** Difference of the selection rates. */
  readonly demographicParity: ModelGap;
  /** Difference of the true positive rates. */
  readonly equalOpportunity: ModelGap;
  /** The groups. */
  readonly groups: readonly ModelGroup[];
  /** Rows judged. */
  readonly rows: number;
  /** Rows left out because the label is missing. */
  readonly leftOut: number;
}

/** One point of the curve. */
export interface FairPoint {
  /** Strength of the tilt, 0 to 1. */
  readonly strength: number;
  /** Label gap of the target, 0 to 1. */
  readonly labelGap: number;
  /** Label gap counted on the rows that `sample` returned, 0 to 1; far from `labelGap` when `sample` did not follow its target. Null when a group or the label is missing there. */
  readonly achievedLabelGap: number | null;
  /** Effective share of the source rows under the target. */
  readonly effectiveShare: number;
  /** Model figures on the hold-out. */
  readonly holdout: TrainedFigures;
  /** AUC on the hold-out at strength 0 minus this one; null where an AUC is undefined. */
  readonly aucLoss: number | null;
  /** Model figures on the test rows; null without test rows. */
  readonly test: TrainedFigures | null;
  /** The same loss on the test rows. */
  readonly testAucLoss: number | null;
}

/** Options of {@link fairTradeOff}. */
export interface FairTradeOffOptions extends JobOptions {
  /** Sensitive columns, label (with its positive level) and all else that {@link fairTarget} takes, but the strength. */
  readonly target: Omit<FairTargetSpec, 'strength'>;
  /** Draws synthetic rows that meet a target, for example `(target) => fair.sample(model, { rows, seed, target })`. Use one seed for all. */
  readonly sample: (target: FairTarget) => Table;
  /** Real rows on which the models are judged and the strength is chosen. */
  readonly holdout: Table;
  /** Other real rows, on which the chosen strength is judged again: its figures on the hold-out flatter. Default none. */
  readonly test?: Table | undefined;
  /** What is to be near 0. Default `equalOpportunity`. */
  readonly metric?: 'equalOpportunity' | 'demographicParity' | undefined;
  /** Strengths of the curve, ascending from 0. Default 0, 0.25, 0.5, 0.75, 1. */
  readonly strengths?: readonly number[] | undefined;
  /** Further strengths, placed where the gap is expected to vanish, 0 to 20. Default 3. */
  readonly refine?: number | undefined;
  /** Largest loss of AUC on the hold-out that a chosen strength may have. Default none. */
  readonly maxAucLoss?: number | undefined;
  /** Model that is trained on the synthetic rows. Default `logistic`. */
  readonly learner?: 'logistic' | 'boosted' | undefined;
  /** Columns the model may not see, for example the sensitive ones. Default none. */
  readonly exclude?: readonly string[] | undefined;
  /** Least score that the model selects, 0 to 1. Default 0.5. */
  readonly threshold?: number | undefined;
  /** Fewest real rows (positive rows) of a group that is compared. Default 10. */
  readonly minGroupRows?: number | undefined;
  /** Coverage of the intervals, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
  /** Seed of the learner; any text. Default `''`. */
  readonly seed?: string | undefined;
}

/** Result of {@link fairTradeOff}: JSON-safe. */
export interface FairTradeOff {
  /** Version of this form. */
  readonly version: 'fair-trade-off/1';
  /** Names of the sensitive columns. */
  readonly sensitive: readonly string[];
  /** Name of the label column. */
  readonly label: string;
  /** Its positive level. */
  readonly positive: string;
  /** What was to be near 0. */
  readonly metric: 'equalOpportunity' | 'demographicParity';
  /** Model that was trained. */
  readonly learner: 'logistic' | 'boosted';
  /** Columns it did not see. */
  readonly exclude: readonly string[];
  /** Seed of the learner. */
  readonly seed: string;
  /** Largest loss of AUC allowed; null for none. */
  readonly maxAucLoss: number | null;
  /** The curve, by strength. */
  readonly points: readonly FairPoint[];
  /** Position in `points` of the strength whose gap is nearest to 0 (the weakest of equals); null when no gap has a value. */
  readonly chosen: number | null;
  /** The curve as a picture. */
  readonly chart: Chart;
}
