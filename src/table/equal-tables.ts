import type { Column, Table } from '../types.ts';
import { columnLength } from './column-length.ts';
import { isPresent } from './internal-bitmap.ts';

/**
 * Whether two tables hold the same columns (names, kinds, units, labels, order) and the same cells. NaN equals NaN,
 * and 0 differs from -0.
 *
 * @param a - A table.
 * @param b - Another one.
 * @returns True when they are equal.
 * @example
 * const table = fromRecords([{ n: 0.1, note: 'a' }]);
 * equalTables(parseCsv(formatCsv(table), { schema: schemaOf(table) }), table); // => true
 */
export function equalTables(a: Table, b: Table): boolean {
  if (a.rowCount !== b.rowCount || a.columns.length !== b.columns.length) return false;
  for (let c = 0; c < a.columns.length; c++) if (!equalColumns(a.columns[c]!, b.columns[c]!)) return false;
  return true;
}

function equalColumns(a: Column, b: Column): boolean {
  const rows = columnLength(a);
  if (a.name !== b.name || rows !== columnLength(b)) return false;
  for (let i = 0; i < rows; i++) if (isPresent(a.validity, i) !== isPresent(b.validity, i)) return false;
  if (a.kind === 'category') {
    if (b.kind !== 'category' || a.labels.length !== b.labels.length) return false;
    for (let i = 0; i < a.labels.length; i++) if (a.labels[i] !== b.labels[i]) return false;
    return equalCells(a, a.codes, b.codes);
  }
  if (b.kind !== a.kind || (a.kind === 'datetime' && b.kind === 'datetime' && a.unit !== b.unit)) return false;
  return equalCells(a, a.values, b.values);
}

function equalCells(column: Column, a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  for (let i = 0; i < a.length; i++) if (isPresent(column.validity, i) && !Object.is(a[i], b[i])) return false;
  return true;
}
