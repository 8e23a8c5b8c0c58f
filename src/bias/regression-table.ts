import type { Table } from '../types.ts';
import type { GroupedTable } from './grouped-table.ts';
import { columnOf, encodeNumbers, encodeWeights } from './internal-encode.ts';
import { commonPower, exactText, inUnits } from './internal-exact-moments.ts';
import { indexGroups } from './internal-index.ts';

/** What {@link regressionTable} adds up. */
export interface RegressionTableSpec {
  /** Names of the sensitive columns; groups are their combinations. At least one. */
  readonly sensitive: readonly string[];
  /** Name of the column of true values (number, integer or boolean). */
  readonly label: string;
  /** Name of the column of predicted values. */
  readonly prediction: string;
  /** Names of columns to condition on. Default none. */
  readonly control?: readonly string[] | undefined;
  /** Name of a column of row weights (at least 0). Default: every row weighs 1. */
  readonly weight?: string | undefined;
}

/** What {@link RegressionCell} has exact sums of, in the order of its `sums`: w weight, y label, p prediction, e = |y - p|. */
export type RegressionSum =
  | 'w'
  | 'ww'
  | 'p'
  | 'pp'
  | 'e'
  | 'ee'
  | 'eeee'
  | 'y'
  | 'yy'
  | 'yyy'
  | 'yyyy'
  | 'yee'
  | 'yyee';

/** The moments of one group in one control stratum. */
export interface RegressionCell {
  /** Levels of the control columns, in the order of `control`; empty without control columns. */
  readonly stratum: readonly string[];
  /** Levels of the sensitive columns, in the order of `sensitive`. */
  readonly group: readonly string[];
  /** Rows. */
  readonly n: number;
  /**
   * Exact sums over the rows of w times the product that the name spells (`yee` is the sum of w y e^2; `w` and `ww` are those
   * of w and w^2), each as odd hexadecimal significand, `p`, power of two: 1.5 is `3p-1`.
   */
  readonly sums: Readonly<Record<RegressionSum, string>>;
}

/**
 * The small table that every figure of {@link regressionFrame} is computed from: thirteen exact sums a group.
 * Plain data: it survives JSON, and tables of shards merge with {@link mergeRegressionTables}.
 */
export interface RegressionTable extends GroupedTable {
  /** Discriminant. */
  readonly kind: 'regression-table';
  /** Groups that occur, ordered by control level, then by group level. */
  readonly cells: readonly RegressionCell[];
  /** Rows left out, by the first reason that applies. */
  readonly leftOut: {
    /** The label is missing or not finite. */
    readonly missingLabel: number;
    /** The prediction is missing or not finite. */
    readonly missingPrediction: number;
    /** The weight is missing. */
    readonly missingWeight: number;
  };
}

/** Names of the sums. */
export const REGRESSION_SUMS: readonly RegressionSum[] = [
  'w',
  'ww',
  'p',
  'pp',
  'e',
  'ee',
  'eeee',
  'y',
  'yy',
  'yyy',
  'yyyy',
  'yee',
  'yyee',
];

/**
 * Sums of a continuous label, its prediction and their error by group and control stratum, in one pass over the rows.
 *
 * Sums are exact, so order and shards of the rows cannot show. Memory: some kilobytes a group, at any number of rows.
 *
 * @param table - The rows.
 * @param spec - What to add up, see {@link RegressionTableSpec}.
 * @returns See {@link RegressionTable}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `BAD_OPTION`; `BAD_VALUE` for a negative weight.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f']), numberColumn('y', [1, 2]), numberColumn('guess', [1, 4])]);
 * const { cells } = regressionTable(rows, { sensitive: ['sex'], label: 'y', prediction: 'guess' });
 * [cells[0].n, cells[0].sums.e, cells[0].sums.y]; // => [2, '1p1', '3p0']
 */
