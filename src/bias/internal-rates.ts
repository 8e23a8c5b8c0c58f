import { SynthproofError } from '../errors.ts';
import { normalQuantile } from '../math/normal-quantile.ts';
import type { Interval, Measure } from '../types.ts';
import type { GroupCell, GroupTable } from './group-table.ts';

/** Figures of one group that {@link metricFrame} and {@link pairwiseDisparities} know. */
export type GroupMetricName =
  | 'count'
  | 'baseRate'
  | 'selectionRate'
  | 'truePositiveRate'
  | 'trueNegativeRate'
  | 'falsePositiveRate'
  | 'falseNegativeRate'
  | 'accuracy'
  | 'zeroOneLoss'
  | 'precision'
  | 'recall'
  | 'negativePredictiveValue'
  | 'falseDiscoveryRate'
  | 'falseOmissionRate'
  | 'f1'
  | 'balancedAccuracy';

/**
 * What 0/0 becomes. `undefined` (default): no value, with a reason, and the group is left out of aggregates and listed.
 * 0 or 1: that value. `fairlearn`: 0 for TPR, TNR, FPR, FNR, precision, recall and F1, no value for the rest; an aggregate
 * of a single group is then 0 (difference) or 1 (ratio). `aif360`: 0 for
 * precision, NPV, false discovery and omission rate, no value for the rest. `clarify`: 0.
 */
export type ZeroDivision = 'undefined' | 0 | 1 | 'fairlearn' | 'aif360' | 'clarify';

/** A group that a figure had to leave out, and why. */
export interface ExcludedGroup {
  /** The group's levels joined with ' × ' . */
  readonly group: string;
  /**
   * `empty-group`: no rows; `suppressed`: fewer rows than `minN`; `few-in-denominator`: fewer rows than `minN` under the
   * fraction; `no-positives`, `no-negatives`, `no-predicted-positives`, `no-predicted-negatives`, `no-cases`: 0/0;
   * `zero-weight`: the weights add to 0.
   */
  readonly reason: string;
}

/** Sums over some cells: [TN, FP, FN, TP]. */
export interface CellSums {
  readonly n: Float64Array;
  readonly w: Float64Array;
  readonly w2: Float64Array;
}

/** How rates are computed. */
export interface RateOptions {
  readonly level: number;
  /** Two-sided normal quantile of the level: every figure of a frame needs it. */
  readonly z: number;
  readonly minN: number;
  readonly zeroDivision: ZeroDivision;
}

/** A rate with what is behind it. */
export interface Rate {
  /** The rate, or null. */
  readonly value: number | null;
  /** Rows under the fraction. */
  readonly n: number;
  /** Kish's effective number of rows under the fraction; n without weights. */
  readonly effective: number;
  /** Why the value is null. */
  readonly reason: string | undefined;
}

interface RateDefinition {
  /** Bits of the cells [TN, FP, FN, TP] above the fraction: TN 1, FP 2, FN 4, TP 8. */
  readonly top: number;
  /** Bits below. */
  readonly bottom: number;
  /** Reason when nothing is below. */
  readonly empty: string;
  /** What it needs: 1 labels, 2 predictions, 3 both. */
  readonly needs: number;
  /** Whether scikit-learn, and so fairlearn, turns 0/0 into 0. */
  readonly zeroInFairlearn: boolean;
}

/** AIF360 turns 0/0 into 0 for rates among predictions, into NaN for rates among labels. */
const ZERO_IN_AIF360: readonly string[] = [
  'precision',
  'negativePredictiveValue',
  'falseDiscoveryRate',
  'falseOmissionRate',
];

const RATES: Readonly<Record<string, RateDefinition>> = {
  baseRate: { top: 12, bottom: 15, empty: 'zero-weight', needs: 1, zeroInFairlearn: false },
  selectionRate: { top: 10, bottom: 15, empty: 'zero-weight', needs: 2, zeroInFairlearn: false },
  truePositiveRate: { top: 8, bottom: 12, empty: 'no-positives', needs: 3, zeroInFairlearn: true },
  trueNegativeRate: { top: 1, bottom: 3, empty: 'no-negatives', needs: 3, zeroInFairlearn: true },
  falsePositiveRate: { top: 2, bottom: 3, empty: 'no-negatives', needs: 3, zeroInFairlearn: true },
  falseNegativeRate: { top: 4, bottom: 12, empty: 'no-positives', needs: 3, zeroInFairlearn: true },
  accuracy: { top: 9, bottom: 15, empty: 'zero-weight', needs: 3, zeroInFairlearn: false },
  zeroOneLoss: { top: 6, bottom: 15, empty: 'zero-weight', needs: 3, zeroInFairlearn: false },
  precision: { top: 8, bottom: 10, empty: 'no-predicted-positives', needs: 3, zeroInFairlearn: true },
  recall: { top: 8, bottom: 12, empty: 'no-positives', needs: 3, zeroInFairlearn: true },
  negativePredictiveValue: { top: 1, bottom: 5, empty: 'no-predicted-negatives', needs: 3, zeroInFairlearn: true },
  falseDiscoveryRate: { top: 2, bottom: 10, empty: 'no-predicted-positives', needs: 3, zeroInFairlearn: true },
  falseOmissionRate: { top: 4, bottom: 5, empty: 'no-predicted-negatives', needs: 3, zeroInFairlearn: true },
  // TP / (TP + FP + FN): F1 is 2J / (1 + J) of this proportion, so its interval follows from J's.
  jaccard: { top: 8, bottom: 14, empty: 'no-cases', needs: 3, zeroInFairlearn: true },
};

