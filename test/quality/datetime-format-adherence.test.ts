import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SynthproofError } from '../../src/errors.ts';
import { datetimeFormatAdherence } from '../../src/quality/index.ts';
import {
  castColumn,
  categoryColumn,
  datetimeColumn,
  formatDatetime,
  integerColumn,
  textColumn,
} from '../../src/table/index.ts';

const texts = (...cells: (string | null)[]) => textColumn('t', cells);
const none = texts();
const matches = (text: string, format: string) => datetimeFormatAdherence(none, texts(text), format).value === 1;
const failure = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof SynthproofError) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'no error';
};

describe('what the reference gives', () => {
  const format = '%d-%m-%Y';
  test('days without leading zeros match', () => {
    const real = texts('10-10-2020', '10-11-2021', '10-12-2022');
    const measure = datetimeFormatAdherence(real, texts('9-10-2020', '29-7-2020', '15-12-2020'), format);
    expect(measure).toEqual({
      metric: 'datetimeFormatAdherence',
      value: 1,
      range: [0, 1],
      goal: 'maximize',
      n: 6,
      nReal: 3,
      nSynthetic: 3,
      realMismatches: 0,
      syntheticMissing: 0,
    });
    expect(datetimeFormatAdherence(texts('10/10/2020', null, 'x'), real, format).realMismatches).toBe(2);
  });
  test('missing cells match and are counted', () => {
    const cells = texts('2026-01-01', '2026-01-02', null, '2026-01-02 12:20:59');
    expect(datetimeFormatAdherence(none, cells, '%Y-%m-%d')).toMatchObject({ value: 0.75, syntheticMissing: 1 });
    expect(datetimeFormatAdherence(none, texts(null), '%Y-%m-%d')).toMatchObject({ value: 1, syntheticMissing: 1 });
  });
  test('a datetime column has no texts', () => {
    const days = datetimeColumn('t', [0, null], 'day');
    const measure = datetimeFormatAdherence(days, days, format);
    expect(measure).toMatchObject({ value: null, reason: 'NO_TEXTS', nReal: 2, nSynthetic: 2 });
    expect(measure).toMatchObject({ realMismatches: null, syntheticMissing: 1 });
    expect(datetimeFormatAdherence(days, texts('1-1-1970'), format)).toMatchObject({ value: 1, realMismatches: null });
    expect(datetimeFormatAdherence(none, castColumn(days, 'text'), '%Y-%m-%d').value).toBe(1);
    expect(datetimeFormatAdherence(none, castColumn(days, 'text'), format).value).toBe(0.5);
  });
});

test('labels are counted by their rows', () => {
  const labels = categoryColumn('t', ['1.1.2020', 'x', null, 'x', 'x']);
  expect(datetimeFormatAdherence(labels, labels, '%d.%m.%Y')).toMatchObject({ value: 0.4, realMismatches: 3 });
});

test.each([
  ['2024-02-29', '%Y-%m-%d', true],
  ['2023-02-29', '%Y-%m-%d', false],
  ['1900-02-29', '%Y-%m-%d', false],
  ['2000-02-29', '%Y-%m-%d', true],
  ['2024-04-31', '%Y-%m-%d', false],
  ['0000-01-01', '%Y-%m-%d', false],
  ['2024-13-01', '%Y-%m-%d', false],
  ['2024-00-01', '%Y-%m-%d', false],
  ['2024-1-0', '%Y-%m-%d', false],
  ['24-02-29', '%y-%m-%d', true],
  ['68/02/29', '%y/%m/%d', true],
  ['00/02/29', '%y/%m/%d', true],
  ['69/02/29', '%y/%m/%d', false],
  ['96/02/29', '%y/%m/%d', true],
  ['29.02.', '%d.%m.', true],
  ['30.02.', '%d.%m.', false],
  ['366 2024', '%j %Y', true],
  ['366 2023', '%j %Y', false],
  ['1 2023', '%j %Y', true],
  ['367', '%j', false],
  ['000', '%j', false],
  ['23:59:59', '%H:%M:%S', true],
  ['24:00:00', '%H:%M:%S', false],
  ['23:60:00', '%H:%M:%S', false],
  ['23:59:60', '%H:%M:%S', false],
  ['12:05 pm', '%I:%M %p', true],
  ['0:05 PM', '%I:%M %p', false],
  ['13:05 PM', '%I:%M %p', false],
  ['1:05 xm', '%I:%M %p', false],
  ['3 MAY 2020', '%d %b %Y', true],
  ['3 September 2020', '%d %B %Y', true],
  ['3 Sept 2020', '%d %B %Y', false],
  ['3 Sept 2020', '%d %b %Y', false],
  ['Thursday, 3 Sep', '%A, %d %b', true],
  ['thu 3', '%a %d', true],
  ['0.5', '%S.%f', true],
  ['0.123456789', '%S.%f', true],
  ['0.1234567890', '%S.%f', false],
  ['0.', '%S.%f', false],
  ['10:00Z', '%H:%M%z', true],
  ['10:00z', '%H:%M%z', false],
  ['10:00+0530', '%H:%M%z', true],
  ['10:00-05:30', '%H:%M%z', true],
  ['10:00+05', '%H:%M%z', false],
  ['10:00+24:00', '%H:%M%z', false],
  ['10:00+05:60', '%H:%M%z', false],
  ['10:00+05:3', '%H:%M%z', false],
  ['2020-01-05', '%Y-%-m-%-d', true],
  ['5%', '%d%%', true],
  ['%m-1-2020', '%%m-%d-%Y', true],
  ['2020-01-01t10', '%Y-%m-%dT%H', true],
  ['2020 \t\n 1', '%Y %m', true],
  ['2020-01', '%Y %m', false],
  ['2020', '%Y %m', false],
  ['2020-01-01 ', '%Y-%m-%d', false],
  [' 2020-01-01', '%Y-%m-%d', false],
  ['2020-01-01\n', '%Y-%m-%d', false],
  ['2020111', '%Y%m%d', true],
  ['20201', '%Y%m%d', false],
  ['202011', '%Y%m%d', true],
  ['2020-02 Feb', '%Y-%m %b', true],
  ['2020-02 Mar', '%Y-%m %b', false],
  ['2020 (20)', '%Y (%y)', true],
  ['2020 (21)', '%Y (%y)', false],
  ['٢٠٢٠', '%Y', false],
  ['', '%Y', false],
  ['\ud800', '%Y', false],
])('%j in %j: %j', (text, format, expected) => {
  expect(matches(text, format)).toBe(expected);
});

