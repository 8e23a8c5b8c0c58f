import { SynthproofError } from '../errors.ts';
import { groupCodes } from '../table/group-codes.ts';
import { isMissing } from '../table/is-missing.ts';
import type { Table } from '../types.ts';

/**
 * Class of each row: rows are of one class when they agree in the `preserve` columns and in which cells of all the
 * columns that take part are missing.
 */
export function rowClasses(pool: Table, used: readonly string[], preserve: readonly string[]): Int32Array {
  const classes = new Int32Array(pool.rowCount);
  const names = new Set(pool.columns.map((column) => column.name));
  for (const name of preserve)
    if (!names.has(name))
      throw new SynthproofError('UNKNOWN_COLUMN', `preserve: expected a column of the pool, received "${name}"`, {
        argument: 'preserve',
        column: name,
      });
  const kept = new Set(preserve);
  const taking = new Set(used);
  for (const column of pool.columns) {
    if (kept.has(column.name)) {
      const { codes, labels } = groupCodes(column);
      refine(classes, (row) => codes[row]! + 1, labels.length + 1);
    } else if (taking.has(column.name) && column.validity !== undefined)
      refine(classes, (row) => (isMissing(column, row) ? 1 : 0), 2);
  }
  return classes;
}

/** Splits each class by a code, numbering the parts in the order of their first rows. */
function refine(classes: Int32Array, codeOf: (row: number) => number, codes: number): void {
  const seen = new Map<number, number>();
  for (let row = 0; row < classes.length; row++) {
    const part = classes[row]! * codes + codeOf(row);
    let number = seen.get(part);
    if (number === undefined) {
      number = seen.size;
      seen.set(part, number);
    }
    classes[row] = number;
  }
}
