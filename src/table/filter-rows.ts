import type { Table } from '../types.ts';
import { takeRows } from './take-rows.ts';

/**
 * The rows for which a predicate holds.
 *
 * @param table - Any table.
 * @param predicate - Called with each 0-based row; read cells through columns fetched beforehand.
 * @returns A new table; `rowCount` tells how many rows were kept.
 * @example
 * const table = fromRecords([{ age: 17 }, { age: 40 }]);
 * const age = getColumn(table, 'age');
 * filterRows(table, (row) => cellAt(age, row) >= 18).rowCount; // => 1
 */
export function filterRows(table: Table, predicate: (row: number) => boolean): Table {
  const kept = new Int32Array(table.rowCount);
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) if (predicate(row)) kept[count++] = row;
  return takeRows(table, kept.subarray(0, count));
}
