import type { BooleanColumn } from '../types.ts';
import { MissingRows } from './internal-bitmap.ts';
import { badCell } from './internal-error.ts';

/**
 * A column of true and false.
 *
 * Missing cells (null or undefined) are recorded in the validity bitmap and hold 0.
 *
 * @param name - The column's name.
 * @param values - One boolean, null or undefined per row.
 * @returns The column.
 * @throws {@link SynthproofError} `BAD_VALUE` for a cell that is no boolean, with its row.
 * @example
 * cellAt(booleanColumn('member', [true, null]), 0); // => true
 */
export function booleanColumn(name: string, values: ArrayLike<boolean | null | undefined>): BooleanColumn {
  const out = new Uint8Array(values.length);
  const missing = new MissingRows();
  for (let i = 0; i < out.length; i++) {
    const value = values[i];
    if (value === true) out[i] = 1;
    else if (value === null || value === undefined) missing.mark(i);
    else if (value !== false)
      throw badCell(name, i, 'true, false or null', value, 'map the values to booleans first, or use integerColumn');
  }
  const validity = missing.validity(out.length);
  return validity === undefined
    ? { kind: 'boolean', name, values: out }
    : { kind: 'boolean', name, values: out, validity };
}
