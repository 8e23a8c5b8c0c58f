import { SynthproofError } from '../errors.ts';
import type { Column, Table } from '../types.ts';
import { isPresent, MissingRows } from './internal-bitmap.ts';

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

/** The cells of a column at indices that are known to be rows. */
function takeColumnRows(column: Column, indices: ArrayLike<number>): Column {
  const rows = indices.length;
  let validity: Uint8Array | undefined;
  if (column.validity !== undefined) {
    const missing = new MissingRows();
    for (let i = 0; i < rows; i++) if (!isPresent(column.validity, indices[i]!)) missing.mark(i);
    validity = missing.validity(rows);
  }
  const { validity: _, ...rest } = column;
  const base = validity === undefined ? rest : { ...rest, validity };
  if (column.kind === 'category')
    return { ...base, codes: gather(column.codes, indices, new Int32Array(rows)) } as Column;
  if (column.kind === 'boolean')
    return { ...base, values: gather(column.values, indices, new Uint8Array(rows)) } as Column;
  if (column.kind === 'text') {
    const values: string[] = [];
    for (let i = 0; i < rows; i++) values.push(column.values[indices[i]!]!);
    return { ...base, values } as Column;
  }
  return { ...base, values: gather(column.values, indices, new Float64Array(rows)) } as Column;
}

function gather<T extends Float64Array | Int32Array | Uint8Array>(from: T, indices: ArrayLike<number>, out: T): T {
  for (let i = 0; i < out.length; i++) out[i] = from[indices[i]!]!;
  return out;
}
