import type { Column, Table } from '../types.ts';
import { createTable } from './create-table.ts';

/**
 * The table with one column put in the place of the column of the same name, or added at the end.
 *
 * @param table - Any table.
 * @param column - The new column.
 * @returns A table that shares the other columns.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when its length is not the table's.
 * @example
 * const table = replaceColumn(fromRecords([{ a: 1 }]), textColumn('a', ['one']));
 * toRecords(table); // => [{ a: 'one' }]
 */
export function replaceColumn(table: Table, column: Column): Table {
  if (!table.columns.some((other) => other.name === column.name)) return createTable([...table.columns, column]);
  return createTable(table.columns.map((other) => (other.name === column.name ? column : other)));
}
