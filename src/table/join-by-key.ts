import { SynthproofError } from '../errors.ts';
import type { Column, Table } from '../types.ts';
import { cellText } from './cell-text.ts';
import { getColumn } from './get-column.ts';
import { isPresent } from './internal-bitmap.ts';
import { takeColumnRows } from './internal-take.ts';
import { shown } from './internal-text.ts';

/** Options of {@link joinByKey}. */
export interface JoinByKeyOptions {
  /** Name of the key column, or names of the columns that make up the key; both tables have them. */
  readonly key: string | readonly string[];
  /** `inner` keeps the left rows with a partner, `left` keeps every left row. */
  readonly kind: 'inner' | 'left';
}

/** Result of {@link joinByKey}. */
export interface JoinedTable {
  /** The left columns, then the right columns that are no key, in the order of the left rows. */
  readonly table: Table;
  /** Left rows with a partner. */
  readonly matched: number;
  /** Left rows without one: dropped by `inner`, kept with missing right cells by `left`. */
  readonly leftUnmatched: number;
  /** Right rows that no left row named; they are in no result. */
  readonly rightUnmatched: number;
}

/**
 * Adds to each row of a table the one row of another table that has the same key.
 *
 * The key is unique on the right, so no left row is multiplied. A row with a missing key cell has no partner and
 * counts as unmatched. Category and text keys are compared as texts, integer and number keys as numbers (-0 equals 0,
 * NaN equals NaN).
 *
 * @param left - Table whose rows are kept, in their order.
 * @param right - Table to look up in; one row per key.
 * @param options - See {@link JoinByKeyOptions}.
 * @returns The joined table and the counts of unmatched rows; see {@link JoinedTable}.
 * @throws {@link SynthproofError} `BAD_VALUE` with column and row for a key that the right table holds twice;
 * `KIND_MISMATCH` when key columns cannot be compared; `DUPLICATE_COLUMN` when both tables have another column of one
 * name; `UNKNOWN_COLUMN`; `BAD_OPTION` for no key or an unknown kind.
 * @example
 * const left = fromColumns({ site: ['b', 'a', 'c'], n: [1, 2, 3] });
 * const right = fromColumns({ site: ['a', 'b', 'd'], beds: [10, 20, 30] });
 * const { table, leftUnmatched, rightUnmatched } = joinByKey(left, right, { key: 'site', kind: 'inner' });
 * toRecords(table); // => [{ site: 'b', n: 1, beds: 20 }, { site: 'a', n: 2, beds: 10 }]
 * [leftUnmatched, rightUnmatched]; // => [1, 1]
 */
