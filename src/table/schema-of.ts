import type { Table } from '../types.ts';
import type { ColumnSchema, TableSchema } from './column-schema.ts';

/**
 * The schema of a table: enough for {@link parseCsv} or {@link parseNdjson} to read its text back to an equal table.
 *
 * @param table - Any table.
 * @returns Names and kinds in order, with units of datetimes and labels of categories. JSON-safe.
 * @example
 * schemaOf(fromRecords([{ n: 1 }])); // => { columns: [{ name: 'n', kind: 'integer' }] }
 */
export function schemaOf(table: Table): TableSchema {
  return {
    columns: table.columns.map((column): ColumnSchema => {
      const { name, kind } = column;
      if (kind === 'category') return { name, kind, labels: column.labels };
      return kind === 'datetime' ? { name, kind, unit: column.unit } : { name, kind };
    }),
  };
}
