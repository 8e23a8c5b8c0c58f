/** One of the three statistics of a table mark. */
export interface TableMarkLayer {
  /** `context`: joint frequencies; `comb`: fine positions of numbers; `all`: both added. */
  readonly layer: 'context' | 'comb' | 'all';
  /** Sum of signed weights divided by its standard deviation over keys; null when no unit has weight. */
  readonly z: number | null;
  /** Units with a weight other than 0. */
  readonly units: number;
  /** Base-10 logarithm of the bound on this layer's own p-value, before any correction; null as above. */
  readonly log10P: number | null;
}

/** What the detector says of a table, a plan and a key. */
export interface TableMarkVerdict {
  /** `marked`: p-value at or below alpha; `not-detected`: above it; `cannot-test`: too little to test, see `reason`. */
  readonly decision: 'marked' | 'not-detected' | 'cannot-test';
  /** Why there is no test: the plan has no carrier, the table has no row, none of the columns, or too few units. */
  readonly reason?: 'no-carriers' | 'no-rows' | 'no-columns' | 'too-few-units' | undefined;
  /** min(1, 3 x hypotheses x the smallest of the layers' bounds); 0 where a double cannot hold it; null when not tested. */
  readonly pValue: number | null;
  /** Base-10 logarithm of the p-value, exact however small; null when not tested. */
  readonly log10P: number | null;
  /** Threshold of the decision. */
  readonly alpha: number;
  /** Hypotheses the p-value is corrected for: keys, plans or tables tried. */
  readonly hypotheses: number;
  /** The three statistics. */
  readonly layers: readonly TableMarkLayer[];
  /** Units with weight, both layers. */
  readonly units: number;
  /** Rows of the table. */
  readonly rows: number;
  /** Rows that fell into at least one unit. */
  readonly rowsUsed: number;
  /** Rows that fell into none. */
  readonly rowsSkipped: number;
  /** Cells of the used columns that were missing, unreadable or of an unknown level. */
  readonly cellsSkipped: number;
  /** Columns of the plan found in the table. */
  readonly columnsUsed: readonly string[];
  /** Columns of the plan that the table lacks. */
  readonly columnsMissing: readonly string[];
  /** Blocks tested. */
  readonly blocksUsed: number;
  /** Blocks left out because a column they need is missing. */
  readonly blocksMissing: number;
  /** The plan's tableId. */
  readonly tableId: string;
  /** How the p-value was made. */
  readonly method: string;
}
