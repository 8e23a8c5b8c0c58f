import type { IntegerColumn } from '../types.ts';
import { MissingRows } from './internal-bitmap.ts';
import { wholeNumber } from './internal-checks.ts';

/**
 * A column of whole numbers up to 2^53 - 1 in size.
 *
 * Missing cells (null or undefined) are recorded in the validity bitmap and hold NaN. -0 becomes 0. The values
 * are copied.
 *
 * @param name - The column's name.
 * @param values - One whole number, null or undefined per row.
 * @returns The column.
 * @throws {@link SynthproofError} `BAD_VALUE` for NaN, an infinity, a fraction or a number beyond 2^53 - 1, with its row.
 * @example
 * cellAt(integerColumn('gold', [0, 3]), 1); // => 3
 */
export function integerColumn(name: string, values: ArrayLike<number | null | undefined>): IntegerColumn {
  const out = new Float64Array(values.length);
  const missing = new MissingRows();
  for (let i = 0; i < out.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) {
      missing.mark(i);
      out[i] = Number.NaN;
    } else out[i] = wholeNumber(name, i, value);
  }
  const validity = missing.validity(out.length);
  return validity === undefined
    ? { kind: 'integer', name, values: out }
    : { kind: 'integer', name, values: out, validity };
}
