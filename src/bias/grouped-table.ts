/** What {@link GroupTable}, {@link ScoreTable} and {@link RegressionTable} have in common. Plain data: it survives JSON. */
export interface GroupedTable {
  /** Version of this format. */
  readonly version: 1;
  /** Names of the sensitive columns. */
  readonly sensitive: readonly string[];
  /** Names of the control columns. */
  readonly control: readonly string[];
  /** Known levels of each sensitive column: whole numbers by size, others by code unit, `(missing)` last. */
  readonly levels: readonly (readonly string[])[];
  /** Known levels of each control column. */
  readonly controlLevels: readonly (readonly string[])[];
  /** For each control, then each sensitive column: whether its levels are whole numbers. */
  readonly wholeLevels: readonly boolean[];
  /** Whether rows had weights. */
  readonly weighted: boolean;
  /** Rows counted in the cells. */
  readonly rows: number;
}
