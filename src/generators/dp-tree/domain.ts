/** What is publicly known of a numeric column: bounds and bins, never looked up in the data. */
export interface DpNumericDomain {
  /** Column name. */
  readonly name: string;
  /** Kind of the column. */
  readonly kind: 'number' | 'integer' | 'datetime';
  /** Least possible value; lower cells count as it. Datetimes are epoch milliseconds. */
  readonly min: number;
  /** Greatest possible value; higher cells count as it. */
  readonly max: number;
  /** Number of bins of equal width; default 32, or one a value where an integer column has fewer. */
  readonly bins?: number | undefined;
  /**
   * Bin edges instead of `bins`: ascending, the first `min`, the last `max`; a bin holds its lower edge and not its upper
   * one, the last bin holds both. Put an edge behind a heap: `[0, 1, 1000, 99999]` gives the zeros a bin of their own. Whole
   * columns may end one step past `max`, which leaves `max` a bin of its own: `[0, 1, 2]` for 0 and 1.
   */
  readonly edges?: readonly number[] | undefined;
  /** Decimals of a drawn `number`, 0 to 15; default 2. */
  readonly decimals?: number | undefined;
  /** Unit of a datetime column; default `millisecond`. */
  readonly unit?: 'day' | 'millisecond' | undefined;
  /** Whether cells can be missing; default true. When false a missing cell counts as `min`. NaN counts as missing. */
  readonly missing?: boolean | undefined;
}

/** What is publicly known of a category column. */
export interface DpCategoryDomain {
  /** Column name. */
  readonly name: string;
  /** Kind of the column. */
  readonly kind: 'category';
  /** All labels it can show, from a code book and not from the data. */
  readonly labels: readonly string[];
  /** The level that any other label counts as; default `other`. null: the list is complete, any other label counts as its first. */
  readonly other?: string | null | undefined;
  /** Whether cells can be missing; default true. When false a missing cell counts as the first label. */
  readonly missing?: boolean | undefined;
}

/** What is publicly known of a boolean column. */
export interface DpBooleanDomain {
  /** Column name. */
  readonly name: string;
  /** Kind of the column. */
  readonly kind: 'boolean';
  /** Whether cells can be missing; default true. When false a missing cell counts as false. */
  readonly missing?: boolean | undefined;
}

/** A column of any kind that is not read at all: the sample shows text placeholders that count rows. */
export interface DpIdentifierDomain {
  /** Column name. */
  readonly name: string;
  /** Not read. */
  readonly kind: 'identifier';
}

/** Public knowledge of one column. */
export type DpColumnDomain = DpNumericDomain | DpCategoryDomain | DpBooleanDomain | DpIdentifierDomain;
