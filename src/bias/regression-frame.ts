import { sum } from '../math/sum.ts';
import type { Measure, Table } from '../types.ts';
import type { MetricFrame } from './internal-frame.ts';
import type { ZeroDivision } from './internal-rates.ts';
import { type ScoreRows, scoreFrameOf } from './internal-score-rows.ts';
import { weightedMean } from './internal-weighted-mean.ts';

/** What {@link regressionFrame} measures. */
export interface RegressionFrameSpec {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** Name of the column of true values (number, integer or boolean). */
  readonly label: string;
  /** Name of the column of predicted values. */
  readonly prediction: string;
  /** Names of columns to condition on. Default none. */
  readonly control?: readonly string[] | undefined;
  /** Name of a column of row weights. Default: every row weighs 1. */
  readonly weight?: string | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups with fewer rows get no figure. Default 10. */
  readonly minN?: number | undefined;
  /** `fairlearn`: aggregates of a single group are 0 and 1 instead of null. Default `'undefined'`. */
  readonly zeroDivision?: ZeroDivision | undefined;
}

/**
 * Errors of a continuous prediction by group: count, meanPrediction, meanAbsoluteError, meanSquaredError,
 * rootMeanSquaredError, r2Score, in this order, with aggregates as in {@link metricFrame}.
 *
 * Intervals are normal ones of the (weighted) mean on Kish's effective n; r2Score has none. Rows with a missing or
 * non-finite label or prediction are left out and counted. r2Score is null for fewer than 2 rows or a constant label.
 * Source: scikit-learn's definitions of the metrics, fairlearn's of the aggregates.
 *
 * @param table - The rows.
 * @param spec - See {@link RegressionFrameSpec}.
 * @returns See {@link MetricFrame}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE`, `BAD_VALUE`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'm']), numberColumn('y', [1, 2]), numberColumn('guess', [1, 4])]);
 * const frame = regressionFrame(rows, { sensitive: ['sex'], label: 'y', prediction: 'guess', minN: 1 });
 * frame.strata[0]?.aggregates[2]?.differenceBetweenGroups; // => 2
 */
export function regressionFrame(table: Table, spec: RegressionFrameSpec): MetricFrame {
  return scoreFrameOf(
    table,
    spec,
    spec.label,
    spec.prediction,
    ['count', 'meanPrediction', 'meanAbsoluteError', 'meanSquaredError', 'rootMeanSquaredError', 'r2Score'],
    measure,
  );
}

function measure({ y, p, w }: ScoreRows, metric: string, level: number): Measure {
  const n = y.length;
  const head = { metric, n, goal: 'none' as const };
  if (metric === 'count') return { ...head, value: n, range: [0, null] };
  if (metric === 'r2Score') {
    const centre = weightedMean(y, w, level);
    if (centre === null) return { ...head, value: null, range: [null, 1], reason: 'zero-weight' };
    const residual = sum(y.map((value, i) => w[i]! * (value - p[i]!) * (value - p[i]!)));
    const spread = sum(y.map((value, i) => w[i]! * (value - centre.mean) * (value - centre.mean)));
    if (n < 2 || spread === 0)
      return { ...head, value: null, range: [null, 1], reason: n < 2 ? 'too-few-rows' : 'constant-label' };
    const value = 1 - residual / spread;
    // What each row adds to a ratio of sums, to first order: its mean is 0, its spread that of the figure.
    const mass = sum(w);
    const influence = y.map((one, i) => {
      const error = (one - p[i]!) * (one - p[i]!);
      return value + ((1 - value) * (one - centre.mean) * (one - centre.mean) - error) / (spread / mass);
    });
    const { lower, upper } = weightedMean(influence, w, level)!.interval;
    return {
      ...head,
      value,
      range: [null, 1],
      interval: { lower: Math.min(value, lower), upper: Math.min(1, Math.max(value, upper)), level, method: 'delta' },
    };
  }
  const errors =
    metric === 'meanPrediction'
      ? p
      : y.map((value, i) =>
          metric === 'meanAbsoluteError' ? Math.abs(value - p[i]!) : (value - p[i]!) * (value - p[i]!),
        );
  const found = weightedMean(errors, w, level);
  const range: readonly [number | null, number | null] = metric === 'meanPrediction' ? [null, null] : [0, null];
  if (found === null) return { ...head, value: null, range, reason: 'zero-weight' };
  const { mean, interval } = found;
  const lower = metric === 'meanPrediction' ? interval.lower : Math.max(0, interval.lower);
  if (metric !== 'rootMeanSquaredError') return { ...head, value: mean, range, interval: { ...interval, lower } };
  return {
    ...head,
    value: Math.sqrt(mean),
    range,
    interval: { ...interval, lower: Math.sqrt(lower), upper: Math.sqrt(interval.upper) },
  };
}
