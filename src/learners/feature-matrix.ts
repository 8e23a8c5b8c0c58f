/** A table as numbers for a learner. */
export interface FeatureMatrix {
  /** Number of rows. */
  readonly rows: number;
  /** Name of each feature: the column's, or `column=level` and `column missing` for one-hot features. */
  readonly names: readonly string[];
  /** One array per feature; NaN = missing (`ordinal` form only). */
  readonly columns: readonly Float64Array[];
  /** Columns that gave no feature: texts, and columns without two different values in the reference. */
  readonly skipped: readonly {
    /** Name of the column. */
    readonly column: string;
    /** Why. */
    readonly reason: 'TEXT' | 'CONSTANT';
  }[];
  /** Cells whose level the reference does not have; each got code -1, or zeros in every one-hot feature of the column. */
  readonly unknownCells: number;
  /** Infinite cells; each was taken as missing. */
  readonly infiniteCells: number;
  /** Levels of the reference that got no one-hot feature of their own because of `maxLevels`. */
  readonly pooledLevels: number;
}
