import type { Table } from '../types.ts';
import type { GroupedTable } from './grouped-table.ts';
import { columnOf, encodeWeights, OUTCOME_MISSING, type OutcomeSpec, readOutcome } from './internal-encode.ts';
import { type GroupIndex, indexGroups } from './internal-index.ts';

/** What {@link groupTable} counts. */
export interface GroupTableSpec {
  /** Names of the sensitive columns; groups are their combinations. At least one. */
  readonly sensitive: readonly string[];
  /** The true outcome. */
  readonly label?: OutcomeSpec | undefined;
  /** The predicted or decided outcome. */
  readonly prediction?: OutcomeSpec | undefined;
  /** Names of columns to condition on: every aggregate is then also available per control level. Default none. */
  readonly control?: readonly string[] | undefined;
  /** Name of a column of row weights (at least 0). Default: every row weighs 1. */
  readonly weight?: string | undefined;
}

/** Sufficient statistics of one group in one control stratum. */
export interface GroupCell {
  /** Levels of the control columns, in the order of `control`; empty without control columns. */
  readonly stratum: readonly string[];
  /** Levels of the sensitive columns, in the order of `sensitive`. */
  readonly group: readonly string[];
  /**
   * Rows by label and prediction: [label 0 & prediction 0, label 0 & prediction 1, label 1 & prediction 0, both 1],
   * that is [TN, FP, FN, TP]. An outcome that was not asked for counts as 0.
   */
  readonly n: readonly number[];
  /** Sums of weights in the same order. */
  readonly w: readonly number[];
  /** Sums of squared weights in the same order. */
  readonly w2: readonly number[];
}

/**
 * The small table that every count-type figure of fairness is computed from: one entry per group that occurs.
 * Plain data: it survives JSON, and tables of shards merge with {@link mergeGroupTables}.
 */
export interface GroupTable extends GroupedTable {
  /** Discriminant. */
  readonly kind: 'group-table';
  /** Whether labels were counted. */
  readonly hasLabel: boolean;
  /** Whether predictions were counted. */
  readonly hasPrediction: boolean;
  /** Groups that occur, ordered by control level, then by group level. */
  readonly cells: readonly GroupCell[];
  /** Rows left out, by the first reason that applies. */
  readonly leftOut: {
    /** The label is missing. */
    readonly missingLabel: number;
    /** The prediction is missing. */
    readonly missingPrediction: number;
    /** The weight is missing. */
    readonly missingWeight: number;
  };
}

/**
 * Counts of rows by group, control stratum, label and prediction, in one pass over the rows.
 *
 * A missing sensitive value is a group of its own, `(missing)`; rows whose label, prediction or weight is missing are
 * left out and counted in `leftOut`. Weights add up with compensation, so the order of rows does not matter (1e-12).
 *
 * @param table - The rows.
 * @param spec - What to count, see {@link GroupTableSpec}.
 * @returns Cell statistics, see {@link GroupTable}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`; `KIND_MISMATCH` when a sensitive column is continuous (bin it first);
 * `BAD_OPTION` when `positive` does not fit its column; `BAD_VALUE` for a negative weight.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'm', 'm', null]), booleanColumn('hired', [true, false, true, true])]);
 * const cells = groupTable(rows, { sensitive: ['sex'], label: { column: 'hired' } });
 * cells.cells.map((cell) => [cell.group[0], cell.n[0], cell.n[2]]); // => [['f', 0, 1], ['m', 1, 1], ['(missing)', 0, 1]]
 */
export function groupTable(table: Table, spec: GroupTableSpec): GroupTable {
  const { sensitive, label, prediction, control = [], weight } = spec;
  const groups = indexGroups(table, sensitive, control);
  const labels = label === undefined ? null : readOutcome(table, label, 'label');
  const predictions = prediction === undefined ? null : readOutcome(table, prediction, 'prediction');
  const weights = weight === undefined ? null : encodeWeights(columnOf(table, weight, 'weight'), 'weight');
  const n = table.rowCount;
  const width = groups.size * 4;
  const counts = new Float64Array(width);
  const leftOut = { missingLabel: 0, missingPrediction: 0, missingWeight: 0 };
  if (weights === null) {
    countRows(counts, groups.index, labels, predictions, n, leftOut);
    return assemble(spec, groups, counts, counts, counts, leftOut);
  }
  const sums = new Float64Array(width);
  const carry = new Float64Array(width);
  const squares = new Float64Array(width);
  const squareCarry = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    const y = labels === null ? 0 : labels[i]!;
    const p = predictions === null ? 0 : predictions[i]!;
    const w = weights[i]!;
    if (y === OUTCOME_MISSING) leftOut.missingLabel++;
    else if (p === OUTCOME_MISSING) leftOut.missingPrediction++;
    else if (Number.isNaN(w)) leftOut.missingWeight++;
    else {
      const k = groups.index[i]! * 4 + y * 2 + p;
      counts[k]!++;
      addCompensated(sums, carry, k, w);
      addCompensated(squares, squareCarry, k, w * w);
    }
  }
  for (let k = 0; k < width; k++) {
    sums[k]! += carry[k]!;
    squares[k]! += squareCarry[k]!;
  }
  return assemble(spec, groups, counts, sums, squares, leftOut);
}

