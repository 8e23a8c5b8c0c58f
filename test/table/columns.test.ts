import { describe, expect, test } from 'vitest';
import { SynthproofError } from '../../src/errors.ts';
import {
  booleanColumn,
  castColumn,
  categoryColumn,
  cellAt,
  cellText,
  columnLength,
  createTable,
  datetimeColumn,
  integerColumn,
  isMissing,
  missingCount,
  normalizeColumn,
  numberColumn,
  textColumn,
} from '../../src/table/index.ts';
import type { Column } from '../../src/types.ts';

function failure(run: () => unknown): SynthproofError {
  try {
    run();
  } catch (error) {
    if (error instanceof SynthproofError) return error;
    throw error;
  }
  throw new Error('expected an error');
}

describe('constructors', () => {
  test('missing rows hold the fillers, in Arrow layout', () => {
    const rows = [1, null, 2, 3, undefined, 4, 5, 6, 7, null];
    const number = numberColumn('x', rows);
    expect([...number.values]).toEqual([1, Number.NaN, 2, 3, Number.NaN, 4, 5, 6, 7, Number.NaN]);
    expect([...number.validity!]).toEqual([0b11101101, 0b01]);
    expect([...integerColumn('x', [null, 2]).values]).toEqual([Number.NaN, 2]);
    expect([...booleanColumn('x', [null, true]).values]).toEqual([0, 1]);
    expect([...categoryColumn('x', [null, 'b', 'a']).codes]).toEqual([-1, 1, 0]);
    expect([...datetimeColumn('x', [null, 0]).values]).toEqual([Number.NaN, 0]);
    expect(textColumn('x', [null, 'a']).values).toEqual(['', 'a']);
  });

  test('no bitmap when nothing is missing; NaN is a value', () => {
    const columns: Column[] = [
      numberColumn('n', [Number.NaN]),
      numberColumn('f', Float64Array.of(Number.NaN)),
      integerColumn('i', [0]),
      booleanColumn('b', [false]),
      categoryColumn('c', ['']),
      datetimeColumn('d', [0]),
      textColumn('t', ['']),
    ];
    for (const column of columns) {
      expect('validity' in column).toBe(false);
      expect(isMissing(column, 0)).toBe(false);
      expect(missingCount(column)).toBe(0);
      expect(columnLength(column)).toBe(1);
    }
  });

  test('inputs are copied', () => {
    const source = Float64Array.of(1, 2);
    const column = numberColumn('x', source);
    source[0] = 9;
    expect(column.values[0]).toBe(1);
  });

  test('empty columns', () => {
    expect(createTable([numberColumn('x', []), categoryColumn('y', [])]).rowCount).toBe(0);
    expect(createTable([]).rowCount).toBe(0);
    expect(categoryColumn('y', [], ['b', 'a']).labels).toEqual(['a', 'b']);
  });

  test('labels sort by code unit', () => {
    expect(categoryColumn('x', ['é', 'z', 'Z', 'a', '😀', '\uFFFD', '10', '9']).labels).toEqual([
      '10',
      '9',
      'Z',
      'a',
      'z',
      'é',
      '😀',
      '\uFFFD',
    ]);
  });

  test.each([
    ['fraction', () => integerColumn('x', [1, 1.5])],
    ['NaN', () => integerColumn('x', [1, Number.NaN])],
    ['beyond 2^53 - 1', () => integerColumn('x', [1, 2 ** 53])],
    ['infinity', () => integerColumn('x', [1, Number.POSITIVE_INFINITY])],
    ['string in a number column', () => numberColumn('x', [1, '2' as unknown as number])],
    ['number in a boolean column', () => booleanColumn('x', [true, 1 as unknown as boolean])],
    ['number in a category column', () => categoryColumn('x', ['a', 1 as unknown as string])],
    ['label outside the list', () => categoryColumn('x', ['a', 'b'], ['a'])],
    ['number in a text column', () => textColumn('x', ['a', 1 as unknown as string])],
    ['fraction of a millisecond', () => datetimeColumn('x', [0, 0.5])],
    ['year 10000', () => datetimeColumn('x', [0, 253_402_300_800_000])],
    ['time of day in days', () => datetimeColumn('x', [0, 1], 'day')],
  ])('%s is refused with column and row', (_, run) => {
    const error = failure(run);
    expect(error.code).toBe('BAD_VALUE');
    expect(error.place).toEqual({ column: 'x', row: 1 });
    expect(error.message).toMatch(/^column "x", row 1: expected .*, received .*; .+/);
  });

  test('a label listed twice is refused', () => {
    expect(failure(() => categoryColumn('x', [], ['a', 'a'])).code).toBe('BAD_COLUMN');
  });

  test('tables need equal lengths and distinct names', () => {
    expect(failure(() => createTable([textColumn('a', []), textColumn('a', [])])).code).toBe('DUPLICATE_COLUMN');
    expect(failure(() => createTable([textColumn('a', ['x']), textColumn('b', [])])).code).toBe('LENGTH_MISMATCH');
  });

  test('-0 is a number, but no whole number', () => {
    expect(Object.is(numberColumn('x', [-0]).values[0], -0)).toBe(true);
    expect(Object.is(integerColumn('x', [-0]).values[0], 0)).toBe(true);
  });
});