export function joinByKey(left: Table, right: Table, options: JoinByKeyOptions): JoinedTable {
  const names = typeof options.key === 'string' ? [options.key] : [...options.key];
  if (names.length === 0 || (options.kind !== 'inner' && options.kind !== 'left'))
    throw new SynthproofError(
      'BAD_OPTION',
      `options: expected a key and the kind 'inner' or 'left', received ${names.length} key columns and ${shown(options.kind)}; name both`,
      { argument: names.length === 0 ? 'key' : 'kind' },
    );
  const leftKeys = names.map((name) => getColumn(left, name));
  const rightKeys = names.map((name) => getColumn(right, name));
  names.forEach((name, k) => {
    if (comparison(leftKeys[k]!) !== comparison(rightKeys[k]!))
      throw new SynthproofError(
        'KIND_MISMATCH',
        `right: expected ${shown(name)} to be ${comparison(leftKeys[k]!)} as in the left table, received ${comparison(rightKeys[k]!)}; cast one of them`,
        { argument: 'right', column: name },
      );
  });
  const added = right.columns.filter((column) => !names.includes(column.name));
  const taken = new Set(left.columns.map((column) => column.name));
  for (const { name } of added)
    if (taken.has(name))
      throw new SynthproofError(
        'DUPLICATE_COLUMN',
        `right: the left table has a column ${shown(name)} too; rename one of them, or add it to the key`,
        { argument: 'right', column: name },
      );
  const { leftCodes, rightCodes, size } = sharedCodes(left, right, leftKeys, rightKeys);
  const rowOfCode = new Int32Array(size).fill(-1);
  for (let row = 0; row < rightCodes.length; row++) {
    const code = rightCodes[row]!;
    if (code < 0) continue;
    if (rowOfCode[code]! >= 0) throw repeated(names, rightKeys, rowOfCode[code]!, row);
    rowOfCode[code] = row;
  }
  const leftRows: number[] = [];
  const rightRows: number[] = [];
  const used = new Uint8Array(right.rowCount);
  let matched = 0;
  let rightMatched = 0;
  for (let row = 0; row < leftCodes.length; row++) {
    const partner = leftCodes[row]! < 0 ? -1 : rowOfCode[leftCodes[row]!]!;
    if (partner >= 0) {
      matched++;
      rightMatched += 1 - used[partner]!;
      used[partner] = 1;
    } else if (options.kind === 'inner') continue;
    leftRows.push(row);
    rightRows.push(partner);
  }
  const kept = leftRows.length === left.rowCount;
  const columns = [
    ...left.columns.map((column) => (kept ? column : takeColumnRows(column, leftRows))),
    ...added.map((column) => takeColumnRows(column, rightRows)),
  ];
  return {
    table: { rowCount: leftRows.length, columns },
    matched,
    leftUnmatched: left.rowCount - matched,
    rightUnmatched: right.rowCount - rightMatched,
  };
}

/** What a key column is compared as. */
function comparison(column: Column): string {
  if (column.kind === 'category' || column.kind === 'text') return 'text';
  if (column.kind === 'integer' || column.kind === 'number') return 'number';
  return column.kind === 'datetime' ? `datetime of unit ${column.unit}` : column.kind;
}

/** Key cells of both tables as codes of the right table's keys; -1 for a missing cell and for keys only on the left. */
function sharedCodes(
  left: Table,
  right: Table,
  leftKeys: readonly Column[],
  rightKeys: readonly Column[],
): { leftCodes: Float64Array; rightCodes: Float64Array; size: number } {
  const leftCodes = new Float64Array(left.rowCount);
  const rightCodes = new Float64Array(right.rowCount);
  let size = 1;
  for (let k = 0; k < rightKeys.length; k++) {
    // Codes of this column, then of the pairs (code so far, code of this column): both stay below the row count.
    const cells = new Map<number | string, number>();
    const pairs = new Map<number, number>();
    const read = (codes: Float64Array, column: Column, add: boolean): void => {
      for (let row = 0; row < codes.length; row++) {
        if (codes[row]! < 0) continue;
        if (!isPresent(column.validity, row)) {
          codes[row] = -1;
          continue;
        }
        const cell = codeOf(cells, keyCell(column, row), add);
        codes[row] = cell < 0 ? -1 : codeOf(pairs, codes[row]! * (right.rowCount + 1) + cell, add);
      }
    };
    read(rightCodes, rightKeys[k]!, true);
    read(leftCodes, leftKeys[k]!, false);
    size = pairs.size;
  }
  return { leftCodes, rightCodes, size };
}

function keyCell(column: Column, row: number): number | string {
  return column.kind === 'category' ? column.labels[column.codes[row]!]! : column.values[row]!;
}

function codeOf<K>(index: Map<K, number>, key: K, add: boolean): number {
  const known = index.get(key);
  if (known !== undefined) return known;
  if (!add) return -1;
  index.set(key, index.size);
  return index.size - 1;
}

function repeated(names: readonly string[], keys: readonly Column[], first: number, row: number): SynthproofError {
  const cells = keys.map((column, k) => `${shown(names[k])} ${shown(cellText(column, row))}`).join(', ');
  return new SynthproofError(
    'BAD_VALUE',
    `right: expected one row per key, received ${cells} in row ${first} and again in row ${row}; drop one of the rows, or add a column to the key`,
    { argument: 'right', column: names[0], row },
  );
}
