import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDatetime, parseDatetime } from '../../src/table/index.ts';

const instant = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });

test('agrees with the engine on every instant', () => {
  fc.assert(
    fc.property(instant, (milliseconds) => {
      const iso = new Date(milliseconds).toISOString();
      expect(formatDatetime(milliseconds)).toBe(iso.replace('.000Z', 'Z'));
      expect(parseDatetime(iso)).toBe(milliseconds);
      expect(formatDatetime(milliseconds, 'day')).toBe(iso.slice(0, 10));
    }),
    { numRuns: 2000 },
  );
});

test('every day of 800 years follows the one before', () => {
  for (let day = -146_097; day < 146_097; day++) {
    const text = formatDatetime(day * 86_400_000, 'day');
    expect(parseDatetime(text, 'day')).toBe(day * 86_400_000);
  }
});

test('offsets shift, fractions may be short or padded', () => {
  expect(parseDatetime('1970-01-01T00:00:00.5Z')).toBe(500);
  expect(parseDatetime('1970-01-01T00:00:00.123000Z')).toBe(123);
  expect(parseDatetime('1970-01-01 00:00:00z')).toBe(0);
  expect(parseDatetime('1970-01-01T05:30:00+05:30')).toBe(0);
  expect(parseDatetime('1969-12-31T23:00:00-01:00')).toBe(0);
  expect(parseDatetime('1970-01-01T00:00:00-00:00')).toBe(0);
});

test.each([
  '',
  '1970',
  '1970-1-1',
  '1970-01-01',
  '1970-00-01T00:00:00Z',
  '1970-13-01T00:00:00Z',
  '1970-01-00T00:00:00Z',
  '1970-04-31T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '1970-01-01T00:00Z',
  '1970-01-01T00:00:00',
  '1970-01-01T00:00:00.Z',
  '1970-01-01T00:00:00Zx',
  '1970-01-01T00:00:00+0100',
  '1970-01-01T00:00:00+24:00',
  '1970-01-01T00:00:00+01:60',
  '1970-01-01T00:60:00Z',
  '1970-01-01x00:00:00Z',
  '1970/01/01T00:00:00Z',
  '+1970-01-01T00:00:00Z',
  '1970-01-01T-1:00:00Z',
  '9999-12-31T23:59:59-01:00',
  '197O-01-01T00:00:00Z',
  '1970-01-01T00.00.00Z',
])('refuses %s', (text) => {
  expect(parseDatetime(text)).toBe(null);
});

test.each([Number.NaN, 0.5, 253_402_300_800_000, -62_167_219_200_001, Number.POSITIVE_INFINITY])(
  'formatDatetime refuses %s',
  (value) => {
    expect(() => formatDatetime(value)).toThrow(/years 0000 to 9999/);
  },
);
