import type { Column, Table } from '../types.ts';
import { columnLength } from './column-length.ts';
import { getColumn } from './get-column.ts';
import { isPresent } from './internal-bitmap.ts';
import { takeRows } from './take-rows.ts';

/** One column to sort by. */
export interface SortKey {
  /** The column's name. */
  readonly column: string;
  /** True for largest first. Default false. Missing cells come last either way. */
  readonly descending?: boolean | undefined;
}

/**
 * The rows in the order of one or more columns; rows that tie keep their order.
 *
 * Numbers and datetimes sort by value (NaN after all other numbers), texts and labels by UTF-16 code unit, false before
 * true, missing cells last.
 *
 * @param table - Any table.
 * @param by - Column names or keys, the most important first.
 * @returns A new table.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`.
 * @example
 * toRecords(sortRows(fromRecords([{ n: 10 }, { n: 9 }]), ['n'])); // => [{ n: 9 }, { n: 10 }]
 */
export function sortRows(table: Table, by: readonly (string | SortKey)[]): Table {
  const keys = by.map((key) => {
    const { column, descending = false } = typeof key === 'string' ? { column: key } : key;
    return { ranks: sortRanks(getColumn(table, column), descending) };
  });
  const order = new Uint32Array(table.rowCount);
  for (let i = 0; i < order.length; i++) order[i] = i;
  order.sort((a, b) => {
    for (const { ranks } of keys) {
      const difference = ranks[a]! - ranks[b]!;
      if (difference !== 0) return difference;
    }
    return a - b;
  });
  return takeRows(table, order);
}

/** One double per row that sorts as the cells do: dense ranks of values, with missing rows last. */
function sortRanks(column: Column, descending: boolean): Float64Array {
  const rows = columnLength(column);
  const ranks = new Float64Array(rows);
  const sign = descending ? -1 : 1;
  if (column.kind === 'number' || column.kind === 'integer' || column.kind === 'datetime') {
    const sorted = column.values.slice().sort(); // the numeric order of typed arrays, NaN last
    const rank = new Map<number, number>();
    for (const value of sorted) if (!rank.has(value)) rank.set(value, rank.size);
    for (let i = 0; i < rows; i++) ranks[i] = sign * rank.get(column.values[i]!)!;
  } else if (column.kind === 'text') {
    const sorted = [...new Set(column.values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const rank = new Map(sorted.map((text, i) => [text, i]));
    for (let i = 0; i < rows; i++) ranks[i] = sign * rank.get(column.values[i]!)!;
  } else {
    const codes = column.kind === 'category' ? column.codes : column.values;
    for (let i = 0; i < rows; i++) ranks[i] = sign * codes[i]!;
  }
  for (let i = 0; i < rows; i++) if (!isPresent(column.validity, i)) ranks[i] = Number.MAX_SAFE_INTEGER;
  return ranks;
}
