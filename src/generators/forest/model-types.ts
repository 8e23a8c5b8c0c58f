import type { Model } from '../../types.ts';
import type { ColumnReport, ColumnShape } from '../model-types.ts';

/** One column of a forest's model. `values` are the distinct observed values of a numeric column, ascending. */
export interface ArfColumn extends ColumnShape {
  /**
   * Cell of every training row: a position in `values` or `labels`, 0 or 1 for false and true, 0 for an identifier; one
   * more than the last of these when the cell is missing. Kept columns have them too. Empty when the forest does not model the column.
   */
  readonly cells: readonly number[];
  /** Width, in training rows of the sorted column, of the window around a numeric donor in which the draw falls; 0 draws the donor itself. */
  readonly smooth: number;
}

/** A tree of the forest, and the training rows of its leaves. Nodes stand in preorder: the left child of node i is i + 1. */
export interface ArfTree {
  /** Per node: position in the model's `columns` of the column it asks, or -1 for a leaf. */
  readonly feature: readonly number[];
  /**
   * Per node: a numeric column goes left when its cell is at most this; a category column when its cell's bit is set in
   * the words of `sets` that start here; a leaf holds its leaf number.
   */
  readonly split: readonly number[];
  /** Per node: the right child, 0 for a leaf. */
  readonly right: readonly number[];
  /** Per node: 1 when a missing number (or a level never seen in training) goes left, else 0. */
  readonly unknownLeft: readonly number[];
  /** 32-bit words of the category splits, as signed integers: bit b of word w stands for cell 32 w + b. */
  readonly sets: readonly number[];
  /** Per leaf, and once more at the end: where its rows start in `rows`. */
  readonly leaves: readonly number[];
  /** Every training row once, by leaf. */
  readonly rows: readonly number[];
}

/** What a fit of an adversarial random forest did. */
export interface ArfReport extends ColumnReport {
  /** Numeric columns whose draws are smoothed. */
  readonly smoothed: readonly string[];
  /**
   * Share of out-of-bag rows that the forest of each round told right, real from synthetic; .5 is chance. Round 0 is
   * against columns shuffled independently, each later one against draws from the forest before it. Those resemble the
   * real rows they were drawn from, so a forest that sees nothing else can come out below .5.
   */
  readonly accuracy: readonly number[];
  /** Round of the forest that was kept: the last that improved. */
  readonly keptRound: number;
  /** Why the rounds ended: the forest guesses no better than chance, did not improve, or the limit of rounds was reached. */
  readonly stopped: 'chance' | 'no-improvement' | 'limit' | 'one-column';
  /** Leaves of each tree, the training rows in its smallest leaf, and the leaves merged into their sibling for too few rows. */
  readonly trees: readonly {
    /** Number of leaves. */
    readonly leaves: number;
    /** Training rows in the smallest leaf. */
    readonly smallestLeaf: number;
    /** Leaves that held fewer than `minLeaf` training rows. */
    readonly pruned: number;
  }[];
}

/** An adversarial random forest: leaves within which the columns are independent as far as the forest can tell. */
export interface ArfModel extends Model {
  /** Discriminant. */
  readonly kind: 'arf';
  /** Format and sampling algorithm. */
  readonly version: 1;
  /** Always true: the model holds the training rows. Treat it as personal data when the source is. */
  readonly embedsTrainingValues: true;
  /** Columns in table order. */
  readonly columns: readonly ArfColumn[];
  /** The trees; each holds every training row in one of its leaves. */
  readonly trees: readonly ArfTree[];
  /** SHA-256 (hex) of the canonical JSON of all fields above and `report`: keys every draw. */
  readonly digest: string;
  /** What was pooled, replaced, constant or given up, and how the rounds went. */
  readonly report: ArfReport;
}
