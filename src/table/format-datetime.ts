import { SynthproofError } from '../errors.ts';
import { civilFromDays, DAY_MS, FIRST_MS, LAST_MS, padded } from './internal-calendar.ts';

/**
 * Text of a calendar day (`YYYY-MM-DD`) or of an instant (RFC 3339 in UTC, with a fraction only where there is one).
 *
 * @param milliseconds - Whole milliseconds since 1970-01-01T00:00:00Z, within the years 0000 to 9999.
 * @param unit - What the value states. Default `millisecond`.
 * @returns The text; {@link parseDatetime} reads it back.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for a fraction or a value outside those years.
 * @example
 * formatDatetime(0); // => '1970-01-01T00:00:00Z'
 * formatDatetime(1500); // => '1970-01-01T00:00:01.500Z'
 * formatDatetime(951782400000, 'day'); // => '2000-02-29'
 */
export function formatDatetime(milliseconds: number, unit: 'day' | 'millisecond' = 'millisecond'): string {
  if (!Number.isInteger(milliseconds) || milliseconds < FIRST_MS || milliseconds > LAST_MS)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `milliseconds: expected whole epoch milliseconds in the years 0000 to 9999, received ${milliseconds}; check the unit (milliseconds, not seconds or microseconds)`,
      { argument: 'milliseconds' },
    );
  const days = Math.floor(milliseconds / DAY_MS);
  const [year, month, day] = civilFromDays(days);
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
  if (unit === 'day') return date;
  const rest = milliseconds - days * DAY_MS;
  const seconds = Math.floor(rest / 1000);
  const fraction = rest - seconds * 1000;
  const hour = Math.floor(seconds / 3600);
  const minute = Math.floor((seconds - hour * 3600) / 60);
  const clock = `${padded(hour, 2)}:${padded(minute, 2)}:${padded(seconds % 60, 2)}`;
  return `${date}T${clock}${fraction === 0 ? '' : `.${padded(fraction, 3)}`}Z`;
}
