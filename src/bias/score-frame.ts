import type { Table } from '../types.ts';
import { checkOutcome, type OutcomeSpec } from './internal-encode.ts';
import type { MetricFrame } from './internal-frame.ts';
import { type ScoreFrameOptions, scoreFrameOf } from './score-frame-of.ts';
import { scoreTable } from './score-table.ts';

/** What {@link scoreFrame} measures. */
export interface ScoreFrameSpec extends ScoreFrameOptions {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** The true outcome. */
  readonly label: OutcomeSpec;
  /** Name of the column of scores: probabilities for log loss, any numbers for the AUC. */
  readonly score: string;
  /** Names of columns to condition on. Default none. */
  readonly control?: readonly string[] | undefined;
  /** Name of a column of row weights. Default: every row weighs 1. */
  readonly weight?: string | undefined;
}

/**
 * Quality of scores by group: count, meanPrediction, rocAuc, logLoss, in this order, with aggregates as in
 * {@link metricFrame}.
 *
 * rocAuc = weighted share of (positive, negative) pairs ranked rightly, ties half; Hanley-McNeil interval on effective
 * counts. logLoss in nats, null when a score lies outside [0, 1]. One class only: rocAuc is null with its reason.
 * With a random source, the gap of AUCs has a permutation p (groups shuffled within each label). The same from counts of
 * shards: {@link scoreFrameOf}.
 * Source: scikit-learn's definitions of the metrics; Hanley & McNeil 1982.
 *
 * @param table - The rows.
 * @param spec - See {@link ScoreFrameSpec}.
 * @returns See {@link MetricFrame}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE`, `BAD_OPTION`, `BAD_VALUE`.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'm', 'm']),
 *   booleanColumn('y', [true, false, true, false]),
 *   numberColumn('score', [0.9, 0.1, 0.2, 0.6]),
 * ]);
 * const frame = scoreFrame(rows, { sensitive: ['sex'], label: { column: 'y' }, score: 'score', minN: 1 });
 * frame.strata[0]?.groups.map((one) => one.measures[2]?.value); // => [1, 0]
 */
export function scoreFrame(table: Table, spec: ScoreFrameSpec): MetricFrame {
  checkOutcome(spec.label, 'label');
  return scoreFrameOf(scoreTable(table, spec), spec);
}
