import type { Table } from '../types.ts';
import { type FromValuesOptions, fromColumns } from './from-columns.ts';

/**
 * A table from an array of objects. Columns come in the order in which keys are first seen (keys that look like
 * integers are moved to the front by the language itself); a key that an object lacks is a missing cell.
 *
 * @param records - Objects of plain values; kinds as in {@link fromColumns}.
 * @param options - See {@link FromValuesOptions}. With a schema the columns come in its order, and a key outside it is
 * refused.
 * @returns The table.
 * @throws {@link SynthproofError} `BAD_VALUE`, `SCHEMA_MISMATCH`.
 * @example
 * const table = fromRecords([{ age: 39, sex: 'M' }, { age: null, sex: 'F' }]);
 * missingCount(getColumn(table, 'age')); // => 1
 */
export function fromRecords(
  records: readonly Readonly<Record<string, unknown>>[],
  options: FromValuesOptions = {},
): Table {
  const cells = new Map<string, unknown[]>();
  for (const column of options.schema?.columns ?? []) cells.set(column.name, []);
  for (let i = 0; i < records.length; i++) {
    const record = records[i]!;
    for (const name of Object.keys(record)) {
      let values = cells.get(name);
      if (values === undefined) {
        values = [];
        cells.set(name, values);
      }
      while (values.length < i) values.push(null);
      values.push(record[name]);
    }
  }
  for (const values of cells.values()) while (values.length < records.length) values.push(null);
  return fromColumns([...cells], options);
}
