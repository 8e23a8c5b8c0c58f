import type { Column } from '../types.ts';
import { cellAt } from './cell-at.ts';
import { formatDatetime } from './format-datetime.ts';

/**
 * One cell as canonical text: numbers in their shortest form that reads back to the same double, datetimes by their
 * unit, booleans as `true` or `false`, texts and labels as they are.
 *
 * @param column - Any column.
 * @param row - 0-based row.
 * @returns The text, or null when the cell is missing.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when there is no such row.
 * @example
 * cellText(numberColumn('x', [0.1]), 0); // => '0.1'
 * cellText(booleanColumn('x', [null]), 0); // => null
 */
export function cellText(column: Column, row: number): string | null {
  const cell = cellAt(column, row);
  if (cell === null || typeof cell === 'string') return cell;
  if (column.kind === 'datetime') return formatDatetime(cell as number, column.unit);
  return String(cell);
}
