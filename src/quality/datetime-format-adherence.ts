import { columnLength } from '../table/column-length.ts';
import { missingCount } from '../table/missing-count.ts';
import type { Column } from '../types.ts';
import { compileDatetimeFormat } from './internal-datetime-format.ts';
import { notComputed } from './internal-measure.ts';
import { adherence, countTexts } from './internal-texts.ts';
import type { QualityMeasure } from './quality-measure.ts';

/** Result of {@link datetimeFormatAdherence}. */
export interface DatetimeFormatMeasure extends QualityMeasure {
  /** Real cells that do not match: then look at the format first. Null where the real column is a datetime column. */
  readonly realMismatches: number | null;
  /** Synthetic cells that are missing: they count as matching. */
  readonly syntheticMissing: number;
}

/**
 * Share of the synthetic cells whose whole text is a date or time written in a format.
 *
 * 1 = all; larger is better. Missing cells count as matching. Directives, each at most once: `%Y %y %m %b %B %d %j %H %I
 * %M %S %f %p %a %A %z %%`. As in strptime, numbers other than years may lack leading zeros (`%-d` is read as `%d`), a
 * space stands for one or more, letters may be of either case, names are English; `%f` is 1 to 9 digits, `%z` is `Z`,
 * `+hhmm` or `+hh:mm`. The day must exist (without a year, 29 February does), and two directives for the year or the
 * month must agree; `%a`, `%A` and `%j` are not compared with the date.
 *
 * A datetime column holds instants, not texts, and no format can be right or wrong: the value is null with the reason
 * `NO_TEXTS`, where SDMetrics gives NaN. To check what a CSV file would hold, cast it to text first.
 * Source: SDMetrics, DatetimeFormatAdherence. It reads with pandas, whose nanosecond timestamps start in 1677 and end in
 * 2262; here every day of the years 0001 to 9999 is one.
 *
 * @param real - Text, category or datetime column.
 * @param synthetic - Text, category or datetime column.
 * @param format - For example `%d.%m.%Y`.
 * @returns A measure in [0, 1]; reasons `NO_SYNTHETIC_VALUES` (no rows), `NO_TEXTS` (a datetime column).
 * @throws {@link SynthproofError} `BAD_OPTION` for a format with an unknown or repeated directive or with none;
 * `KIND_MISMATCH` for columns of other kinds.
 * @example
 * const days = (...cells) => textColumn('day', cells);
 * datetimeFormatAdherence(days('2024-02-29'), days('2024-03-31', '2023-02-29'), '%Y-%m-%d').value; // => 0.5
 */
export function datetimeFormatAdherence(real: Column, synthetic: Column, format: string): DatetimeFormatMeasure {
  const matches = compileDatetimeFormat(format);
  const inReal = real.kind === 'datetime' ? null : countTexts(real, 'real', matches);
  const nReal = columnLength(real);
  const realMismatches = inReal === null ? null : inReal.mismatches;
  if (synthetic.kind === 'datetime') {
    const missing = missingCount(synthetic);
    const measure = notComputed('datetimeFormatAdherence', 'NO_TEXTS', nReal, columnLength(synthetic));
    return { ...measure, realMismatches, syntheticMissing: missing };
  }
  const counts = countTexts(synthetic, 'synthetic', matches);
  const measure = adherence('datetimeFormatAdherence', nReal, counts);
  return { ...measure, realMismatches, syntheticMissing: counts.missing };
}
