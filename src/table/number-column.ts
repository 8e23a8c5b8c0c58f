import type { NumberColumn } from '../types.ts';
import { MissingRows } from './internal-bitmap.ts';
import { badCell } from './internal-error.ts';

/**
 * A column of real numbers.
 *
 * Missing cells (null or undefined) are recorded in the validity bitmap and hold NaN. NaN and the infinities
 * are values, not missing ones. The values are copied.
 *
 * @param name - The column's name.
 * @param values - One number, null or undefined per row.
 * @returns The column.
 * @throws {@link SynthproofError} `BAD_VALUE` for a cell that is no number, with its row.
 * @example
 * const height = numberColumn('height', [1.72, null]);
 * cellAt(height, 1); // => null
 */
export function numberColumn(name: string, values: ArrayLike<number | null | undefined>): NumberColumn {
  const out = new Float64Array(values.length);
  if (values instanceof Float64Array) {
    out.set(values);
    return { kind: 'number', name, values: out };
  }
  const missing = new MissingRows();
  for (let i = 0; i < out.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) {
      missing.mark(i);
      out[i] = Number.NaN;
    } else if (typeof value === 'number') out[i] = value;
    else throw badCell(name, i, 'a number or null', value, 'convert the values first, or use textColumn');
  }
  const validity = missing.validity(out.length);
  return validity === undefined
    ? { kind: 'number', name, values: out }
    : { kind: 'number', name, values: out, validity };
}
