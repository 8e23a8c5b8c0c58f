import { booleanColumn, categoryColumn, datetimeColumn, integerColumn, numberColumn } from '../src/table/index.ts';
import type { Column, Table } from '../src/types.ts';

/** Rows of the awkward tables. */
export const AWKWARD_ROWS = 120;

/** One cell per row. */
export const cells = <T>(cell: (i: number) => T, n: number = AWKWARD_ROWS): T[] =>
  Array.from({ length: n }, (_, i) => cell(i));

/** A category and a number with nothing odd about them. */
export const plainColumns = (n: number = AWKWARD_ROWS): Column[] => [
  categoryColumn(
    'y',
    cells((i) => (i % 3 ? 'no' : 'yes'), n),
  ),
  numberColumn(
    'x',
    cells((i) => ((i * 37) % 101) / 4, n),
  ),
];

/** Of each kind but text, one column that is constant where it has a value. */
export const constantColumns = (hasValue: (i: number) => boolean): Column[] => [
  numberColumn(
    'k',
    cells((i) => (hasValue(i) ? 5.5 : null)),
  ),
  integerColumn(
    'i',
    cells((i) => (hasValue(i) ? 3 : null)),
  ),
  categoryColumn(
    'c',
    cells((i) => (hasValue(i) ? 'same' : null)),
  ),
  booleanColumn(
    'b',
    cells((i) => (hasValue(i) ? true : null)),
  ),
  datetimeColumn(
    'd',
    cells((i) => (hasValue(i) ? 0 : null)),
    'day',
  ),
];

/** The plain columns and a number column put together by hand. */
export const withNumber = (values: Float64Array): Table => ({
  rowCount: AWKWARD_ROWS,
  columns: [...plainColumns(), { kind: 'number', name: 'n', values }],
});

/** A category with a level for each row, so many that no list of levels is small. */
export const manyLevels = (): Column[] => [
  ...plainColumns(10_000),
  categoryColumn(
    'c',
    cells((i) => `l${i}`, 10_000),
  ),
];

/** Names and labels that other readers take for numbers, null or a prototype. */
export const numberLookalikes = (): Column[] => [
  categoryColumn(
    '10',
    cells((i) => ['1', '10', '2', '1e3', 'NaN', '-0', '__proto__', 'null', ''][i % 9]!),
  ),
  booleanColumn(
    '__proto__',
    cells((i) => i % 2 === 0),
  ),
];
