import { SynthproofError } from '../../errors.ts';
import { createRng } from '../../random/create-rng.ts';
import { fillShuffled } from '../../random/fill-shuffled.ts';
import { sampleWithoutReplacement } from '../../random/sample-without-replacement.ts';
import { cellAt } from '../../table/cell-at.ts';
import { concatRows } from '../../table/concat-rows.ts';
import { dropColumns } from '../../table/drop-columns.ts';
import { getColumn } from '../../table/get-column.ts';
import { takeRows } from '../../table/take-rows.ts';
import type { Cell, Rng, Table } from '../../types.ts';
import { checkShape, checkWhole } from '../shared/internal-options.ts';
import { type RowOrigin, withOrigin } from './with-origin.ts';

/** Rows of one group in a mix. */
export interface MixQuota {
  /** The group's cell: null for missing, epoch milliseconds for datetimes. */
  readonly value: Cell;
  /** Real rows of the group. */
  readonly real: number;
  /** Synthetic rows of the group. */
  readonly synthetic: number;
}

/** Options of {@link mixReal}; either `ratio` or `quotas`. */
export interface MixRealOptions {
  /** Seed of the choice and order of rows; any text. */
  readonly seed: string;
  /** Share of real rows, 0 to 1. */
  readonly ratio?: number | undefined;
  /** Rows of the mix, with `ratio`. Default: the most that both tables allow. */
  readonly rows?: number | undefined;
  /** Rows per group instead of one ratio. Groups that are not listed give no row. */
  readonly quotas?:
    | {
        /** Column that names the group; both tables have it. */
        readonly by: string;
        /** Rows of each group. */
        readonly groups: readonly MixQuota[];
      }
    | undefined;
  /**
   * Real rows that must never be mixed in: row numbers of `real`, or a table of rows. With a table, every real row with
   * the same cells is withheld, since equal rows cannot be told apart.
   */
  readonly holdout?: readonly number[] | Table | undefined;
  /** Name of the origin column. When `synthetic` has it, its entries (for example `partial`) are kept. Default `origin`. */
  readonly column?: string | undefined;
}

/** Result of {@link mixReal}. */
export interface MixedRows {
  /** The mix in random order, with the origin column at the end. */
  readonly table: Table;
  /** Rows per origin. */
  readonly counts: Readonly<Record<RowOrigin, number>>;
  /** Per row of the mix, its row in `real` or, unless its origin is `real`, in `synthetic`. */
  readonly sourceRows: readonly number[];
  /** Real rows withheld as hold-out. */
  readonly heldOut: number;
  /** Real rows that were neither withheld nor used. */
  readonly unusedReal: number;
  /** Synthetic rows that were not used. */
  readonly unusedSynthetic: number;
  /** Synthetic rows of the mix with the same cells as a hold-out row: chance, or a copy. They stay in. */
  readonly syntheticLikeHoldout: number;
}

/**
 * Mixes real and synthetic rows, each drawn without replacement, and says of every row where it comes from.
 *
 * @param real - Real rows.
 * @param synthetic - Rows of the same columns and kinds, made by any generator.
 * @param options - See {@link MixRealOptions}.
 * @returns The mix and what was left out; see {@link MixedRows}. A mix with real or partial rows is personal data when
 * the source is.
 * @throws {@link SynthproofError} `BAD_OPTION` (no or both of ratio and quotas, a value out of range, a group listed
 * twice), `NO_CAPACITY` when there are too few rows (nothing is made up or used twice), `OUT_OF_RANGE` for a hold-out
 * row that is not there, `LENGTH_MISMATCH`, `SCHEMA_MISMATCH`, `KIND_MISMATCH`, `DUPLICATE_COLUMN`, `UNKNOWN_COLUMN`, `BAD_TEXT`.
 * @example
 * const real = fromColumns({ n: [1, 2, 3, 4] });
 * const synthetic = fromColumns({ n: [5, 6, 7, 8] });
 * const mix = mixReal(real, synthetic, { ratio: 0.25, rows: 4, holdout: [0, 1], seed: 'demo' });
 * mix.counts; // => { real: 1, partial: 0, synthetic: 3 }
 * [mix.heldOut, mix.unusedReal]; // => [2, 1]
 */
