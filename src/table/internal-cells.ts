import type { Column } from '../types.ts';
import { booleanColumn } from './boolean-column.ts';
import { categoryColumn } from './category-column.ts';
import type { ColumnSchema } from './column-schema.ts';
import { datetimeColumn } from './datetime-column.ts';
import { integerColumn } from './integer-column.ts';
import { DAY_MS } from './internal-calendar.ts';
import { badCell } from './internal-error.ts';
import { type InferRules, KindGuess } from './internal-infer.ts';
import { numberColumn } from './number-column.ts';
import { parseDatetime } from './parse-datetime.ts';
import { textColumn } from './text-column.ts';

/**
 * A column of a declared kind from plain values: numbers, safe bigints, booleans, strings, Date objects, null,
 * undefined. Strings are read as datetimes or as `NaN`, `Infinity`, `-Infinity` where the kind asks for it; nothing
 * else is converted.
 */
export function columnFromCells(schema: ColumnSchema, cells: ArrayLike<unknown>): Column {
  const { name, kind, unit = 'millisecond', labels } = schema;
  if (kind === 'number' && cells instanceof Float64Array) return numberColumn(name, cells);
  if (kind === 'number' || kind === 'integer') {
    const values: (number | null | undefined)[] = [];
    for (let i = 0; i < cells.length; i++) values.push(numberCell(name, i, cells[i], kind));
    return kind === 'number' ? numberColumn(name, values) : integerColumn(name, values);
  }
  if (kind === 'datetime') {
    const values: (number | null | undefined)[] = [];
    for (let i = 0; i < cells.length; i++) values.push(datetimeCell(name, i, cells[i], unit));
    return datetimeColumn(name, values, unit);
  }
  // The constructors refuse cells of another type, with their row.
  if (kind === 'boolean') return booleanColumn(name, cells as ArrayLike<boolean | null>);
  if (kind === 'category') return categoryColumn(name, cells as ArrayLike<string | null>, labels);
  return textColumn(name, cells as ArrayLike<string | null>);
}

/** A cell of a number or integer column from a plain value; null and undefined stay. */
export function numberCell(
  name: string,
  row: number,
  cell: unknown,
  kind: 'number' | 'integer',
  line?: number,
): number | null | undefined {
  if (typeof cell === 'number' || cell === null || cell === undefined) return cell;
  if (typeof cell === 'bigint') {
    const value = Number(cell);
    if (Number.isSafeInteger(value)) return value;
    throw badCell(
      name,
      row,
      'a whole number of at most 2^53 - 1 in size',
      cell,
      'declare the column as text and convert the values to strings',
      line,
    );
  }
  if (kind === 'number') {
    if (cell === 'NaN') return Number.NaN;
    if (cell === 'Infinity') return Number.POSITIVE_INFINITY;
    if (cell === '-Infinity') return Number.NEGATIVE_INFINITY;
  }
  throw badCell(
    name,
    row,
    `${kind === 'integer' ? 'a whole number' : 'a number'} or null`,
    cell,
    'convert the values first, or declare another kind',
    line,
  );
}

/** A cell of a datetime column from a plain value; null and undefined stay. */
export function datetimeCell(
  name: string,
  row: number,
  cell: unknown,
  unit: 'day' | 'millisecond',
  line?: number,
): number | null | undefined {
  if (typeof cell === 'number' || cell === null || cell === undefined) return cell;
  if (typeof cell === 'bigint') return Number(cell);
  if (isDateLike(cell)) return cell.getTime();
  const value = typeof cell === 'string' ? parseDatetime(cell, unit) : null;
  if (value !== null) return value;
  const form = unit === 'day' ? 'a calendar day YYYY-MM-DD' : 'an RFC 3339 instant such as 2016-08-05T20:00:00Z';
  throw badCell(
    name,
    row,
    `${form}, epoch milliseconds or null`,
    cell,
    "check the column's `unit`, or declare it as text",
    line,
  );
}

function isDateLike(cell: unknown): cell is { getTime(): number } {
  return typeof cell === 'object' && cell !== null && 'getTime' in cell && typeof cell.getTime === 'function';
}

/**
 * The kind that holds plain values without loss. Values keep their type: a string never becomes a number or a
 * boolean. Columns of mixed types are refused.
 */
export function guessCells(name: string, cells: ArrayLike<unknown>, rules: InferRules): ColumnSchema {
  let type = '';
  let whole = true;
  let days = true;
  const strings = new KindGuess(rules, true);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (cell === null || cell === undefined) continue;
    const found = isDateLike(cell) ? 'date' : typeof cell === 'bigint' ? 'number' : typeof cell;
    if (type === '') type = found;
    if (found !== type || !(found === 'number' || found === 'string' || found === 'boolean' || found === 'date'))
      throw badCell(
        name,
        i,
        type === found ? 'a number, string, boolean, date or null' : `a ${type} as in the rows above`,
        cell,
        'convert the values to one type, for example to strings',
      );
    if (typeof cell === 'string') strings.add(cell);
    else if (isDateLike(cell)) days = days && cell.getTime() % DAY_MS === 0;
    else if (typeof cell === 'number') whole = whole && Number.isSafeInteger(cell) && !Object.is(cell, -0);
  }
  if (type === 'number') return { name, kind: whole ? 'integer' : 'number' };
  if (type === 'boolean') return { name, kind: 'boolean' };
  if (type === 'date') return { name, kind: 'datetime', unit: days ? 'day' : 'millisecond' };
  return { name, ...strings.finish() };
}
