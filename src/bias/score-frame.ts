import { log } from '../math/log.ts';
import type { Measure, Table } from '../types.ts';
import type { OutcomeSpec } from './internal-encode.ts';
import type { MetricFrame } from './internal-frame.ts';
import { type ZeroDivision, zFor } from './internal-rates.ts';
import { type ScoreRows, scoreFrameOf } from './internal-score-rows.ts';
import { weightedMean } from './internal-weighted-mean.ts';

/** What {@link scoreFrame} measures. */
export interface ScoreFrameSpec {
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
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups with fewer rows get no figure. Default 10. */
  readonly minN?: number | undefined;
  /** `fairlearn`: aggregates of a single group are 0 and 1 instead of null. Default `'undefined'`. */
  readonly zeroDivision?: ZeroDivision | undefined;
}

/** scikit-learn clips probabilities at the machine epsilon. */
const EPSILON = 2.220446049250313e-16;

/**
 * Quality of scores by group: count, meanPrediction, rocAuc, logLoss, in this order, with aggregates as in
 * {@link metricFrame}.
 *
 * rocAuc = weighted share of (positive, negative) pairs ranked rightly, ties half; Hanley-McNeil interval on effective
 * counts. logLoss in nats, null when a score lies outside [0, 1]. One class only: rocAuc is null with its reason.
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
  return scoreFrameOf(table, spec, spec.label, spec.score, ['count', 'meanPrediction', 'rocAuc', 'logLoss'], measure);
}

function measure(rows: ScoreRows, metric: string, level: number): Measure {
  const { y, p, w } = rows;
  const n = y.length;
  const head = { metric, n, goal: 'none' as const };
  if (metric === 'count') return { ...head, value: n, range: [0, null] };
  if (metric === 'rocAuc') return areaUnderCurve(rows, level);
  if (metric === 'logLoss' && p.some((value) => value < 0 || value > 1))
    return { ...head, value: null, range: [0, null], reason: 'score-outside-0-1' };
  const x =
    metric === 'meanPrediction'
      ? p
      : y.map((value, i) => {
          const score = Math.min(1 - EPSILON, Math.max(EPSILON, p[i]!));
          return -log(value === 1 ? score : 1 - score);
        });
  const found = weightedMean(x, w, level);
  const range: readonly [number | null, number | null] = metric === 'logLoss' ? [0, null] : [null, null];
  if (found === null) return { ...head, value: null, range, reason: 'zero-weight' };
  return { ...head, value: found.mean, range, interval: found.interval };
}

function areaUnderCurve({ y, p, w }: ScoreRows, level: number): Measure {
  const n = y.length;
  const head = { metric: 'rocAuc', n, range: [0, 1] as const, goal: 'none' as const };
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => p[a]! - p[b]! || a - b);
  const weight = [0, 0];
  const squares = [0, 0];
  for (let i = 0; i < n; i++) {
    const k = y[i]!;
    weight[k]! += w[i]!;
    squares[k]! += w[i]! * w[i]!;
  }
  const [negatives, positives] = weight as [number, number];
  if (positives === 0 || negatives === 0)
    return { ...head, value: null, reason: positives === 0 ? 'no-positives' : 'no-negatives' };
  let below = 0;
  let area = 0;
  for (let i = 0; i < n; ) {
    const score = p[order[i]!]!;
    let tiedNegatives = 0;
    let tiedPositives = 0;
    while (i < n && p[order[i]!] === score) {
      const row = order[i++]!;
      if (y[row] === 1) tiedPositives += w[row]!;
      else tiedNegatives += w[row]!;
    }
    area += tiedPositives * (below + tiedNegatives / 2);
    below += tiedNegatives;
  }
  const auc = Math.min(1, area / (positives * negatives));
  // Hanley & McNeil 1982, equations 1 and 2.
  const np = (positives * positives) / squares[1]!;
  const nn = (negatives * negatives) / squares[0]!;
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const variance = (auc * (1 - auc) + (np - 1) * (q1 - auc * auc) + (nn - 1) * (q2 - auc * auc)) / (np * nn);
  const half = zFor(level) * Math.sqrt(Math.max(0, variance));
  return {
    ...head,
    value: auc,
    interval: { lower: Math.max(0, auc - half), upper: Math.min(1, auc + half), level, method: 'hanley-mcneil' },
  };
}
