import type { Column } from '../types.ts';
import { columnLength } from './column-length.ts';
import { countMissing } from './internal-bitmap.ts';

/**
 * Number of missing cells of a column.
 *
 * @param column - Any column.
 * @returns A whole number from 0 to the number of rows.
 * @example
 * missingCount(integerColumn('n', [1, null, null])); // => 2
 */
export function missingCount(column: Column): number {
  return countMissing(column.validity, columnLength(column));
}
