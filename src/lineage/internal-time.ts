import { daysFromCivil, daysInMonth } from '../table/internal-calendar.ts';

/**
 * Epoch milliseconds of an RFC 3339 time in UTC (`Z`, upper case, up to 9 decimals), or null when the text is none.
 * No leap seconds: an hour has 3600 seconds here.
 */
export function parseTime(text: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?Z$/.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
    return null;
  const days = daysFromCivil(year, month, day);
  return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + Number(`0${match[7] ?? ''}`) * 1000;
}

/** Whether a text is a calendar day, `YYYY-MM-DD`. */
export function isCalendarDay(text: string): boolean {
  return text.length === 10 && parseTime(`${text}T00:00:00Z`) !== null;
}
