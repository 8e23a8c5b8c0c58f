import { SynthproofError } from '../errors.ts';
import { wilsonInterval } from '../stats/wilson-interval.ts';
import { columnNames } from '../table/column-names.ts';
import type { Column, Table } from '../types.ts';
import { checkSameKind, isContinuous, levelPair, numericCells } from './internal-columns.ts';
import { checkTable } from './internal-match-columns.ts';
import { checkedOptions, computed, notComputed } from './internal-measure.ts';
import type { QualityMeasure } from './quality-measure.ts';

/** Options of {@link newRowSynthesis}. */
export interface NewRowSynthesisOptions {
  /** Numbers match when they differ by at most this share of the synthetic value, 0 or more; a synthetic 0 matches only 0. Default 0.01. */
  readonly numericalMatchTolerance?: number | undefined;
  /** Nominal coverage of the interval, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
}

/** Result of {@link newRowSynthesis}. */
export interface NewRowSynthesisMeasure extends QualityMeasure {
  /** Synthetic rows that match no real row. */
  readonly newRows: number;
  /** Synthetic rows that match at least one real row. */
  readonly matchedRows: number;
  /** Columns that were compared. */
  readonly comparedColumns: readonly string[];
  /** Columns left out: text columns and columns that only one table has. */
  readonly skippedColumns: readonly string[];
}

/**
 * Share of synthetic rows that match no real row in all columns.
 *
 * 1 = every row is new; larger is better. A match: equal levels, both missing, or numbers within the tolerance. Text
 * columns are left out and named. New rows are no proof of privacy, and in a table of few columns matches are expected
 * by chance: compare with the share for a real hold-out. The interval is Wilson's for that share.
 * Source: SDMetrics 0.29, NewRowSynthesis (all rows; this one needs seconds where that needs minutes).
 *
 * @param real - Real table.
 * @param synthetic - Synthetic table.
 * @param options - See {@link NewRowSynthesisOptions}.
 * @returns A measure in [0, 1]; reasons `NO_SYNTHETIC_VALUES` (no rows), `NOTHING_TO_AVERAGE` (no common column).
 * @throws {@link SynthproofError} `KIND_MISMATCH` for columns of different kinds; `LENGTH_MISMATCH`,
 * `DUPLICATE_COLUMN` for a malformed table; `OUT_OF_RANGE`, `BAD_OPTION` for options.
 * @example
 * const real = createTable([integerColumn('age', [20, 40]), categoryColumn('sex', ['f', 'm'])]);
 * const synthetic = createTable([integerColumn('age', [20, 40]), categoryColumn('sex', ['f', 'f'])]);
 * newRowSynthesis(real, synthetic).newRows; // => 1
 */
export function newRowSynthesis(
  real: Table,
  synthetic: Table,
  options: NewRowSynthesisOptions = {},
): NewRowSynthesisMeasure {
  const { numericalMatchTolerance: tolerance = 0.01 } = options;
  const { level } = checkedOptions({ level: options.level });
  if (!(tolerance >= 0 && tolerance < Number.POSITIVE_INFINITY))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `numericalMatchTolerance: expected a number of 0 or more, received ${String(tolerance)}`,
      { argument: 'numericalMatchTolerance' },
    );
  checkTable(real, 'real');
  checkTable(synthetic, 'synthetic');
  const pairs: (readonly [Column, Column])[] = [];
  const skippedColumns: string[] = [];
  for (const column of real.columns) {
    const other = synthetic.columns.find((candidate) => candidate.name === column.name);
    if (!other || column.kind === 'text' || other.kind === 'text') skippedColumns.push(column.name);
    else {
      checkSameKind(column, other);
      pairs.push([column, other]);
    }
  }
  const realNames = new Set(columnNames(real));
  for (const column of synthetic.columns) if (!realNames.has(column.name)) skippedColumns.push(column.name);
  const comparedColumns = pairs.map(([column]) => column.name);
  const rows = synthetic.rowCount;
  if (rows === 0 || pairs.length === 0) {
    const reason = rows === 0 ? 'NO_SYNTHETIC_VALUES' : 'NOTHING_TO_AVERAGE';
    const base = notComputed('newRowSynthesis', reason, real.rowCount, rows);
    return { ...base, newRows: 0, matchedRows: 0, comparedColumns, skippedColumns };
  }
  const matchedRows = countMatches(pairs, real.rowCount, rows, tolerance);
  const newRows = rows - matchedRows;
  return {
    ...computed('newRowSynthesis', newRows / rows, real.rowCount, rows, wilsonInterval(newRows, rows, level)),
    newRows,
    matchedRows,
    comparedColumns,
    skippedColumns,
  };
}

/**
 * Rows are first put in groups that agree on every level and on which numbers are missing; inside a group the real rows
 * stand in order of the number with the most distinct values, so that each synthetic row looks at a short window only.
 */
