import type { Table } from '../types.ts';
import type { GroupedTable } from './grouped-table.ts';
import {
  columnOf,
  encodeNumbers,
  encodeWeights,
  OUTCOME_MISSING,
  type OutcomeSpec,
  readOutcome,
} from './internal-encode.ts';
import { indexGroups } from './internal-index.ts';

/** What {@link scoreTable} counts. */
export interface ScoreTableSpec {
  /** Names of the sensitive columns; groups are their combinations. At least one. */
  readonly sensitive: readonly string[];
  /** Name of the column of scores. */
  readonly score: string;
  /** The true outcome. Only {@link rankingParityOf} does without. */
  readonly label?: OutcomeSpec | undefined;
  /** Names of columns to condition on. Default none. */
  readonly control?: readonly string[] | undefined;
  /** Name of a column of row weights (at least 0). Default: every row weighs 1. */
  readonly weight?: string | undefined;
}

/** The scores of one group in one control stratum with one label. */
export interface ScoreCell {
  /** Levels of the control columns, in the order of `control`; empty without control columns. */
  readonly stratum: readonly string[];
  /** Levels of the sensitive columns, in the order of `sensitive`. */
  readonly group: readonly string[];
  /** 1 = positive outcome, 0 = negative; 0 throughout without a label. */
  readonly label: 0 | 1;
  /** Distinct scores, rising; with weights a score comes once for each of its distinct weights, these rising too. */
  readonly scores: readonly number[];
  /** Weight of one row of each entry; null without weights. */
  readonly weights: readonly number[] | null;
  /** Rows of each entry. */
  readonly n: readonly number[];
}

/**
 * The table that every figure of scores is computed from: how often each distinct score occurs, by group and label.
 * Plain data: it survives JSON, and tables of shards merge with {@link mergeScoreTables}.
 */
export interface ScoreTable extends GroupedTable {
  /** Discriminant. */
  readonly kind: 'score-table';
  /** Whether labels were counted. */
  readonly hasLabel: boolean;
  /** What occurs, ordered by control level, group level and label. */
  readonly cells: readonly ScoreCell[];
  /** Rows left out, by the first reason that applies. */
  readonly leftOut: {
    /** The label is missing. */
    readonly missingLabel: number;
    /** The score is missing or not finite. */
    readonly missingScore: number;
    /** The weight is missing. */
    readonly missingWeight: number;
  };
}

/**
 * Counts of distinct scores by group, control stratum and label: the exact state behind AUC, log loss, calibration, ABROCA and
 * ranking figures, whatever their options.
 *
 * Nothing is rounded or cut off. Memory: one entry (two numbers, three with weights) for each distinct score, or pair of score
 * and weight, of a group and label. That is small for scores of some decimals, and at most as many entries as rows.
 *
 * @param table - The rows.
 * @param spec - What to count, see {@link ScoreTableSpec}.
 * @returns See {@link ScoreTable}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `BAD_OPTION`; `BAD_VALUE` for a negative weight.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'f', 'm']),
 *   booleanColumn('y', [true, true, true, false]),
 *   numberColumn('score', [0.9, 0.1, 0.9, 0.6]),
 * ]);
 * const { cells } = scoreTable(rows, { sensitive: ['sex'], label: { column: 'y' }, score: 'score' });
 * cells.map((cell) => [cell.group[0], cell.label, cell.scores, cell.n]); // => [['f', 1, [0.1, 0.9], [1, 2]], ['m', 0, [0.6], [1]]]
 */
export function scoreTable(table: Table, spec: ScoreTableSpec): ScoreTable {
  const { sensitive, control = [] } = spec;
  const index = indexGroups(table, sensitive, control);
  const labels = spec.label === undefined ? null : readOutcome(table, spec.label, 'label');
  const scores = encodeNumbers(columnOf(table, spec.score, 'score'), 'score');
  const weights = spec.weight === undefined ? null : encodeWeights(columnOf(table, spec.weight, 'weight'), 'weight');
  const leftOut = { missingLabel: 0, missingScore: 0, missingWeight: 0 };
  const starts = new Float64Array(2 * index.size + 1);
  const cellOf = new Int32Array(table.rowCount);
  for (let i = 0; i < table.rowCount; i++) {
    const label = labels === null ? 0 : labels[i]!;
    cellOf[i] = -1;
    if (label === OUTCOME_MISSING) leftOut.missingLabel++;
    else if (!Number.isFinite(scores[i]!)) leftOut.missingScore++;
    else if (weights !== null && Number.isNaN(weights[i]!)) leftOut.missingWeight++;
    else {
      cellOf[i] = 2 * index.index[i]! + label;
      starts[cellOf[i]! + 1]!++;
    }
  }
  for (let c = 1; c < starts.length; c++) starts[c]! += starts[c - 1]!;
  const rows = starts[starts.length - 1]!;
  const next = starts.slice();
  const found = new Float64Array(rows);
  const weighing = new Float64Array(weights === null ? 0 : rows);
  for (let i = 0; i < table.rowCount; i++) {
    if (cellOf[i]! < 0) continue;
    const at = next[cellOf[i]!]!++;
    // 0 is added because -0 does not survive JSON.
    found[at] = scores[i]! + 0;
    if (weights !== null) weighing[at] = weights[i]! + 0;
  }
  const levels = [...index.controlLevels, ...index.levels];
  const cells: ScoreCell[] = [];
  for (let c = 0; c + 1 < starts.length; c++) {
    const [from, to] = [starts[c]!, starts[c + 1]!];
    if (from === to) continue;
    const values = index.codesOf(c >> 1).map((code, k) => levels[k]![code]!);
    cells.push({
      stratum: values.slice(0, control.length),
      group: values.slice(control.length),
      label: (c & 1) as 0 | 1,
      ...countDistinct(found.subarray(from, to), weights === null ? null : weighing.subarray(from, to)),
    });
  }
  return {
    kind: 'score-table',
    version: 1,
    sensitive: [...sensitive],
    control: [...control],
    levels: index.levels.map((one) => [...one]),
    controlLevels: index.controlLevels.map((one) => [...one]),
    wholeLevels: [...index.wholeLevels],
    hasLabel: labels !== null,
    weighted: weights !== null,
    cells,
    rows,
    leftOut,
  };
}

/** Distinct scores (and weights) with their counts. Sorts `scores` in place when there are no weights. */
function countDistinct(
  scores: Float64Array,
  weights: Float64Array | null,
): Pick<ScoreCell, 'scores' | 'weights' | 'n'> {
  const distinct: number[] = [];
  const n: number[] = [];
  if (weights === null) {
    scores.sort();
    for (let i = 0; i < scores.length; i++) {
      if (i > 0 && scores[i] === scores[i - 1]) n[n.length - 1]!++;
      else {
        distinct.push(scores[i]!);
        n.push(1);
      }
    }
    return { scores: distinct, weights: null, n };
  }
  const order = Int32Array.from({ length: scores.length }, (_, i) => i).sort(
    (a, b) => scores[a]! - scores[b]! || weights[a]! - weights[b]!,
  );
  const heavy: number[] = [];
  for (const i of order) {
    if (n.length > 0 && scores[i] === distinct[n.length - 1] && weights[i] === heavy[n.length - 1]) n[n.length - 1]!++;
    else {
      distinct.push(scores[i]!);
      heavy.push(weights[i]!);
      n.push(1);
    }
  }
  return { scores: distinct, weights: heavy, n };
}
