import { SynthproofError } from '../../errors.ts';
import { midRanks } from '../../stats/mid-ranks.ts';
import { isMissing } from '../../table/is-missing.ts';
import { replaceColumn } from '../../table/replace-column.ts';
import type { Column, Table } from '../../types.ts';
import { columnOf } from '../internal-encode.ts';
import { indexGroups } from '../internal-index.ts';
import { roundHalfEven } from './internal-round.ts';

/** What {@link repairDisparateImpact} changes. */
export interface RepairSpec {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** Number or integer columns to repair. */
  readonly columns: readonly string[];
  /** Repair strength, 0 (nothing) to 1 (the groups' distributions become equal). Default 1. */
  readonly level?: number | undefined;
  /**
   * `textbook` (default): each value moves towards the median, over groups, of the value at its rank. `unique-quantiles`:
   * as BlackBoxAuditing does it (used by AIF360), quantiles over distinct values and moves among observed values only.
   */
  readonly method?: 'textbook' | 'unique-quantiles' | undefined;
}

/** How one column changed. */
export interface RepairedColumn {
  /** Name. */
  readonly column: string;
  /** Cells that changed. */
  readonly changed: number;
  /** Mean absolute change over all observed cells, in the column's unit. */
  readonly meanChange: number;
  /** Missing cells, which stay missing. */
  readonly missing: number;
}

/** Result of {@link repairDisparateImpact}. */
export interface Repaired {
  /** The table with repaired columns; labels and sensitive columns are as before. */
  readonly table: Table;
  /** One entry per repaired column. */
  readonly columns: readonly RepairedColumn[];
}

/**
 * Disparate impact repair: makes numeric features independent of the group while ranks inside each group stay. It edits
 * features only: labels keep whatever disparity they have.
 *
 * Source: Feldman et al. 2015, section 5 (`textbook`: (1 - level) x + level median_g F_g^-1(F_s(x)), mid-ranks, Hazen
 * quantiles). Integer columns are rounded to whole numbers.
 *
 * @param table - The rows.
 * @param spec - See {@link RepairSpec}.
 * @returns See {@link Repaired}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE` (level), `BAD_OPTION`; `BAD_VALUE` for NaN or infinite cells.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), numberColumn('pay', [1, 2, 3, 6])]);
 * const { table } = repairDisparateImpact(rows, { sensitive: ['sex'], columns: ['pay'] });
 * toRecords(table).map((row) => row.pay); // => [2, 4, 2, 4]
 */
export function repairDisparateImpact(table: Table, spec: RepairSpec): Repaired {
  const { level = 1, method = 'textbook' } = spec;
  if (!(level >= 0 && level <= 1))
    throw new SynthproofError('OUT_OF_RANGE', `level: expected a number from 0 to 1, received ${level}`, {
      argument: 'level',
    });
  if (method !== 'textbook' && method !== 'unique-quantiles')
    throw new SynthproofError('BAD_OPTION', `method: expected 'textbook' or 'unique-quantiles', received ${method}`, {
      argument: 'method',
    });
  if (!Array.isArray(spec.columns) || spec.columns.length === 0)
    throw new SynthproofError(
      'BAD_OPTION',
      `columns: expected an array of at least one column name, received ${JSON.stringify(spec.columns) ?? 'nothing'}`,
      { argument: 'columns' },
    );
  const { index } = indexGroups(table, spec.sensitive, []);
  let repaired = table;
  const columns: RepairedColumn[] = [];
  for (const name of spec.columns) {
    const column = numericColumn(columnOf(table, name, 'columns'));
    const { values, rows } = observed(column);
    const members = groupMembers(index, rows);
    const moved = method === 'textbook' ? textbook(values, members, level) : uniqueQuantiles(values, members, level);
    const out = column.values.slice();
    let changed = 0;
    let change = 0;
    for (let i = 0; i < rows.length; i++) {
      const value =
        column.kind === 'integer' ? Math.sign(moved[i]!) * Math.floor(Math.abs(moved[i]!) + 0.5) + 0 : moved[i]!;
      if (value !== values[i]) changed++;
      change += Math.abs(value - values[i]!);
      out[rows[i]!] = value;
    }
    const meanChange = rows.length === 0 ? 0 : change / rows.length;
    columns.push({ column: name, changed, meanChange, missing: table.rowCount - rows.length });
    repaired = replaceColumn(repaired, { ...column, values: out });
  }
  return { table: repaired, columns };
}

