import type { DatetimeColumn } from '../types.ts';
import { MissingRows } from './internal-bitmap.ts';
import { epochTime } from './internal-checks.ts';

/**
 * A column of calendar days or instants between the years 0000 and 9999.
 *
 * Missing cells (null or undefined) are recorded in the validity bitmap and hold NaN. The values are copied.
 *
 * @param name - The column's name.
 * @param values - Whole milliseconds since 1970-01-01T00:00:00Z, null or undefined per row.
 * @param unit - `day` when each cell states a calendar day (a multiple of 86,400,000), else `millisecond`. Default
 * `millisecond`.
 * @returns The column.
 * @throws {@link SynthproofError} `BAD_VALUE` for a fraction, a value outside those years, or a time of day in a
 * `day` column, with its row.
 * @example
 * cellText(datetimeColumn('born', [86400000], 'day'), 0); // => '1970-01-02'
 */
export function datetimeColumn(
  name: string,
  values: ArrayLike<number | null | undefined>,
  unit: 'day' | 'millisecond' = 'millisecond',
): DatetimeColumn {
  const out = new Float64Array(values.length);
  const missing = new MissingRows();
  for (let i = 0; i < out.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) {
      missing.mark(i);
      out[i] = Number.NaN;
      continue;
    }
    out[i] = epochTime(name, i, value, unit);
  }
  const validity = missing.validity(out.length);
  return validity === undefined
    ? { kind: 'datetime', name, unit, values: out }
    : { kind: 'datetime', name, unit, values: out, validity };
}