/** Metrics that need both a label and a prediction, in the order of every result. */
export const CONFUSION_METRICS = [
  'truePositiveRate',
  'trueNegativeRate',
  'falsePositiveRate',
  'falseNegativeRate',
  'accuracy',
  'zeroOneLoss',
  'precision',
  'recall',
  'negativePredictiveValue',
  'falseDiscoveryRate',
  'falseOmissionRate',
  'f1',
  'balancedAccuracy',
] as const;

const METRIC_NAMES: readonly string[] = ['count', 'baseRate', 'selectionRate', ...CONFUSION_METRICS];

/** Checks and fills the options shared by every figure. */
export function rateOptions(options: {
  readonly level?: number | undefined;
  readonly minN?: number | undefined;
  readonly zeroDivision?: ZeroDivision | undefined;
}): RateOptions {
  const { level = 0.95, minN = 10, zeroDivision = 'undefined' } = options;
  if (!(level > 0 && level < 1))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `level: expected a number between 0 and 1 such as 0.95, received ${level}`,
      { argument: 'level' },
    );
  if (!(minN >= 0 && minN <= Number.MAX_SAFE_INTEGER))
    throw new SynthproofError('OUT_OF_RANGE', `minN: expected a number of rows of at least 0, received ${minN}`, {
      argument: 'minN',
    });
  if (!['undefined', 0, 1, 'fairlearn', 'aif360', 'clarify'].includes(zeroDivision))
    throw new SynthproofError(
      'BAD_OPTION',
      `zeroDivision: expected 'undefined', 0, 1, 'fairlearn', 'aif360' or 'clarify', received ${String(zeroDivision)}`,
      { argument: 'zeroDivision' },
    );
  return { level, z: zFor(level), minN, zeroDivision };
}

/** Refuses a metric that the table has no counts for. */
export function checkMetric(cells: GroupTable, metric: string, argument: string): void {
  if (!METRIC_NAMES.includes(metric))
    throw new SynthproofError(
      'BAD_OPTION',
      `${argument}: expected one of ${METRIC_NAMES.join(', ')}, received ${JSON.stringify(metric)}; check the spelling`,
      { argument },
    );
  const needs = metric === 'count' ? 0 : (RATES[metric]?.needs ?? 3);
  if (((needs & 1) === 1 && !cells.hasLabel) || ((needs & 2) === 2 && !cells.hasPrediction))
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `${argument}: ${metric} needs ${needs === 3 ? 'label and prediction' : needs === 1 ? 'a label' : 'a prediction'}; name ${needs === 3 ? 'them' : 'it'} in groupTable's spec`,
      { argument },
    );
}

/** Rows that the counts leave out because label, prediction or weight is missing. */
export function leftOutOf({ leftOut }: GroupTable): number {
  return leftOut.missingLabel + leftOut.missingPrediction + leftOut.missingWeight;
}

/** Adds cells up. */
export function sumCells(cells: readonly GroupCell[]): CellSums {
  const sums = { n: new Float64Array(4), w: new Float64Array(4), w2: new Float64Array(4) };
  for (const cell of cells)
    for (let k = 0; k < 4; k++) {
      sums.n[k]! += cell.n[k]!;
      sums.w[k]! += cell.w[k]!;
      sums.w2[k]! += cell.w2[k]!;
    }
  return sums;
}

function masked(values: Float64Array, mask: number): number {
  let sum = 0;
  if (mask & 1) sum += values[0]!;
  if (mask & 2) sum += values[1]!;
  if (mask & 4) sum += values[2]!;
  if (mask & 8) sum += values[3]!;
  return sum;
}