test('every day that is written is read, and no day after the last of its month', () => {
  fc.assert(
    fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (day) => {
      const text = formatDatetime(day * 86_400_000, 'day');
      const next = formatDatetime(Math.min(day + 1, 2_932_896) * 86_400_000, 'day');
      expect(matches(text, '%Y-%m-%d')).toBe(true);
      expect(matches(text.replaceAll('-', ''), '%Y%m%d')).toBe(true);
      if (next.endsWith('-01'))
        expect(matches(`${text.slice(0, 8)}${Number(text.slice(8)) + 1}`, '%Y-%m-%d')).toBe(false);
    }),
  );
});

test('hostile texts cost no more than their length', () => {
  const all = '%Y%y%m%b%B%d%j%H%I%M%S%f%p%a%A%z';
  const digits = '%Y%m%d%j%H%I%M%S%f';
  const long = 1_000_000;
  for (const text of ['1'.repeat(long), ' '.repeat(long), `2020${' '.repeat(long)}`, '1 '.repeat(long / 2)]) {
    expect(matches(text, all)).toBe(false);
    expect(matches(text, digits)).toBe(false);
    expect(matches(text, '%Y %m %d %H %M %S %f')).toBe(false);
  }
  expect(matches(`2020${' '.repeat(long)}1`, '%Y %m')).toBe(true);
  expect(matches(`2020${'x'.repeat(long)}`, `%Y${'X'.repeat(long)}`)).toBe(true);
  // Every way to cut the digits is tried, and the last letter refuses each of them.
  const cells = Array.from({ length: 200 }, () => '2020111111111111111111x');
  expect(datetimeFormatAdherence(none, texts(...cells), digits).value).toBe(0);
});

test('refusals name the directive', () => {
  const run = (format: unknown) => failure(() => datetimeFormatAdherence(none, texts('x'), format as string));
  expect(run('%Y-%q')).toMatch(/^BAD_OPTION .*"%q"/);
  expect(run('%Y-%😀')).toMatch(/"%😀"/);
  expect(run('Date: %')).toMatch(/^BAD_OPTION .*"%"/);
  expect(run('%Y/%-%')).toMatch(/^BAD_OPTION .*"%-%"/);
  expect(run('%-')).toMatch(/"%-"/);
  expect(run('%Y %Y')).toMatch(/^BAD_OPTION .*%Y comes twice/);
  expect(run('%d %-d')).toMatch(/%d comes twice/);
  expect(run('YYYY-MM-DD')).toMatch(/^BAD_OPTION .*YYYY-MM-DD/);
  expect(run('100%%')).toMatch(/^BAD_OPTION/);
  for (const format of ['', null, undefined, 5, {}]) expect(run(format)).toMatch(/^BAD_OPTION format/);
  const numbers = integerColumn('t', [1]);
  expect(failure(() => datetimeFormatAdherence(none, numbers, '%Y'))).toMatch(/^KIND_MISMATCH synthetic/);
  expect(failure(() => datetimeFormatAdherence(numbers, texts('x'), '%Y'))).toMatch(/^KIND_MISMATCH real/);
  expect(datetimeFormatAdherence(none, none, '%Y')).toMatchObject({ value: null, reason: 'NO_SYNTHETIC_VALUES' });
});
