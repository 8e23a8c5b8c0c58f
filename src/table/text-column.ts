import type { TextColumn } from '../types.ts';
import { MissingRows } from './internal-bitmap.ts';
import { badCell } from './internal-error.ts';

/**
 * A column of free text.
 *
 * Missing cells (null or undefined) are recorded in the validity bitmap and hold ''. The empty text is a value.
 *
 * @param name - The column's name.
 * @param values - One string, null or undefined per row.
 * @returns The column.
 * @throws {@link SynthproofError} `BAD_VALUE` for a cell that is no string, with its row.
 * @example
 * cellAt(textColumn('note', ['', null]), 0); // => ''
 */
export function textColumn(name: string, values: ArrayLike<string | null | undefined>): TextColumn {
  const out: string[] = [];
  const missing = new MissingRows();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === 'string') out.push(value);
    else if (value === null || value === undefined) {
      missing.mark(i);
      out.push('');
    } else throw badCell(name, i, 'a string or null', value, 'convert the values to strings first');
  }
  const validity = missing.validity(out.length);
  return validity === undefined ? { kind: 'text', name, values: out } : { kind: 'text', name, values: out, validity };
}
