import { SynthproofError } from '../errors.ts';
import type { Table } from '../types.ts';
import { takeColumnRows } from './internal-take.ts';

/**
 * The rows of the given indices, in that order; an index may occur more than once.
 *
 * @param table - Any table.
 * @param indices - 0-based rows.
 * @returns A new table; category labels are kept whether or not they still occur.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for an index that is no row.
 * @example
 * toRecords(takeRows(fromRecords([{ n: 1 }, { n: 2 }]), [1, 1, 0])); // => [{ n: 2 }, { n: 2 }, { n: 1 }]
 */
export function takeRows(table: Table, indices: ArrayLike<number>): Table {
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i]!;
    if (!(Number.isInteger(row) && row >= 0 && row < table.rowCount))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `indices: expected rows 0 to ${table.rowCount - 1}, received ${row} at position ${i}; drop it`,
        { argument: 'indices', row },
      );
  }
  return { rowCount: indices.length, columns: table.columns.map((column) => takeColumnRows(column, indices)) };
}
