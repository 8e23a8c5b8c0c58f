import { DAY_MS, daysFromCivil, daysInMonth, FIRST_MS, LAST_MS } from './internal-calendar.ts';

/**
 * Epoch milliseconds of a calendar day `YYYY-MM-DD` or of an RFC 3339 instant such as `2016-08-05T20:00:00Z` or
 * `2016-08-05T20:00:00.25-03:00`.
 *
 * Only valid calendar dates and clock times are read; a time without an offset states no instant and is refused, as
 * are leap seconds and fractions finer than a millisecond. Source: RFC 3339 section 5.6.
 *
 * @param text - The text, without surrounding spaces.
 * @param unit - `day` reads days only, `millisecond` instants only. Default `millisecond`.
 * @returns Whole milliseconds since 1970-01-01T00:00:00Z, or null when the text is no such date.
 * @example
 * parseDatetime('2000-02-29', 'day'); // => 951782400000
 * parseDatetime('1999-02-29', 'day'); // => null
 * parseDatetime('1970-01-01T01:00:00+01:00'); // => 0
 */
export function parseDatetime(text: string, unit: 'day' | 'millisecond' = 'millisecond'): number | null {
  if (text.length < 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const date = daysFromCivil(year, month, day) * DAY_MS;
  if (unit === 'day') return text.length === 10 ? date : null;
  const separator = text.charCodeAt(10) | 32; // T, t or a space
  if (text.length < 20 || (separator !== 116 && separator !== 32)) return null;
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null;
  let at = 19;
  let fraction = 0;
  if (text.charCodeAt(at) === 46) {
    const first = ++at;
    while (at < text.length && isDigit(text.charCodeAt(at))) {
      const digit = text.charCodeAt(at) - 48;
      if (at - first < 3) fraction = fraction * 10 + digit;
      else if (digit !== 0) return null;
      at++;
    }
    if (at === first) return null;
    for (let i = at - first; i < 3; i++) fraction *= 10;
  }
  const offset = offsetMinutes(text, at);
  if (offset === null) return null;
  const instant = date + ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction;
  return instant < FIRST_MS || instant > LAST_MS ? null : instant;
}

function offsetMinutes(text: string, at: number): number | null {
  const sign = text.charCodeAt(at);
  if (sign === 90 || sign === 122) return text.length === at + 1 ? 0 : null;
  if ((sign !== 43 && sign !== 45) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 58) return null;
  const hours = digits(text, at + 1, at + 3);
  const minutes = digits(text, at + 4, at + 6);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return null;
  return (sign === 45 ? -1 : 1) * (hours * 60 + minutes);
}

/** The number written by the digits in [start, end), or -1. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return -1;
    value = value * 10 + code - 48;
  }
  return value;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
