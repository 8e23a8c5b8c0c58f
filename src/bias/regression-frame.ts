import type { Table } from '../types.ts';
import type { MetricFrame } from './internal-frame.ts';
import { type RegressionFrameOptions, regressionFrameOf } from './regression-frame-of.ts';
import { regressionTable } from './regression-table.ts';

/** What {@link regressionFrame} measures. */
export interface RegressionFrameSpec extends RegressionFrameOptions {
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
}

/**
 * Errors of a continuous prediction by group: count, meanPrediction, meanAbsoluteError, meanSquaredError,
 * rootMeanSquaredError, r2Score, in this order, with aggregates as in {@link metricFrame}.
 *
 * Intervals are normal ones of the (weighted) mean on Kish's effective n; r2Score has none. Rows with a missing or
 * non-finite label or prediction are left out and counted. r2Score is null for fewer than 2 rows or a constant label.
 * The same from sums of shards: {@link regressionFrameOf}.
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
  return regressionFrameOf(regressionTable(table, spec), spec);
}
