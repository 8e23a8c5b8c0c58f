import type { Column } from '../types.ts';
import { isPresent, MissingRows } from './internal-bitmap.ts';

/** The cells of a column at indices that are known to be rows, or -1 for a missing cell. */
export function takeColumnRows(column: Column, indices: ArrayLike<number>): Column {
  const rows = indices.length;
  const missing = new MissingRows();
  for (let i = 0; i < rows; i++) if (indices[i]! < 0 || !isPresent(column.validity, indices[i]!)) missing.mark(i);
  const validity = missing.validity(rows);
  const { validity: _, ...rest } = column;
  const base = validity === undefined ? rest : { ...rest, validity };
  if (column.kind === 'category')
    return { ...base, codes: gather(column.codes, indices, new Int32Array(rows), -1) } as Column;
  if (column.kind === 'boolean')
    return { ...base, values: gather(column.values, indices, new Uint8Array(rows), 0) } as Column;
  if (column.kind === 'text') {
    const values: string[] = [];
    for (let i = 0; i < rows; i++) values.push(indices[i]! < 0 ? '' : column.values[indices[i]!]!);
    return { ...base, values } as Column;
  }
  return { ...base, values: gather(column.values, indices, new Float64Array(rows), Number.NaN) } as Column;
}

function gather<T extends Float64Array | Int32Array | Uint8Array>(
  from: T,
  indices: ArrayLike<number>,
  out: T,
  filler: number,
): T {
  for (let i = 0; i < out.length; i++) {
    const row = indices[i]!;
    out[i] = row < 0 ? filler : from[row]!;
  }
  return out;
}
