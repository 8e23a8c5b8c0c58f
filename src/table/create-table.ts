import { SynthproofError } from '../errors.ts';
import type { Column, Table } from '../types.ts';
import { columnLength } from './column-length.ts';
import { shown } from './internal-text.ts';

/**
 * A table of the given columns, in their order.
 *
 * @param columns - Columns of equal length with distinct names.
 * @returns The table; it shares the columns, nothing is copied.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when lengths differ; `DUPLICATE_COLUMN` when two names are equal.
 * @example
 * const table = createTable([integerColumn('age', [39, 50]), categoryColumn('sex', ['M', 'F'])]);
 * table.rowCount; // => 2
 */
export function createTable(columns: readonly Column[]): Table {
  const rowCount = columns.length === 0 ? 0 : columnLength(columns[0]!);
  const names = new Set<string>();
  for (const column of columns) {
    if (names.has(column.name))
      throw new SynthproofError(
        'DUPLICATE_COLUMN',
        `columns: the name ${shown(column.name)} occurs twice; rename one of the two columns`,
        { argument: 'columns', column: column.name },
      );
    names.add(column.name);
    if (columnLength(column) !== rowCount)
      throw new SynthproofError(
        'LENGTH_MISMATCH',
        `columns: expected ${rowCount} rows as in ${shown(columns[0]!.name)}, received ${columnLength(column)} in ${shown(column.name)}; give every column one cell per row`,
        { argument: 'columns', column: column.name },
      );
  }
  return { rowCount, columns: [...columns] };
}
