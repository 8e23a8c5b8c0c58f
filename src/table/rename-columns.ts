import type { Table } from '../types.ts';
import { createTable } from './create-table.ts';
import { getColumn } from './get-column.ts';

/**
 * The table with some columns renamed.
 *
 * @param table - Any table.
 * @param names - Pairs of an old and a new name.
 * @returns A table that shares the columns' values.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN` for an old name that is not there; `DUPLICATE_COLUMN` when two
 * columns would share a name.
 * @example
 * columnNames(renameColumns(fromRecords([{ a: 1 }]), [['a', 'amount']])); // => ['amount']
 */
export function renameColumns(table: Table, names: readonly (readonly [from: string, to: string])[]): Table {
  const renamed = new Map<string, string>();
  for (const [from, to] of names) renamed.set(getColumn(table, from).name, to);
  return createTable(table.columns.map((column) => ({ ...column, name: renamed.get(column.name) ?? column.name })));
}
