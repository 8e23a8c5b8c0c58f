import type { Column } from '../types.ts';

/**
 * Number of rows of a column.
 *
 * @param column - Any column.
 * @returns The number of rows, missing ones included.
 * @example
 * columnLength(textColumn('note', ['a', null])); // => 2
 */
export function columnLength(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}