export function regressionTable(table: Table, spec: RegressionTableSpec): RegressionTable {
  const { sensitive, control = [] } = spec;
  const index = indexGroups(table, sensitive, control);
  const labels = encodeNumbers(columnOf(table, spec.label, 'label'), 'label');
  const predictions = encodeNumbers(columnOf(table, spec.prediction, 'prediction'), 'prediction');
  const weights = spec.weight === undefined ? null : encodeWeights(columnOf(table, spec.weight, 'weight'), 'weight');
  const leftOut = { missingLabel: 0, missingPrediction: 0, missingWeight: 0 };
  const members = new Map<number, number[]>();
  let rows = 0;
  for (let i = 0; i < table.rowCount; i++) {
    if (!Number.isFinite(labels[i]!)) leftOut.missingLabel++;
    else if (!Number.isFinite(predictions[i]!)) leftOut.missingPrediction++;
    else if (weights !== null && Number.isNaN(weights[i]!)) leftOut.missingWeight++;
    else {
      rows++;
      const list = members.get(index.index[i]!);
      if (list === undefined) members.set(index.index[i]!, [i]);
      else list.push(i);
    }
  }
  const levels = [...index.controlLevels, ...index.levels];
  const cells = [...members.keys()]
    .sort((a, b) => a - b)
    .map((g): RegressionCell => {
      const own = members.get(g)!;
      const values = index.codesOf(g).map((code, k) => levels[k]![code]!);
      const pick = (from: ArrayLike<number>): Float64Array => Float64Array.from(own, (i) => from[i]!);
      return {
        stratum: values.slice(0, control.length),
        group: values.slice(control.length),
        n: own.length,
        sums: addUp(pick(labels), pick(predictions), weights === null ? null : pick(weights)),
      };
    });
  return {
    kind: 'regression-table',
    version: 1,
    sensitive: [...sensitive],
    control: [...control],
    levels: index.levels.map((one) => [...one]),
    controlLevels: index.controlLevels.map((one) => [...one]),
    wholeLevels: [...index.wholeLevels],
    weighted: weights !== null,
    cells,
    rows,
    leftOut,
  };
}

function addUp(labels: Float64Array, predictions: Float64Array, weights: Float64Array | null): RegressionCell['sums'] {
  const unit = commonPower(labels, predictions);
  const weightUnit = weights === null ? 0 : commonPower(weights);
  let [w, ww, p, pp, e, ee, eeee] = [0n, 0n, 0n, 0n, 0n, 0n, 0n];
  let [y, yy, yyy, yyyy, yee, yyee] = [0n, 0n, 0n, 0n, 0n, 0n];
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === null ? 1n : inUnits(weights[i]!, weightUnit);
    const label = inUnits(labels[i]!, unit);
    const guess = inUnits(predictions[i]!, unit);
    const gap = label < guess ? guess - label : label - guess;
    const square = gap * gap;
    const heavySquare = weights === null ? square : weight * square;
    const heavyLabel = weights === null ? label : weight * label;
    const heavyGuess = weights === null ? guess : weight * guess;
    const labelSquare = label * label;
    const heavyLabelSquare = heavyLabel * label;
    w += weight;
    ww += weight * weight;
    p += heavyGuess;
    pp += heavyGuess * guess;
    e += weight * gap;
    ee += heavySquare;
    eeee += heavySquare * square;
    y += heavyLabel;
    yy += heavyLabelSquare;
    yyy += heavyLabel * labelSquare;
    yyyy += heavyLabelSquare * labelSquare;
    yee += heavySquare * label;
    yyee += heavySquare * labelSquare;
  }
  const sums = { w, ww, p, pp, e, ee, eeee, y, yy, yyy, yyyy, yee, yyee };
  const text = (name: RegressionSum): string => {
    const degree = name === 'w' || name === 'ww' ? 0 : name.length;
    return exactText({ size: sums[name], power: degree * unit + (name === 'ww' ? 2 : 1) * weightUnit });
  };
  return Object.fromEntries(REGRESSION_SUMS.map((name) => [name, text(name)])) as Record<RegressionSum, string>;
}
