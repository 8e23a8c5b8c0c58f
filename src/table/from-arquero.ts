import { SynthproofError } from '../errors.ts';
import type { Table } from '../types.ts';
import { type FromValuesOptions, fromColumns } from './from-columns.ts';
import { shown } from './internal-text.ts';

/** What is used of an Arquero table: its tables fit as they are. */
export interface ArqueroLike {
  /** Number of rows that pass the table's filter. A method, where Arrow has a property. */
  numRows(): number;
  /** Names of the columns in order. */
  columnNames(): readonly string[];
  /** The column of a name; its rows are those of the unfiltered, unordered data. */
  column(name: string):
    | {
        /** The value of a row; null and undefined are missing. */
        at(row: number): unknown;
      }
    | null
    | undefined;
  /** The rows that pass the filter, in the table's order. Default: 0 to `numRows() - 1`. */
  indices?(): ArrayLike<number>;
}

/**
 * A table from an Arquero table, read through its methods; no package is imported.
 *
 * Filters and orders that the table carries are respected: its columns hold all rows in their first order, and
 * `indices()` says which rows count. Groupings are ignored.
 *
 * @param source - See {@link ArqueroLike}.
 * @param options - See {@link FromValuesOptions}.
 * @returns The table.
 * @throws {@link SynthproofError} `BAD_COLUMN` for a name without a column; `BAD_VALUE`; `SCHEMA_MISMATCH`.
 * @example
 * const cells = ['a', 'b', 'c'];
 * const source = { numRows: () => 2, columnNames: () => ['x'], column: () => cells, indices: () => [2, 0] };
 * toRecords(fromArquero(source)); // => [{ x: 'c' }, { x: 'a' }]
 */
export function fromArquero(source: ArqueroLike, options: FromValuesOptions = {}): Table {
  const rows = source.numRows();
  const indices = source.indices?.();
  const entries = source.columnNames().map((name): [string, unknown[]] => {
    const column = source.column(name);
    if (!column || typeof column.at !== 'function')
      throw new SynthproofError(
        'BAD_COLUMN',
        `source: expected column(${shown(name)}) to have at(row), received ${shown(column)}; pass an Arquero table`,
        { argument: 'source', column: name },
      );
    const cells: unknown[] = [];
    for (let row = 0; row < rows; row++) cells.push(column.at(indices === undefined ? row : indices[row]!));
    return [name, cells];
  });
  return fromColumns(entries, options);
}
