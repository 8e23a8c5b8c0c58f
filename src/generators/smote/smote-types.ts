import type { Model } from '../../types.ts';
import type { ColumnReport, ColumnShape } from '../model-types.ts';

/** One column of a SMOTE model. `values` are the distinct values of a numeric column in the class, ascending. */
export interface SmoteColumn extends ColumnShape {
  /** Cell of every row of the class: a position in `values` or `labels`, 0 or 1 for false and true; one more than the last when missing. Empty when the column is not modelled. */
  readonly cells: readonly number[];
  /** For categories and booleans, per row of the class: the most frequent cell of its neighbours. Empty for other kinds. */
  readonly modes: readonly number[];
}

/** What a fit of SMOTE found. */
export interface SmoteReport extends ColumnReport {
  /** Rows of the class: the others were not looked at, but for levels and decimals. */
  readonly classRows: number;
  /** Rows in which the target is missing. */
  readonly unlabelled: number;
  /** Cells of the class that are missing, by column; draws repeat the base row's gap. */
  readonly missing: readonly {
    /** Column name. */
    readonly column: string;
    /** Missing cells. */
    readonly cells: number;
  }[];
  /** Median over the numeric columns of the class's standard deviation, as used in the distance; null without numeric columns. */
  readonly medianDeviation: number | null;
}

/** SMOTE-NC: rows between neighbours of one class. */
export interface SmoteModel extends Model {
  /** Discriminant. */
  readonly kind: 'smote';
  /** Format and sampling algorithm. */
  readonly version: 1;
  /** Always true: the model holds the rows of the class. Treat it as personal data when the source is. */
  readonly embedsTrainingValues: true;
  /** Column that names the class. */
  readonly target: string;
  /** Text of the class's cell. */
  readonly label: string;
  /** Neighbours per row. */
  readonly k: number;
  /** Columns in table order. */
  readonly columns: readonly SmoteColumn[];
  /** The k nearest rows of the class of each of its rows, nearest first, row after row. */
  readonly neighbours: readonly number[];
  /** SHA-256 (hex) of the canonical JSON of all fields above and `report`: keys every draw. */
  readonly digest: string;
  /** What was pooled, replaced, constant or missing. */
  readonly report: SmoteReport;
}
