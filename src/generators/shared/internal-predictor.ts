/** A column as the tree builder reads it, whether as predictor or as target. */
export interface EncodedColumn {
  /** Position in the model's columns. */
  readonly column: number;
  /** True when codes are ranks of numbers. */
  readonly numeric: boolean;
  /** Code of each row, 0 to size - 1; `size` when missing. */
  readonly codes: Int32Array;
  /** Number of codes, "missing" not counted. */
  readonly size: number;
  /** Distinct values ascending, for numeric columns; empty otherwise. */
  readonly values: Float64Array;
}

/** What a tree predicts, over all rows of the table. */
export interface Target {
  /** Number of classes; 1 when `score` is a number to be explained by least squares (also for two classes, as 0 and 1). */
  readonly classes: number;
  /** Class of each row; empty when `classes` is 1. */
  readonly klass: Int32Array;
  /** Whole-number score of each row, so that sums are exact in any order; empty when `classes` is above 1. */
  readonly score: Float64Array;
}

/** When a tree stops. */
export interface GrowLimits {
  /** Fewest rows in a leaf. */
  readonly minLeaf: number;
  /** Fewest rows in a node that is split. */
  readonly minSplit: number;
  /** Most splits from the root to a leaf. */
  readonly maxDepth: number;
  /** Least gain of a split, as a share of the root's deviance. */
  readonly complexity: number;
}

/** Numeric columns with more distinct values than this are scanned in presorted order; others by counting. */
export const COUNTED_SIZE = 256;
