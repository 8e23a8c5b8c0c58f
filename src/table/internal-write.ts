import { SynthproofError } from '../errors.ts';
import type { Column } from '../types.ts';
import { formatDatetime } from './format-datetime.ts';
import { isPresent } from './internal-bitmap.ts';
import { shown } from './internal-text.ts';

/** Text of a number that reads back to the same double, with the sign of -0. */
export function numberText(value: number): string {
  return value === 0 && 1 / value < 0 ? '-0' : String(value);
}

/** Text of every cell of a column, null where missing, as lossless writers need it. */
export function columnTexts(column: Column): (row: number) => string | null {
  const { validity } = column;
  switch (column.kind) {
    case 'category':
      return (row) => (column.codes[row]! < 0 ? null : column.labels[column.codes[row]!]!);
    case 'text':
      return (row) => (isPresent(validity, row) ? column.values[row]! : null);
    case 'boolean':
      return (row) => (isPresent(validity, row) ? (column.values[row] === 1 ? 'true' : 'false') : null);
    case 'datetime':
      return (row) => (isPresent(validity, row) ? formatDatetime(column.values[row]!, column.unit) : null);
    default:
      return (row) => (isPresent(validity, row) ? numberText(column.values[row]!) : null);
  }
}

/** A text that UTF-8 can carry, or `BAD_TEXT`; row -1 for a name or label. */
export function wellFormed(text: string, column: string, row: number): string {
  if (/[\ud800-\udfff]/u.test(text))
    throw new SynthproofError(
      'BAD_TEXT',
      `table: column ${shown(column)}${row < 0 ? '' : `, row ${row}`}: expected text that UTF-8 can carry, received a lone surrogate in ${shown(text)}; replace it`,
      row < 0 ? { argument: 'table', column } : { argument: 'table', column, row },
    );
  return text;
}