test('cellAt and cellText', () => {
  const row = (column: Column): unknown[] => [cellAt(column, 0), cellText(column, 0)];
  expect(row(numberColumn('x', [1e21]))).toEqual([1e21, '1e+21']);
  expect(row(booleanColumn('x', [false]))).toEqual([false, 'false']);
  expect(row(categoryColumn('x', ['a']))).toEqual(['a', 'a']);
  expect(row(datetimeColumn('x', [-1]))).toEqual([-1, '1969-12-31T23:59:59.999Z']);
  expect(row(textColumn('x', [null]))).toEqual([null, null]);
  for (const at of [-1, 1, 0.5, Number.NaN])
    expect(failure(() => cellAt(textColumn('x', ['a']), at)).code).toBe('OUT_OF_RANGE');
});

describe('normalizeColumn', () => {
  test('fills what is missing and drops a full bitmap', () => {
    const validity = Uint8Array.of(0b11111101);
    const base = { name: 'x', validity };
    expect([
      ...(normalizeColumn({ ...base, kind: 'number', values: Float64Array.of(1, 2) }) as { values: Float64Array })
        .values,
    ]).toEqual([1, Number.NaN]);
    expect(normalizeColumn({ ...base, kind: 'boolean', values: Uint8Array.of(1, 1) })).toMatchObject({
      values: Uint8Array.of(1, 0),
      validity: Uint8Array.of(1),
    });
    expect(normalizeColumn({ ...base, kind: 'text', values: ['a', 'b'] })).toMatchObject({ values: ['a', ''] });
    expect(normalizeColumn({ ...base, kind: 'category', codes: Int32Array.of(0, 7), labels: ['a'] })).toMatchObject({
      codes: Int32Array.of(0, -1),
    });
    expect('validity' in normalizeColumn({ ...base, kind: 'text', values: ['a'] })).toBe(false);
  });

  test('refuses what it cannot mend', () => {
    expect(
      failure(() => normalizeColumn({ name: 'x', kind: 'text', values: ['a'], validity: new Uint8Array(0) })).code,
    ).toBe('LENGTH_MISMATCH');
    expect(
      failure(() => normalizeColumn({ name: 'x', kind: 'category', codes: Int32Array.of(1), labels: ['a'] })).code,
    ).toBe('BAD_COLUMN');
    expect(
      failure(() => normalizeColumn({ name: 'x', kind: 'category', codes: Int32Array.of(0), labels: ['b', 'a'] })).code,
    ).toBe('BAD_COLUMN');
  });
});

describe('castColumn', () => {
  test('keeps meaning', () => {
    expect(castColumn(integerColumn('x', [1, null]), 'number')).toEqual(numberColumn('x', [1, null]));
    expect(castColumn(numberColumn('x', [1, null]), 'integer')).toEqual(integerColumn('x', [1, null]));
    expect(castColumn(booleanColumn('x', [true, null]), 'integer')).toEqual(integerColumn('x', [1, null]));
    expect(castColumn(integerColumn('x', [1, null]), 'boolean')).toEqual(booleanColumn('x', [true, null]));
    expect(castColumn(categoryColumn('x', ['1.5', null]), 'number')).toEqual(numberColumn('x', [1.5, null]));
    expect(castColumn(textColumn('x', ['true', null]), 'boolean')).toEqual(booleanColumn('x', [true, null]));
    expect(castColumn(textColumn('x', ['1970-01-02', null]), 'datetime', { unit: 'day' })).toEqual(
      datetimeColumn('x', [86_400_000, null], 'day'),
    );
    expect(castColumn(datetimeColumn('x', [86_400_000], 'day'), 'integer')).toEqual(integerColumn('x', [86_400_000]));
    expect(castColumn(datetimeColumn('x', [86_400_000]), 'datetime', { unit: 'day' })).toEqual(
      datetimeColumn('x', [86_400_000], 'day'),
    );
    expect(castColumn(booleanColumn('x', [true, null]), 'category')).toEqual(categoryColumn('x', ['true', null]));
    const same = textColumn('x', ['a']);
    expect(castColumn(same, 'text')).toBe(same);
  });

  test.each([
    [() => castColumn(numberColumn('x', [1.5]), 'integer'), 'BAD_VALUE'],
    [() => castColumn(numberColumn('x', [2]), 'boolean'), 'BAD_VALUE'],
    [() => castColumn(textColumn('x', ['a']), 'number'), 'BAD_VALUE'],
    [() => castColumn(textColumn('x', ['9007199254740993']), 'integer'), 'BAD_VALUE'],
    [() => castColumn(textColumn('x', ['2023-02-29']), 'datetime', { unit: 'day' }), 'BAD_VALUE'],
    [() => castColumn(textColumn('x', ['yes']), 'boolean'), 'BAD_VALUE'],
    [() => castColumn(datetimeColumn('x', [1]), 'datetime', { unit: 'day' }), 'BAD_VALUE'],
    [() => castColumn(booleanColumn('x', [true]), 'datetime'), 'KIND_MISMATCH'],
    [() => castColumn(datetimeColumn('x', [1]), 'boolean'), 'KIND_MISMATCH'],
  ])('refusal %#', (run, code) => {
    expect(failure(run).code).toBe(code);
  });
});
