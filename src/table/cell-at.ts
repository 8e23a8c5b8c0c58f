import { SynthproofError } from '../errors.ts';
import type { Cell, Column } from '../types.ts';
import { columnLength } from './column-length.ts';
import { isPresent } from './internal-bitmap.ts';
import { shown } from './internal-text.ts';

/**
 * One cell as a plain value: number, string (category labels too), boolean, epoch milliseconds, or null when missing.
 *
 * @param column - Any column.
 * @param row - 0-based row.
 * @returns The cell.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when there is no such row.
 * @example
 * cellAt(categoryColumn('sport', ['judo', 'rowing']), 1); // => 'rowing'
 */
export function cellAt(column: Column, row: number): Cell {
  const rows = columnLength(column);
  if (!(Number.isInteger(row) && row >= 0 && row < rows))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `row: column ${shown(column.name)} has rows 0 to ${rows - 1}, received ${row}; ask for one of them`,
      { argument: 'row', column: column.name },
    );
  if (!isPresent(column.validity, row)) return null;
  if (column.kind === 'category') return column.labels[column.codes[row]!]!;
  if (column.kind === 'boolean') return column.values[row] === 1;
  return column.values[row]!;
}
