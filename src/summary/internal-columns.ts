import { SynthproofError } from '../errors.ts';
import { getColumn } from '../table/get-column.ts';
import { isPresent } from '../table/internal-bitmap.ts';
import type { Column, Table } from '../types.ts';

/** A column as doubles: numbers and whole numbers as they are, datetimes as epoch milliseconds, booleans as 0 and 1. */
export interface NumericCells {
  /** One double per row. */
  readonly values: Float64Array;
  /** Validity bitmap. */
  readonly validity: Uint8Array | undefined;
}

/** The cells of a numeric column of the table. */
export function numericCells(table: Table, name: string): NumericCells {
  const column: Column = getColumn(table, name);
  if (column.kind === 'boolean') return { values: Float64Array.from(column.values), validity: column.validity };
  if (column.kind === 'category' || column.kind === 'text')
    throw new SynthproofError(
      'KIND_MISMATCH',
      `columns: "${name}" has kind ${column.kind}, expected number, integer, boolean or datetime; cast it first, or count its levels with contingencySummary`,
      { argument: 'columns', column: name },
    );
  return { values: column.values, validity: column.validity };
}

/** Rows that hold no finite number, by cause. */
export interface LeftOutNumbers {
  /** Cells without a value. */
  missing: number;
  /** Cells that hold NaN. */
  nan: number;
  /** Cells that hold Infinity. */
  positiveInfinity: number;
  /** Cells that hold -Infinity. */
  negativeInfinity: number;
}

/** The finite values, least and greatest among them, and counts of the rest. */
export interface FiniteCells extends LeftOutNumbers {
  /** The values; the column's own array when all are finite, so not to be written to. */
  readonly values: Float64Array;
  /** How many of them count. */
  readonly n: number;
  /** Least value; Infinity without values. */
  readonly minimum: number;
  /** Greatest value; -Infinity without values. */
  readonly maximum: number;
}

/** Sorts the cells of a numeric column into finite values and the rest. */
export function finiteCells({ values, validity }: NumericCells): FiniteCells {
  const rows = values.length;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  if (validity === undefined) {
    let i = 0;
    for (; i < rows; i++) {
      const x = values[i]!;
      // Only a new extreme, an infinity or NaN goes on: nearly every value costs two comparisons.
      if (x >= minimum && x <= maximum) continue;
      if (x - x !== 0) break;
      if (x < minimum) minimum = x;
      if (x > maximum) maximum = x;
    }
    if (i === rows)
      return { values, n: rows, minimum, maximum, missing: 0, nan: 0, positiveInfinity: 0, negativeInfinity: 0 };
  }
  minimum = Number.POSITIVE_INFINITY;
  maximum = Number.NEGATIVE_INFINITY;
  const kept = new Float64Array(rows);
  let n = 0;
  let missing = 0;
  let nan = 0;
  let positiveInfinity = 0;
  let negativeInfinity = 0;
  for (let i = 0; i < rows; i++) {
    const x = values[i]!;
    if (!isPresent(validity, i)) missing++;
    else if (x - x === 0) {
      kept[n++] = x;
      if (x < minimum) minimum = x;
      if (x > maximum) maximum = x;
    } else if (x > 0) positiveInfinity++;
    else if (x < 0) negativeInfinity++;
    else nan++;
  }
  return { values: kept, n, minimum, maximum, missing, nan, positiveInfinity, negativeInfinity };
}

/** Checks a list of column names: at least `least`, texts, none twice. */
export function checkNames(names: readonly string[], argument: string, least: number): readonly string[] {
  if (
    !Array.isArray(names) ||
    names.length < least ||
    !names.every((name) => typeof name === 'string') ||
    new Set(names).size !== names.length
  )
    throw new SynthproofError(
      'BAD_OPTION',
      `${argument}: expected a list of ${least === 0 ? '' : `at least ${least} `}distinct column names`,
      { argument },
    );
  return [...names];
}

/** Checks a whole number within bounds. */
export function checkWhole(value: number, argument: string, least: number, greatest: number): number {
  if (!Number.isInteger(value) || value < least || value > greatest)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected a whole number from ${least} to ${greatest}, received ${value}`,
      { argument },
    );
  return value;
}
