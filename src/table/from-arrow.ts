import { SynthproofError } from '../errors.ts';
import type { Table } from '../types.ts';
import { type FromValuesOptions, fromColumns } from './from-columns.ts';
import { shown } from './internal-text.ts';

/** A column of a columnar table, as Apache Arrow JS (`get`) and Flechette (`at`) have it. */
export interface VectorLike {
  /** Number of rows. */
  readonly length: number;
  /** The value of a row, null when missing. */
  get?(row: number): unknown;
  /** The value of a row, null when missing. */
  at?(row: number): unknown;
}

/** What is used of a columnar table: Apache Arrow JS and Flechette tables fit as they are. */
export interface ArrowLike {
  /** Number of rows. */
  readonly numRows: number;
  /** The schema; only names are read. */
  readonly schema: {
    /** The columns in order. */
    readonly fields: readonly {
      /** The column's name. */
      readonly name: string;
    }[];
  };
  /** The column of a name. */
  getChild(name: string): VectorLike | null | undefined;
}

/**
 * A table from an Arrow table (Apache Arrow JS, Flechette), read through its methods; no package is imported.
 *
 * Values are read one by one, so that nulls and dictionaries come out right: strings, numbers, booleans, safe bigints
 * and Date objects as in {@link fromColumns}. Arrow's own dates and timestamps may arrive as plain numbers: declare
 * such columns as datetime in the schema.
 *
 * @param source - See {@link ArrowLike}.
 * @param options - See {@link FromValuesOptions}.
 * @returns The table.
 * @throws {@link SynthproofError} `BAD_VALUE`, `BAD_COLUMN` for a field without a column, `SCHEMA_MISMATCH`.
 * @example
 * const vector = { length: 2, get: (row) => [1.5, null][row] };
 * const table = fromArrow({ numRows: 2, schema: { fields: [{ name: 'x' }] }, getChild: () => vector });
 * toRecords(table); // => [{ x: 1.5 }, { x: null }]
 */
export function fromArrow(source: ArrowLike, options: FromValuesOptions = {}): Table {
  const entries = source.schema.fields.map(({ name }): [string, unknown[]] => {
    const vector = source.getChild(name);
    if (!vector || (vector.get === undefined && vector.at === undefined))
      throw new SynthproofError(
        'BAD_COLUMN',
        `source: expected getChild(${shown(name)}) to have get(row) or at(row), received ${shown(vector)}; pass an Arrow table`,
        { argument: 'source', column: name },
      );
    const cells: unknown[] = [];
    for (let row = 0; row < source.numRows; row++)
      cells.push(vector.get !== undefined ? vector.get(row) : vector.at!(row));
    return [name, cells];
  });
  return fromColumns(entries, options);
}
