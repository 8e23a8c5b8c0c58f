import type { Table } from '../types.ts';

/**
 * The names of a table's columns in order.
 *
 * @param table - Any table.
 * @returns The names.
 * @example
 * columnNames(createTable([textColumn('b', []), textColumn('a', [])])); // => ['b', 'a']
 */
export function columnNames(table: Table): string[] {
  return table.columns.map((column) => column.name);
}
