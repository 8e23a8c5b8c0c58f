import type { Table } from '../types.ts';
import { getColumn } from './get-column.ts';

/**
 * The table without the named columns.
 *
 * @param table - Any table.
 * @param names - Names of columns to leave out.
 * @returns A table that shares the remaining columns.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN` for a name that is not there.
 * @example
 * columnNames(dropColumns(fromRecords([{ a: 1, b: 2 }]), ['b'])); // => ['a']
 */
export function dropColumns(table: Table, names: readonly string[]): Table {
  const dropped = new Set(names.map((name) => getColumn(table, name).name));
  return { rowCount: table.rowCount, columns: table.columns.filter((column) => !dropped.has(column.name)) };
}
