import type { ColumnKind } from '../types.ts';

/** What a column of a file is declared to hold. JSON-safe. */
export interface ColumnSchema {
  /** The column's name. */
  readonly name: string;
  /** Its kind. */
  readonly kind: ColumnKind;
  /** For datetimes: calendar days (`YYYY-MM-DD`) or instants (RFC 3339). Default `millisecond`. */
  readonly unit?: 'day' | 'millisecond' | undefined;
  /** For categories: all labels; any other value is refused. Default: the labels that occur. */
  readonly labels?: readonly string[] | undefined;
  /** Texts that stand for a missing cell in this column, in place of the reader's own list. */
  readonly nullTokens?: readonly string[] | undefined;
}

/** What a file is declared to hold, column by column. JSON-safe. */
export interface TableSchema {
  /** The columns. A file's columns are matched by name. */
  readonly columns: readonly ColumnSchema[];
}