/** One rate from sums of cells. */
export function rateOf(
  sums: CellSums,
  metric: string,
  options: RateOptions,
  mode: ZeroDivision = options.zeroDivision,
): Rate {
  const definition = RATES[metric]!;
  const total = masked(sums.n, 15);
  const n = masked(sums.n, definition.bottom);
  if (total === 0) return { value: null, n: 0, effective: 0, reason: 'empty-group' };
  if (total < options.minN) return { value: null, n: 0, effective: 0, reason: 'suppressed' };
  const bottom = masked(sums.w, definition.bottom);
  if (bottom === 0) {
    const value =
      mode === 0 || mode === 'clarify'
        ? 0
        : mode === 1
          ? 1
          : (mode === 'fairlearn' && definition.zeroInFairlearn) ||
              (mode === 'aif360' && ZERO_IN_AIF360.includes(metric))
            ? 0
            : null;
    const reason = value !== null ? undefined : n > 0 ? 'zero-weight' : definition.empty;
    return { value, n, effective: 0, reason };
  }
  if (n < options.minN) return { value: null, n, effective: 0, reason: 'few-in-denominator' };
  const squares = masked(sums.w2, definition.bottom);
  const top = masked(sums.w, definition.top & definition.bottom);
  return { value: top >= bottom ? 1 : top / bottom, n, effective: (bottom * bottom) / squares, reason: undefined };
}

/** Wilson's score interval of a proportion with a (possibly fractional) effective number of rows. */
export function wilsonEnds(p: number, n: number, z: number): [number, number] {
  if (n <= 0) return [0, 1];
  const z2 = z * z;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  // Exact ends at p = 0 and p = 1, where rounding would leave 1e-17.
  return [p === 0 ? 0 : Math.max(0, centre - half), p === 1 ? 1 : Math.min(1, centre + half)];
}

/** Two-sided normal quantile for a level shared by `comparisons` intervals (Bonferroni). */
export function zFor(level: number, comparisons = 1): number {
  return -normalQuantile((1 - level) / (2 * Math.max(1, comparisons)));
}

function interval(ends: readonly [number, number], level: number, method: string): Interval {
  return { lower: ends[0], upper: ends[1], level, method };
}

/** The measure of one metric over some cells, with its interval. */
export function measureOf(sums: CellSums, metric: GroupMetricName, options: RateOptions): Measure {
  const { level, z } = options;
  if (metric === 'count') {
    const total = masked(sums.n, 15);
    const base = { metric, range: [0, null] as [number, null], goal: 'none' as const };
    if (total === 0) return { ...base, value: null, n: 0, reason: 'empty-group' };
    if (total < options.minN) return { ...base, value: null, n: 0, reason: 'suppressed' };
    return { ...base, value: total, n: total };
  }
  const head = { metric, range: [0, 1] as [number, number], goal: 'none' as const };
  if (metric === 'balancedAccuracy') {
    const positive = rateOf(sums, 'truePositiveRate', options, 'undefined');
    const negative = rateOf(sums, 'trueNegativeRate', options, 'undefined');
    const n = positive.n + negative.n;
    if (positive.value === null || negative.value === null) {
      // scikit-learn averages over the classes that occur.
      const only = options.zeroDivision === 'fairlearn' ? (positive.value ?? negative.value) : null;
      if (only !== null) return { ...head, value: only, n };
      return { ...head, value: null, n, reason: positive.reason ?? negative.reason };
    }
    const a = wilsonEnds(positive.value, positive.effective, z);
    const b = wilsonEnds(negative.value, negative.effective, z);
    const value = (positive.value + negative.value) / 2;
    // Newcombe's square-and-add for a sum of independent rates.
    const down =
      Math.sqrt((positive.value - a[0]) * (positive.value - a[0]) + (negative.value - b[0]) * (negative.value - b[0])) /
      2;
    const up =
      Math.sqrt((a[1] - positive.value) * (a[1] - positive.value) + (b[1] - negative.value) * (b[1] - negative.value)) /
      2;
    return {
      ...head,
      value,
      n,
      interval: interval([Math.max(0, value - down), Math.min(1, value + up)], level, 'newcombe'),
    };
  }
  const isF1 = metric === 'f1';
  const rate = rateOf(sums, isF1 ? 'jaccard' : metric, options);
  if (rate.value === null) return { ...head, value: null, n: rate.n, reason: rate.reason };
  const value = isF1 ? (2 * rate.value) / (1 + rate.value) : rate.value;
  if (rate.effective === 0) return { ...head, value, n: rate.n };
  const ends = wilsonEnds(rate.value, rate.effective, z);
  const shown: [number, number] = isF1 ? [(2 * ends[0]) / (1 + ends[0]), (2 * ends[1]) / (1 + ends[1])] : ends;
  // Written out, not spread: a bootstrap makes a hundred thousand of these.
  return { metric, range: [0, 1], goal: 'none', value, n: rate.n, interval: interval(shown, level, 'wilson') };
}

/** A group's levels as one label. */
export function groupLabel(values: readonly string[]): string {
  return values.join(' × ');
}
