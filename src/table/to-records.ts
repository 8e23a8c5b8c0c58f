import { SynthproofError } from '../errors.ts';
import type { Cell, Table } from '../types.ts';
import { cellAt } from './cell-at.ts';

/**
 * The rows of a table as objects of plain values: null for missing cells, epoch milliseconds for datetimes.
 *
 * @param table - Any table. Columns whose names look like integers are moved to the front by the language itself.
 * @returns One object per row.
 * @throws {@link SynthproofError} `BAD_COLUMN` for a column named `__proto__`, which no plain object can carry safely.
 * @example
 * toRecords(createTable([integerColumn('n', [1, null])])); // => [{ n: 1 }, { n: null }]
 */
export function toRecords(table: Table): Record<string, Cell>[] {
  for (const column of table.columns)
    if (column.name === '__proto__')
      throw new SynthproofError('BAD_COLUMN', 'table: a column is named "__proto__"; rename it with renameColumns', {
        argument: 'table',
        column: column.name,
      });
  const records: Record<string, Cell>[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    const record: Record<string, Cell> = {};
    for (const column of table.columns) record[column.name] = cellAt(column, row);
    records.push(record);
  }
  return records;
}
