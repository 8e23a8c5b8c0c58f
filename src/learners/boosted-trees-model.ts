/** One tree of a {@link BoostedTreesModel}, node by node; children stand after their parent. */
export interface BoostedTree {
  /** Feature that a node splits on; -1 for a leaf. */
  readonly feature: readonly number[];
  /** A row goes left when its value is at most this; 0 for a leaf. */
  readonly threshold: readonly number[];
  /** 1 when a missing value goes left. */
  readonly missingLeft: readonly number[];
  /** Node number of the left child; 0 for a leaf. */
  readonly left: readonly number[];
  /** Node number of the right child; 0 for a leaf. */
  readonly right: readonly number[];
  /** What a leaf adds to the raw score; 0 for an inner node. */
  readonly value: readonly number[];
}

/** Result of fitBoostedTrees: plain JSON-safe data. */
export interface BoostedTreesModel {
  /** Discriminant. */
  readonly kind: 'boosted-trees';
  /** Version of this form. */
  readonly version: 1;
  /** What was learned. */
  readonly task: 'classification' | 'regression';
  /** Number of classes; 0 for regression. */
  readonly classes: number;
  /** Number of features. */
  readonly features: number;
  /** Raw score before any tree: one for two classes (log-odds of class 1) and regression, else one per class. */
  readonly baseline: readonly number[];
  /** Trees in order; tree t adds to raw score t modulo the number of baselines. */
  readonly trees: readonly BoostedTree[];
  /** Rows the trees were grown on. */
  readonly rows: number;
  /** Rows set aside to decide when to stop; 0 without early stopping. */
  readonly validationRows: number;
  /** True when the validation loss stopped improving before the last iteration. */
  readonly stoppedEarly: boolean;
}