function countMatches(
  pairs: readonly (readonly [Column, Column])[],
  realRows: number,
  syntheticRows: number,
  tolerance: number,
): number {
  let realGroup = new Int32Array(realRows);
  let syntheticGroup = new Int32Array(syntheticRows);
  const numbers: { readonly real: Float64Array; readonly synthetic: Float64Array; readonly distinct: number }[] = [];
  for (const [a, b] of pairs) {
    let codes: { readonly real: Int32Array; readonly synthetic: Int32Array; readonly size: number };
    if (isContinuous(a.kind)) {
      const cells = { real: numericCells(a), synthetic: numericCells(b) };
      numbers.push({ ...cells, distinct: new Set(cells.real).size });
      codes = { real: presence(cells.real), synthetic: presence(cells.synthetic), size: 2 };
    } else {
      const levels = levelPair(a, b);
      codes = { real: levels.real, synthetic: levels.synthetic, size: levels.labels.length + 1 };
    }
    const ids = new Map<number, number>();
    realGroup = refine(realGroup, codes.real, codes.size, ids, true);
    syntheticGroup = refine(syntheticGroup, codes.synthetic, codes.size, ids, false);
  }
  numbers.sort((x, y) => y.distinct - x.distinct);
  const order = orderByGroup(realGroup, numbers[0]?.real);
  const { starts, ends } = groupBounds(order, realGroup);
  let matched = 0;
  for (let row = 0; row < syntheticRows; row++) {
    const group = syntheticGroup[row]!;
    const start = group < 0 ? undefined : starts.get(group);
    if (start === undefined) continue;
    if (hasMatch(row, start, ends.get(group)!, order, numbers, tolerance)) matched++;
  }
  return matched;
}

function hasMatch(
  row: number,
  start: number,
  end: number,
  order: Uint32Array,
  numbers: readonly { readonly real: Float64Array; readonly synthetic: Float64Array }[],
  tolerance: number,
): boolean {
  const lead = numbers[0];
  if (!lead) return true;
  const value = lead.synthetic[row]!;
  let at = start;
  let stop = end;
  if (!Number.isNaN(value)) {
    // Rounded subtraction keeps order, so the window's ends can be found by halving on the match rule itself.
    const reach = Math.abs(tolerance * value);
    let low = start;
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value - lead.real[order[middle]!]! > reach) low = middle + 1;
      else high = middle;
    }
    at = low;
    high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lead.real[order[middle]!]! - value > reach) high = middle;
      else low = middle + 1;
    }
    stop = low;
  }
  for (; at < stop; at++) {
    const candidate = order[at]!;
    let same = true;
    for (let k = 1; same && k < numbers.length; k++) {
      const x = numbers[k]!.synthetic[row]!;
      // Both are NaN when x is: the group already agrees on what is missing.
      if (!Number.isNaN(x)) same = Math.abs(numbers[k]!.real[candidate]! - x) <= Math.abs(tolerance * x);
    }
    if (same) return true;
  }
  return false;
}

function presence(cells: Float64Array): Int32Array {
  const out = new Int32Array(cells.length);
  for (let i = 0; i < cells.length; i++) out[i] = Number.isNaN(cells[i]!) ? 0 : 1;
  return out;
}

/** Splits groups by one more code; combinations that no real row has become -1. */
function refine(
  groups: Int32Array<ArrayBuffer>,
  codes: Int32Array,
  size: number,
  ids: Map<number, number>,
  add: boolean,
): Int32Array<ArrayBuffer> {
  const out = new Int32Array(groups.length);
  for (let i = 0; i < groups.length; i++) {
    const key = groups[i]! * size + codes[i]!;
    let id = groups[i]! < 0 ? -1 : ids.get(key);
    if (id === undefined) {
      id = add ? ids.size : -1;
      if (add) ids.set(key, id);
    }
    out[i] = id;
  }
  return out;
}

/** Real rows sorted by group, then by the leading number. */
function orderByGroup(groups: Int32Array, lead: Float64Array | undefined): Uint32Array {
  const order = new Uint32Array(groups.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => {
    const difference = groups[a]! - groups[b]!;
    if (difference !== 0 || !lead) return difference || a - b;
    const x = lead[a]!;
    const y = lead[b]!;
    return x < y ? -1 : x > y ? 1 : a - b;
  });
}

function groupBounds(
  order: Uint32Array,
  groups: Int32Array,
): { readonly starts: Map<number, number>; readonly ends: Map<number, number> } {
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  for (let i = 0; i < order.length; i++) {
    const group = groups[order[i]!]!;
    if (!starts.has(group)) starts.set(group, i);
    ends.set(group, i + 1);
  }
  return { starts, ends };
}
