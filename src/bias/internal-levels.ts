import { SynthproofError } from '../errors.ts';
import { cellText } from '../table/cell-text.ts';
import { groupCodes } from '../table/group-codes.ts';
import type { Column, Table } from '../types.ts';
import { columnOf, MISSING_GROUP } from './internal-encode.ts';

/** Label of the levels beyond the most frequent ones. */
const OTHER = '(other)';

/** Several columns of the same meaning as codes over shared levels. */
export interface SharedLevels {
  /** One list of codes per column. */
  readonly codes: readonly Int32Array[];
  /** Levels in code order. */
  readonly labels: readonly string[];
  /** Distinct values that went into `(other)`. */
  readonly pooled: number;
}

/** Why a column has no levels to compare. */
export type NoLevels = 'identifier' | 'constant' | 'kind-mismatch';

function isNumeric(column: Column): column is Extract<Column, { values: Float64Array }> {
  return column.kind === 'number' || column.kind === 'integer' || column.kind === 'datetime';
}

/**
 * Columns of several tables over shared levels: numbers and dates in quantile bins of all values together (or as they
 * are when there are no more distinct ones than bins), others by their text, rare ones pooled. Every step looks at all tables alike,
 * so exchanging rows between the tables changes nothing: permutation tests on the codes stay exact. Whole numbers with up to
 * `wholeLevels` distinct values are levels too: codes of groups, in a sensitive column.
 */
export function sharedLevels(
  columns: readonly Column[],
  bins: number,
  most: number,
  wholeLevels: number = bins,
): SharedLevels | NoLevels {
  const numeric = columns.filter(isNumeric);
  if (numeric.length !== 0 && numeric.length !== columns.length) return 'kind-mismatch';
  const whole = columns.every((column) => column.kind === 'integer');
  const found =
    numeric.length > 0 ? binned(numeric, bins, whole ? Math.max(bins, wholeLevels) : bins) : named(columns, most);
  return typeof found !== 'string' && found.labels.length < 2 ? 'constant' : found;
}

function binned(
  columns: readonly Extract<Column, { values: Float64Array }>[],
  bins: number,
  exactLevels: number,
): SharedLevels {
  let size = 0;
  for (const column of columns) size += column.values.length;
  const all = new Float64Array(size);
  let n = 0;
  let missing = false;
  for (const { values } of columns)
    for (let i = 0; i < values.length; i++)
      if (Number.isFinite(values[i]!)) all[n++] = values[i]!;
      else missing = true;
  const sorted = all.subarray(0, n).sort();
  const distinct: number[] = [];
  for (let i = 0; i < n && distinct.length <= exactLevels; i++)
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct.push(sorted[i]!);
  const exact = distinct.length <= exactLevels;
  // Upper ends of all bins but the last.
  const ends: number[] = exact ? distinct.slice(0, -1) : [];
  if (!exact)
    for (let b = 1; b < bins; b++) {
      const end = sorted[Math.ceil((b * n) / bins) - 1]!;
      if (end < sorted[n - 1]! && (ends.length === 0 || end > ends[ends.length - 1]!)) ends.push(end);
    }
  const labels: string[] = [];
  if (n > 0)
    for (let b = 0; b <= ends.length; b++)
      labels.push(exact ? String(distinct[b]) : b < ends.length ? `<= ${ends[b]}` : `> ${ends[b - 1]}`);
  const missingCode = labels.length;
  if (missing) labels.push(MISSING_GROUP);
  const codes = columns.map(({ values }) => {
    const out = new Int32Array(values.length);
    for (let i = 0; i < out.length; i++) {
      const value = values[i]!;
      let code = 0;
      if (!Number.isFinite(value)) code = missingCode;
      else while (code < ends.length && value > ends[code]!) code++;
      out[i] = code;
    }
    return out;
  });
  return { codes, labels, pooled: 0 };
}

function named(columns: readonly Column[], most: number): SharedLevels | NoLevels {
  const index = new Map<string, number>();
  const totals: number[] = [];
  let rows = 0;
  const raw = columns.map((column) => {
    const texts = column.kind === 'category' ? column.labels : null;
    const length = column.kind === 'category' ? column.codes.length : column.values.length;
    const out = new Int32Array(length);
    rows += length;
    for (let i = 0; i < length; i++) {
      const text =
        (column.kind === 'category'
          ? column.codes[i]! < 0
            ? null
            : texts![column.codes[i]!]!
          : cellText(column, i)) ?? MISSING_GROUP;
      let code = index.get(text);
      if (code === undefined) {
        code = index.size;
        index.set(text, code);
        totals.push(0);
      }
      totals[code]!++;
      out[i] = code;
    }
    return out;
  });
  // More values than half the rows of a table: names and numbers of rows, not levels.
  if (index.size > most && index.size > rows / columns.length / 2) return 'identifier';
  const names = [...index.keys()];
  const order = names.map((_, k) => k).sort((a, b) => totals[b]! - totals[a]! || (names[a]! < names[b]! ? -1 : 1));
  const kept = index.size > most ? order.slice(0, most - 1) : order;
  const labels = kept.map((k) => names[k]!).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const position = new Map(labels.map((label, k) => [label, k]));
  const map = Int32Array.from(names, (name) => position.get(name) ?? labels.length);
  const pooled = index.size - labels.length;
  if (pooled > 0) labels.push(OTHER);
  return { codes: raw.map((codes) => codes.map((code) => map[code]!)), labels, pooled };
}

/** Codes without missing values as a column for {@link groupTable}; the labels may stand in any order there. */
export function codedColumn(name: string, codes: Int32Array, labels: readonly string[]): Column {
  return { kind: 'category', name, codes, labels };
}

/** Distinct numbers up to which a column of numbers is taken for levels in a search of combinations. */
const MOST_NUMBERS = 100;

/** Columns whose levels are combined, as codes (missing: -1). */
export function levelCodes(table: Table, columns: readonly string[]): ReturnType<typeof groupCodes>[] {
  if (!Array.isArray(columns) || columns.length === 0)
    throw new SynthproofError(
      'BAD_OPTION',
      `columns: expected an array of at least one column name, received ${JSON.stringify(columns) ?? 'nothing'}`,
      { argument: 'columns' },
    );
  return columns.map((name) => {
    const column = columnOf(table, name, 'columns');
    const coded = groupCodes(column);
    if (isNumeric(column) && column.kind !== 'datetime' && coded.labels.length > MOST_NUMBERS)
      throw new SynthproofError(
        'KIND_MISMATCH',
        `columns: expected levels, received ${coded.labels.length} different numbers in "${name}", more than ${MOST_NUMBERS}; bin it first, for example into age bands`,
        { argument: 'columns', column: name },
      );
    return coded;
  });
}

/** Names of the columns to look at: those asked for, or all but the sensitive ones. */
export function otherColumns(
  all: readonly string[],
  sensitive: readonly string[],
  asked: readonly string[] | undefined,
): string[] {
  const names = asked ?? all.filter((name) => !sensitive.includes(name));
  if (new Set(names).size !== names.length)
    throw new SynthproofError('BAD_OPTION', 'columns: a column is named twice; name each once', {
      argument: 'columns',
    });
  return [...names];
}