type Numeric = Extract<Column, { kind: 'number' | 'integer' }>;

function numericColumn(column: Column): Numeric {
  if (column.kind === 'number' || column.kind === 'integer') return column;
  throw new SynthproofError(
    'KIND_MISMATCH',
    `columns: expected number or integer columns, received the ${column.kind} column "${column.name}"; leave it out or encode it first`,
    { argument: 'columns', column: column.name },
  );
}

/** Values that are not missing, and their rows. */
function observed(column: Numeric): { readonly values: Float64Array; readonly rows: Int32Array } {
  const rows: number[] = [];
  for (let i = 0; i < column.values.length; i++) {
    if (isMissing(column, i)) continue;
    if (!Number.isFinite(column.values[i]!))
      throw new SynthproofError(
        'BAD_VALUE',
        `table: column "${column.name}", row ${i}: expected a finite number, received ${column.values[i]}; mark the cell as missing or mend it`,
        { argument: 'table', column: column.name, row: i },
      );
    rows.push(i);
  }
  return { values: Float64Array.from(rows, (row) => column.values[row]!), rows: Int32Array.from(rows) };
}

/** Positions in the observed values of each group that has any. */
function groupMembers(index: ArrayLike<number>, rows: Int32Array): number[][] {
  const members = new Map<number, number[]>();
  for (let i = 0; i < rows.length; i++) {
    const group = index[rows[i]!]!;
    const known = members.get(group);
    if (known) known.push(i);
    else members.set(group, [i]);
  }
  return [...members.entries()].sort(([a], [b]) => a - b).map(([, positions]) => positions);
}

function textbook(values: Float64Array, members: readonly number[][], level: number): Float64Array {
  const sorted = members.map((positions) => Float64Array.from(positions, (i) => values[i]!).sort());
  const out = values.slice();
  const candidates = new Float64Array(members.length);
  for (const positions of members) {
    const ranks = midRanks(Float64Array.from(positions, (i) => values[i]!));
    for (let k = 0; k < positions.length; k++) {
      const p = (ranks[k]! - 0.5) / positions.length;
      for (let g = 0; g < sorted.length; g++) candidates[g] = hazenQuantile(sorted[g]!, p);
      const target = middle(candidates.slice().sort());
      out[positions[k]!] = (1 - level) * values[positions[k]!]! + level * target;
    }
  }
  return out;
}

/** The value at share p of sorted values, where the k-th of n stands at (k - 0.5) / n; linear in between. */
function hazenQuantile(sorted: Float64Array, p: number): number {
  const at = Math.min(sorted.length - 1, Math.max(0, p * sorted.length - 0.5));
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}

function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function uniqueQuantiles(values: Float64Array, members: readonly number[][], level: number): Float64Array {
  const all = distinct(values);
  const place = new Map<number, number>();
  for (let k = 0; k < all.length; k++) place.set(all[k]!, k);
  const groups = members.map((positions) => {
    const own = distinct(Float64Array.from(positions, (i) => values[i]!));
    const holders = new Map<number, number[]>();
    for (const i of positions) {
      const known = holders.get(values[i]!);
      if (known) known.push(i);
      else holders.set(values[i]!, [i]);
    }
    return { own, holders, share: 0 };
  });
  const quantiles = Math.min(...groups.map((group) => group.own.length));
  const out = values.slice();
  if (!Number.isFinite(quantiles)) return out;
  for (let q = 0; q < quantiles; q++) {
    const medians: number[] = [];
    const taken: (readonly number[])[] = [];
    for (const group of groups) {
      const n = group.own.length;
      const from = roundHalfEven(group.share * n);
      const size = roundHalfEven((group.share + 1 / quantiles) * n) - from;
      // The shares are added up, not multiplied, so that rounding falls as in the reference.
      group.share += 1 / quantiles;
      const part = Array.from(group.own.subarray(from, from + size));
      if (part.length > 0) medians.push(part[(part.length - 1) >> 1]!);
      taken.push(part.flatMap((value) => group.holders.get(value)!));
    }
    if (medians.length === 0) continue;
    medians.sort((a, b) => a - b);
    const target = place.get(medians[(medians.length - 1) >> 1]!)!;
    for (const positions of taken)
      for (const i of positions) {
        const now = place.get(values[i]!)!;
        out[i] = all[now + roundHalfEven((target - now) * level)]!;
      }
  }
  return out;
}

function distinct(values: Float64Array): Float64Array {
  return Float64Array.from(new Set(Float64Array.from(values).sort()));
}
