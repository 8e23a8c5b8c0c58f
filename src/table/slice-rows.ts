import type { Table } from '../types.ts';
import { takeRows } from './take-rows.ts';

/**
 * The rows from `start` up to, not including, `end`, with the meaning of Array.prototype.slice: negative positions
 * count from the end, and positions beyond the table are cut to it.
 *
 * @param table - Any table.
 * @param start - First row. Default 0.
 * @param end - Row after the last. Default the number of rows.
 * @returns A new table.
 * @example
 * sliceRows(fromRecords([{ n: 1 }, { n: 2 }, { n: 3 }]), -2).rowCount; // => 2
 */
export function sliceRows(table: Table, start = 0, end: number = table.rowCount): Table {
  const first = bound(start, table.rowCount);
  const last = bound(end, table.rowCount);
  const indices = new Int32Array(Math.max(0, last - first));
  for (let i = 0; i < indices.length; i++) indices[i] = first + i;
  return takeRows(table, indices);
}

function bound(position: number, rows: number): number {
  const whole = Math.trunc(position) || 0;
  return whole < 0 ? Math.max(0, rows + whole) : Math.min(whole, rows);
}