export function mixReal(real: Table, synthetic: Table, options: MixRealOptions): MixedRows {
  const { ratio, quotas, holdout = [], column = 'origin', seed } = options;
  if ((ratio === undefined) === (quotas === undefined))
    throw new SynthproofError('BAD_OPTION', 'options: expected either ratio or quotas; give one of them', {
      argument: 'ratio',
    });
  checkShape('real', real);
  checkShape('synthetic', synthetic);
  if (real.columns.some((other) => other.name === column))
    throw new SynthproofError(
      'DUPLICATE_COLUMN',
      `column: real has a column "${column}" already; name another for the origin`,
      { argument: 'column', column },
    );
  const marked = synthetic.columns.some((other) => other.name === column);
  const bare = marked ? dropColumns(synthetic, [column]) : synthetic;
  const withheld = holdoutRows(real, holdout);
  const free: number[] = [];
  for (let row = 0; row < real.rowCount; row++) if (withheld[row] === 0) free.push(row);
  const drawn = Array.from({ length: synthetic.rowCount }, (_, row) => row);
  const rng = createRng(seed);
  const [realRows, syntheticRows] = quotas
    ? chooseByGroup(real, bare, free, drawn, quotas.by, quotas.groups, rng)
    : chooseByRatio(free, drawn, ratio!, options.rows, rng);
  const order = new Uint32Array(realRows.length + syntheticRows.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  fillShuffled(order, rng.stream('order'));
  const joined = concatRows([takeRows(real, realRows), takeRows(bare, syntheticRows)]);
  const origins = marked ? originsOf(synthetic, column) : null;
  const counts: Record<RowOrigin, number> = { real: 0, partial: 0, synthetic: 0 };
  const sourceRows: number[] = [];
  const each: RowOrigin[] = [];
  for (const at of order) {
    const row = at < realRows.length ? realRows[at]! : syntheticRows[at - realRows.length]!;
    const origin = at < realRows.length ? 'real' : (origins?.[row] ?? 'synthetic');
    counts[origin]++;
    sourceRows.push(row);
    each.push(origin);
  }
  return {
    table: withOrigin(takeRows(joined, order), each, { column }),
    counts,
    sourceRows,
    heldOut: real.rowCount - free.length,
    unusedReal: free.length - realRows.length,
    unusedSynthetic: drawn.length - syntheticRows.length,
    syntheticLikeHoldout: likeHoldout(real, bare, syntheticRows, withheld),
  };
}

/** 1 for each real row that must stay out. */
function holdoutRows(real: Table, holdout: readonly number[] | Table): Uint8Array {
  const withheld = new Uint8Array(real.rowCount);
  if ('columns' in holdout) {
    checkShape('holdout', holdout);
    const names = real.columns.map(({ name, kind }) => {
      const other = getColumn(holdout, name);
      if (other.kind !== kind)
        throw new SynthproofError(
          'KIND_MISMATCH',
          `holdout: column "${name}" is ${other.kind}, in real it is ${kind}; cast it, or rows would not be recognised`,
          { argument: 'holdout', column: name },
        );
      return name;
    });
    const held = new Set(contentKeys(holdout, names));
    contentKeys(real, names).forEach((key, row) => {
      if (held.has(key)) withheld[row] = 1;
    });
    return withheld;
  }
  for (const row of holdout) {
    if (!(Number.isInteger(row) && row >= 0 && row < real.rowCount))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `holdout: expected rows 0 to ${real.rowCount - 1} of real, received ${row}; mend the list`,
        { argument: 'holdout', row },
      );
    withheld[row] = 1;
  }
  return withheld;
}

/** Each row's cells as text that is equal exactly when they are. */
function contentKeys(table: Table, names: readonly string[]): string[] {
  const columns = names.map((name) => getColumn(table, name));
  const keys: string[] = new Array(table.rowCount);
  for (let row = 0; row < keys.length; row++)
    keys[row] = columns.map((column) => cellKey(cellAt(column, row))).join(',');
  return keys;
}

/** Text of a cell that tells numbers, texts and missing cells apart; String(NaN) differs from null, and -0 is 0. */
function cellKey(cell: Cell): string {
  return typeof cell === 'number' ? String(cell) : JSON.stringify(cell);
}

