import type { Column } from '../types.ts';
import { isPresent } from './internal-bitmap.ts';

/**
 * Whether a cell is missing. Only the validity bitmap decides; a NaN may be a value.
 *
 * @param column - Any column.
 * @param row - 0-based row, not checked (this runs in inner loops).
 * @returns True when the cell holds no value.
 * @example
 * isMissing(numberColumn('x', [1, null]), 1); // => true
 * isMissing(numberColumn('x', [NaN]), 0); // => false
 */
export function isMissing(column: Column, row: number): boolean {
  return !isPresent(column.validity, row);
}