/** Neumaier's step: the sum's rounding error goes to `carry`. */
function addCompensated(sums: Float64Array, carry: Float64Array, k: number, x: number): void {
  const sum = sums[k]!;
  const total = sum + x;
  carry[k]! += Math.abs(sum) >= Math.abs(x) ? sum - total + x : x - total + sum;
  sums[k] = total;
}

function countRows(
  counts: Float64Array,
  index: ArrayLike<number>,
  labels: Uint8Array | null,
  predictions: Uint8Array | null,
  n: number,
  leftOut: { missingLabel: number; missingPrediction: number },
): void {
  // Nine outcome slots (3 x 3 with missing) per group keep the loop free of branches.
  const slots = new Int32Array((counts.length / 4) * 9);
  const none = new Uint8Array(0);
  const y = labels ?? none;
  const p = predictions ?? none;
  if (labels !== null && predictions !== null) for (let i = 0; i < n; i++) slots[index[i]! * 9 + y[i]! * 3 + p[i]!]!++;
  else if (labels !== null) for (let i = 0; i < n; i++) slots[index[i]! * 9 + y[i]! * 3]!++;
  else if (predictions !== null) for (let i = 0; i < n; i++) slots[index[i]! * 9 + p[i]!]!++;
  else for (let i = 0; i < n; i++) slots[index[i]! * 9]!++;
  for (let g = 0; g * 4 < counts.length; g++) {
    const s = g * 9;
    counts[g * 4] = slots[s]!;
    counts[g * 4 + 1] = slots[s + 1]!;
    counts[g * 4 + 2] = slots[s + 3]!;
    counts[g * 4 + 3] = slots[s + 4]!;
    leftOut.missingPrediction += slots[s + 2]! + slots[s + 5]!;
    leftOut.missingLabel += slots[s + 6]! + slots[s + 7]! + slots[s + 8]!;
  }
}

function assemble(
  spec: GroupTableSpec,
  groups: GroupIndex,
  counts: Float64Array,
  sums: Float64Array,
  squares: Float64Array,
  leftOut: GroupTable['leftOut'],
): GroupTable {
  const control = spec.control ?? [];
  const allLevels = [...groups.controlLevels, ...groups.levels];
  const cells: GroupCell[] = [];
  let rows = 0;
  for (let g = 0; g < groups.size; g++) {
    const from = g * 4;
    const n = counts[from]! + counts[from + 1]! + counts[from + 2]! + counts[from + 3]!;
    if (n === 0) continue;
    rows += n;
    const values = groups.codesOf(g).map((code, k) => allLevels[k]![code]!);
    cells.push({
      stratum: values.slice(0, control.length),
      group: values.slice(control.length),
      n: [counts[from]!, counts[from + 1]!, counts[from + 2]!, counts[from + 3]!],
      w: [sums[from]!, sums[from + 1]!, sums[from + 2]!, sums[from + 3]!],
      w2: [squares[from]!, squares[from + 1]!, squares[from + 2]!, squares[from + 3]!],
    });
  }
  return {
    kind: 'group-table',
    version: 1,
    sensitive: [...spec.sensitive],
    control: [...control],
    levels: groups.levels.map((one) => [...one]),
    controlLevels: groups.controlLevels.map((one) => [...one]),
    wholeLevels: [...groups.wholeLevels],
    hasLabel: spec.label !== undefined,
    hasPrediction: spec.prediction !== undefined,
    weighted: spec.weight !== undefined,
    cells,
    rows,
    leftOut: { ...leftOut },
  };
}