function likeHoldout(real: Table, synthetic: Table, rows: readonly number[], withheld: Uint8Array): number {
  if (!withheld.includes(1)) return 0;
  const names = real.columns.map((column) => column.name);
  const held = new Set(contentKeys(real, names).filter((_, row) => withheld[row] === 1));
  const keys = contentKeys(synthetic, names);
  return rows.filter((row) => held.has(keys[row]!)).length;
}

function originsOf(table: Table, column: string): RowOrigin[] {
  const cells = getColumn(table, column);
  return Array.from({ length: table.rowCount }, (_, row) => cellAt(cells, row) as RowOrigin);
}

function chooseByRatio(
  real: readonly number[],
  synthetic: readonly number[],
  ratio: number,
  asked: number | undefined,
  rng: Rng,
): [number[], number[]] {
  if (!(ratio >= 0 && ratio <= 1))
    throw new SynthproofError('BAD_OPTION', `ratio: expected a share from 0 to 1, received ${ratio}; mend it`, {
      argument: 'ratio',
    });
  if (asked !== undefined) checkWhole('rows', asked, 0);
  const share = (rows: number): number => Math.floor(ratio * rows + 0.5);
  const fits = (rows: number): boolean => share(rows) <= real.length && rows - share(rows) <= synthetic.length;
  let most = Math.min(
    real.length + synthetic.length,
    ratio > 0 ? Math.ceil(real.length / ratio) + 1 : Infinity,
    ratio < 1 ? Math.ceil(synthetic.length / (1 - ratio)) + 1 : Infinity,
  );
  while (!fits(most)) most--;
  const rows = asked ?? most;
  if (!fits(rows))
    throw new SynthproofError(
      'NO_CAPACITY',
      `rows: ${rows} rows at ratio ${ratio} need ${share(rows)} real and ${rows - share(rows)} synthetic rows, there are ${real.length} and ${synthetic.length}; ask for at most ${most}, or draw more synthetic rows`,
      { argument: 'rows' },
    );
  return [pick(real, share(rows), rng.stream('real')), pick(synthetic, rows - share(rows), rng.stream('synthetic'))];
}

function chooseByGroup(
  real: Table,
  synthetic: Table,
  realRows: readonly number[],
  syntheticRows: readonly number[],
  by: string,
  groups: readonly MixQuota[],
  rng: Rng,
): [number[], number[]] {
  const sides = [
    { side: 'real', rows: rowsByCell(real, by, realRows) },
    { side: 'synthetic', rows: rowsByCell(synthetic, by, syntheticRows) },
  ] as const;
  const chosen: [number[], number[]] = [[], []];
  const seen = new Set<string>();
  for (const quota of groups) {
    const key = cellKey(quota.value);
    if (seen.has(key))
      throw new SynthproofError('BAD_OPTION', `quotas: the group ${key} is listed twice; list it once`, {
        argument: 'quotas',
        column: by,
      });
    seen.add(key);
    sides.forEach(({ side, rows }, s) => {
      const wanted = quota[side];
      checkWhole(`quotas: ${side} rows of ${key}`, wanted, 0);
      const there = rows.get(key) ?? [];
      if (there.length < wanted)
        throw new SynthproofError(
          'NO_CAPACITY',
          `quotas: ${wanted} ${side} rows of ${by} = ${key} are asked for, there are ${there.length}; lower the quota, or draw more rows of the group`,
          { argument: 'quotas', column: by },
        );
      for (const row of pick(there, wanted, rng.stream(`${side} ${key}`))) chosen[s]!.push(row);
    });
  }
  return chosen;
}

function rowsByCell(table: Table, by: string, rows: readonly number[]): Map<string, number[]> {
  const column = getColumn(table, by);
  const found = new Map<string, number[]>();
  for (const row of rows) {
    const key = cellKey(cellAt(column, row));
    const list = found.get(key);
    if (list) list.push(row);
    else found.set(key, [row]);
  }
  return found;
}

function pick(rows: readonly number[], count: number, rng: Rng): number[] {
  return Array.from(sampleWithoutReplacement(rng, rows.length, count), (at) => rows[at]!);
}
