import { SynthproofError } from '../errors.ts';
import type { Column, ColumnKind } from '../types.ts';
import { booleanColumn } from './boolean-column.ts';
import { categoryColumn } from './category-column.ts';
import { cellText } from './cell-text.ts';
import { columnLength } from './column-length.ts';
import { datetimeColumn } from './datetime-column.ts';
import { integerColumn } from './integer-column.ts';
import { isPresent } from './internal-bitmap.ts';
import { badCell } from './internal-error.ts';
import { booleanFromText, integerFromText, numberFromText } from './internal-numbers.ts';
import { shown } from './internal-text.ts';
import { numberColumn } from './number-column.ts';
import { parseDatetime } from './parse-datetime.ts';
import { textColumn } from './text-column.ts';

/** Options of {@link castColumn}. */
export interface CastColumnOptions {
  /** For datetimes: what a cell states. Default: the column's own unit, else `millisecond`. */
  readonly unit?: 'day' | 'millisecond' | undefined;
}

/**
 * The same column as another kind, refused where a cell would change its meaning.
 *
 * Every kind goes to text and category by its canonical text; texts and labels are read as strictly as a declared CSV
 * column; booleans go to and from 0 and 1; datetimes to and from epoch milliseconds. Missing cells stay missing.
 *
 * @param column - Any column.
 * @param kind - The wanted kind.
 * @param options - See {@link CastColumnOptions}.
 * @returns The column itself when it is of that kind already, else a new one.
 * @throws {@link SynthproofError} `BAD_VALUE` for a cell that cannot be read as that kind, with its row;
 * `KIND_MISMATCH` between booleans and datetimes.
 * @example
 * castColumn(integerColumn('code', [7, 12]), 'category').labels; // => ['12', '7']
 * cellAt(castColumn(textColumn('n', ['007']), 'integer'), 0); // => 7
 */
export function castColumn(column: Column, kind: ColumnKind, options: CastColumnOptions = {}): Column {
  const { name } = column;
  const unit = options.unit ?? (column.kind === 'datetime' ? column.unit : 'millisecond');
  if (column.kind === kind && (column.kind !== 'datetime' || column.unit === unit)) return column;
  const rows = columnLength(column);
  if (kind === 'text' || kind === 'category') {
    const texts: (string | null)[] = [];
    for (let row = 0; row < rows; row++) texts.push(cellText(column, row));
    return kind === 'text' ? textColumn(name, texts) : categoryColumn(name, texts);
  }
  if ((kind === 'boolean' && column.kind === 'datetime') || (kind === 'datetime' && column.kind === 'boolean'))
    throw new SynthproofError(
      'KIND_MISMATCH',
      `kind: column ${shown(name)} is ${column.kind} and has no meaning as ${kind}; derive the new column yourself`,
      { argument: 'kind', column: name },
    );
  const cells: (number | null)[] = [];
  for (let row = 0; row < rows; row++) {
    if (!isPresent(column.validity, row)) cells.push(null);
    else if (column.kind === 'text') cells.push(read(name, row, column.values[row]!, kind, unit));
    else if (column.kind === 'category') cells.push(read(name, row, column.labels[column.codes[row]!]!, kind, unit));
    else cells.push(column.values[row]!);
  }
  if (kind === 'number') return numberColumn(name, cells);
  if (kind === 'integer') return integerColumn(name, cells);
  if (kind === 'datetime') return datetimeColumn(name, cells, unit);
  const flags = cells.map((cell, row) => {
    if (cell !== null && cell !== 0 && cell !== 1)
      throw badCell(name, row, '0 or 1', cell, 'map the values to booleans yourself');
    return cell === null ? null : cell === 1;
  });
  return booleanColumn(name, flags);
}

function read(name: string, row: number, text: string, kind: ColumnKind, unit: 'day' | 'millisecond'): number {
  let value: number | null | undefined;
  let expected: string;
  if (kind === 'number') {
    value = numberFromText(text);
    expected = 'a decimal number that a double can hold';
  } else if (kind === 'integer') {
    value = integerFromText(text);
    expected = 'a whole number of at most 2^53 - 1 in size';
  } else if (kind === 'datetime') {
    value = parseDatetime(text, unit);
    expected = unit === 'day' ? 'a calendar day YYYY-MM-DD' : 'an RFC 3339 instant';
  } else {
    const flag = booleanFromText(text);
    value = flag === undefined ? undefined : Number(flag);
    expected = 'true, false, 1 or 0';
  }
  if (value === undefined || value === null)
    throw badCell(name, row, expected, text, 'mend the cell, or keep the column as it is');
  return value;
}
