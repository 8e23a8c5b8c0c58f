import type { ColumnKind, JobOptions, Model, SampleOptions, Table } from '../types.ts';

/** What every sampler takes whose generator can keep columns (`synthesize` at its fit). */
export interface PartialSampleOptions extends SampleOptions, JobOptions {
  /** Partial synthesis: a table with the kept columns. Row i of a sample keeps its row i's cells (of all samples: `offset` counts). */
  readonly kept?: Table | undefined;
}

/** A decision tree whose leaves hold the training values that are drawn from. Nodes stand in preorder: the left child of node i is i + 1. */
export interface TreeModel {
  /** Per node: position in the model's `columns` of the column it asks, or -1 for a leaf. */
  readonly feature: readonly number[];
  /**
   * Per node: a numeric column goes left when its value is at most this; a category column when its code's bit is set in
   * the words of `sets` that start here; a leaf holds its leaf number.
   */
  readonly split: readonly number[];
  /** Per node: the right child, 0 for a leaf. */
  readonly right: readonly number[];
  /** Per node: 1 when a missing value (or a level never seen in training) goes left, else 0. */
  readonly unknownLeft: readonly number[];
  /** 32-bit words of the category splits, as signed integers: bit b of word w stands for code 32 w + b; the code after the last is "missing". */
  readonly sets: readonly number[];
  /** Per leaf, and once more at the end: where its entries of `codes` and `counts` start. */
  readonly leaves: readonly number[];
  /** Donor values, as positions in the column's `values` (numeric) or as codes, ascending within a leaf. */
  readonly codes: readonly number[];
  /** Rows of each donor value. */
  readonly counts: readonly number[];
}

/**
 * How a column is treated. `modelled`: drawn from its trees. `identifier`: replaced by placeholders that do not occur in
 * the source. `constant`: one value, repeated. `allMissing`: always missing, since nothing (or too little) was observed.
 * `kept`: not synthesised; the caller hands the real cells back in at sampling.
 */
export type ColumnRole = 'modelled' | 'identifier' | 'constant' | 'allMissing' | 'kept';

/** What every generator's model says of a column: how its cells look in a sample. */
export interface ColumnShape {
  /** Name. */
  readonly name: string;
  /** Kind in the source, and in every sample. */
  readonly kind: ColumnKind;
  /** Unit of a datetime column; null for other kinds. */
  readonly unit: 'day' | 'millisecond' | null;
  /** Treatment. */
  readonly role: ColumnRole;
  /** Training values that the model holds of a numeric column (which ones, its generator says), or the one value of a constant column; empty otherwise. */
  readonly values: readonly number[];
  /** Labels that a category column can show after pooling, sorted by code unit; empty otherwise. */
  readonly labels: readonly string[];
  /** Code of the pooled level in `labels`; -1 when nothing was pooled. Unseen labels of kept columns are read as it. */
  readonly pooledCode: number;
  /** Largest number of decimals among the observed values, at most 15: draws between training values are rounded to it. */
  readonly decimals: number;
  /** Text before the row number of a placeholder; '' unless an identifier of kind text or category. */
  readonly prefix: string;
  /** Identifier of row 0 when it is numeric; 0 otherwise. */
  readonly firstId: number;
  /** 1 when numeric identifiers ascend, -1 when they descend. */
  readonly idStep: number;
}

/** One column of a tree-based model. `values` are the distinct observed values of a numeric column, ascending. */
export interface ColumnModel extends ColumnShape {
  /** Width, in training rows of the sorted column, of the window around a numeric donor in which the draw falls; 0 draws the donor itself. */
  readonly smooth: number;
  /** Tree of the missing indicator (code 1 = missing); null when no cell is missing. */
  readonly missing: TreeModel | null;
  /** Tree of the observed values; null unless modelled. */
  readonly value: TreeModel | null;
}

/** What a fit did to the table's columns beyond modelling them: nothing is left out silently. */
export interface ColumnReport {
  /** Training rows. */
  readonly rows: number;
  /** Columns that copy one value. */
  readonly constant: readonly string[];
  /** Columns whose every cell will be missing, with the number of observed cells (fewer than `minLeaf`) that were given up. */
  readonly allMissing: readonly {
    /** Column name. */
    readonly column: string;
    /** Observed cells that were given up. */
    readonly observed: number;
  }[];
  /** Columns replaced by placeholders, and why. */
  readonly identifiers: readonly {
    /** Column name. */
    readonly column: string;
    /** `asked`: the caller listed it; `text`: free text; `all-distinct`: no two cells are equal. */
    readonly reason: 'asked' | 'text' | 'all-distinct';
  }[];
  /** Levels with fewer than `rareLevelMin` rows that were pooled into one: how many levels and rows, and the label they share. */
  readonly pooled: readonly {
    /** Column name. */
    readonly column: string;
    /** Number of levels pooled. */
    readonly levels: number;
    /** Training rows in them. */
    readonly rows: number;
    /** The level they became. */
    readonly label: string;
    /** Levels with fewer training rows than this were pooled. */
    readonly below: number;
  }[];
  /** Columns that are not synthesised. */
  readonly kept: readonly string[];
}

/** What a fit of trees did. */
export interface FitReport extends ColumnReport {
  /** Numeric columns whose draws are smoothed. */
  readonly smoothed: readonly string[];
  /** Leaves per modelled column and the rows of its smallest leaf, in visiting order. */
  readonly trees: readonly {
    /** Column name. */
    readonly column: string;
    /** Number of leaves. */
    readonly leaves: number;
    /** Training rows in the smallest leaf. */
    readonly smallestLeaf: number;
  }[];
}

/** What every model of this folder's tree sampler has. */
export interface TreeBasedModel extends Model {
  /** Always true: leaves hold training values. Treat the model as personal data when the source is. */
  readonly embedsTrainingValues: true;
  /** Columns in table order. */
  readonly columns: readonly ColumnModel[];
  /** Positions of the synthesised columns in the order they are drawn. */
  readonly order: readonly number[];
  /** SHA-256 (hex) of the canonical JSON of all fields above and `kind`, `version`, `report`: keys every draw. */
  readonly digest: string;
  /** What was pooled, replaced, constant or given up. */
  readonly report: FitReport;
}

/** Sequential CART: each column drawn from a tree on the columns before it. */
export interface CartModel extends TreeBasedModel {
  /** Discriminant. */
  readonly kind: 'cart';
  /** Format and sampling algorithm. */
  readonly version: 1;
}

/** Independent marginals: each column drawn alone, the baseline of every report. */
export interface IndependentModel extends TreeBasedModel {
  /** Discriminant. */
  readonly kind: 'independent';
  /** Format and sampling algorithm. */
  readonly version: 1;
}
