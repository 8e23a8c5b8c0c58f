import { SynthproofError } from '../errors.ts';
import { createRng } from '../random/create-rng.ts';
import { permutation } from '../random/permutation.ts';
import { concatRows } from '../table/concat-rows.ts';
import { takeRows } from '../table/take-rows.ts';
import type { Column, JobOptions, Table } from '../types.ts';
import { checkTable, matchColumns } from './internal-match-columns.ts';
import { checkedCount, checkedOptions, checkedSeed } from './internal-measure.ts';
import type { SkippedColumn } from './quality-result.ts';
import type { TwoSampleFloor, TwoSampleOptions, TwoSampleScore } from './two-sample-score.ts';

/** Two tables of the same columns, ready to be put one below the other. */
export interface MatchedTables {
  readonly real: Table;
  readonly synthetic: Table;
  readonly skipped: readonly SkippedColumn[];
}

/** Checks both tables and keeps the columns that can be compared. */
export function matchTables(real: Table, synthetic: Table, skip: readonly string[] = []): MatchedTables {
  checkTable(real, 'real');
  checkTable(synthetic, 'synthetic');
  const { shared, skipped } = matchColumns(real, synthetic, skip, 'strict');
  const sides = shared.map(([a, b]) => [alike(a, b), alike(b, a)] as const);
  return {
    real: { rowCount: real.rowCount, columns: sides.map(([a]) => a) },
    synthetic: { rowCount: synthetic.rowCount, columns: sides.map(([, b]) => b) },
    skipped,
  };
}

/** A column in the form that both sides have: an integer beside a number becomes a number, a day beside an instant an instant. */
function alike(column: Column, other: Column): Column {
  if (column.kind === 'integer' && other.kind === 'number') return { ...column, kind: 'number' };
  if (column.kind === 'datetime' && other.kind === 'datetime' && column.unit !== other.unit)
    return { ...column, unit: 'millisecond' };
  return column;
}

/** The checked options that two-sample scores share. */
export interface TwoSampleSettings {
  readonly seed: string;
  readonly level: number;
  readonly rows: number;
  readonly repeats: number;
}

/** Checks the shared options; the defaults are those of the calling function. */
export function twoSampleSettings(
  options: TwoSampleOptions,
  defaults: { readonly rows: number; readonly repeats: number },
): TwoSampleSettings {
  checkedSeed(options.seed);
  return {
    seed: options.seed,
    level: checkedOptions({ level: options.level }).level,
    rows: options.rows === undefined ? defaults.rows : checkedCount(options.rows, defaults.rows, [2, 1e9], 'rows'),
    repeats: checkedCount(options.noiseFloor?.repeats, defaults.repeats, [0, 1000], 'noiseFloor.repeats'),
  };
}

/** One step of a long job: throws `ABORTED`, reports progress. */
export function twoSampleStep(job: JobOptions, stage: string, done: number, total: number): void {
  if (job.signal?.aborted === true)
    throw new SynthproofError('ABORTED', `${stage}: aborted by its signal; nothing was returned`, {
      argument: 'signal',
    });
  job.onProgress?.({ stage, done, total });
}

/** A seeded subsample without replacement; the table itself when it has no more rows than wanted. */
export function subsample(table: Table, rows: number, seed: string, purpose: string): Table {
  if (table.rowCount <= rows) return table;
  const rng = createRng(seed).stream(`quality/${purpose}`);
  return takeRows(table, permutation(rng, table.rowCount).subarray(0, rows).sort());
}

/** Both tables one below the other, and which rows are synthetic. */
export function stackTables(real: Table, synthetic: Table): { readonly table: Table; readonly labels: Uint8Array } {
  const labels = new Uint8Array(real.rowCount + synthetic.rowCount).fill(1, real.rowCount);
  return { table: concatRows([real, synthetic]), labels };
}

/**
 * Scores two disjoint random parts of the real table against each other, and one of them against as many synthetic rows.
 * Each repeat has a stream of its own, so that their number changes none of them.
 */
export function twoSampleFloor(
  real: Table,
  synthetic: Table,
  settings: TwoSampleSettings,
  score: (a: Table, b: Table, repeat: number) => number | null,
): TwoSampleFloor | null {
  const side = Math.min(Math.floor(real.rowCount / 2), synthetic.rowCount, settings.rows);
  if (side < 2 || settings.repeats === 0) return null;
  const floors: number[] = [];
  const matches: number[] = [];
  const excesses: number[] = [];
  for (let r = 0; r < settings.repeats; r++) {
    const rng = createRng(settings.seed).stream('quality/two-sample-floor').stream(r);
    const order = permutation(rng.stream('real'), real.rowCount);
    const other = permutation(rng.stream('synthetic'), synthetic.rowCount);
    const a = takeRows(real, order.subarray(0, side));
    const floor = score(a, takeRows(real, order.subarray(side, 2 * side)), r);
    const matched = score(a, takeRows(synthetic, other.subarray(0, side)), r);
    if (floor !== null) floors.push(floor);
    if (matched !== null) matches.push(matched);
    if (floor !== null && matched !== null) excesses.push(matched - floor);
  }
  return {
    repeats: settings.repeats,
    rowsPerSide: side,
    floor: meanOrNull(floors),
    floorRange: rangeOrNull(floors),
    matched: meanOrNull(matches),
    matchedRange: rangeOrNull(matches),
    excess: meanOrNull(excesses),
    excessRange: rangeOrNull(excesses),
  };
}

/** Mean of a list, null when it is empty. */
export function meanOrNull(values: readonly number[]): number | null {
  let total = 0;
  for (const value of values) total += value / values.length;
  return values.length === 0 ? null : total;
}

/** Least and greatest of a list, null when it is empty. */
export function rangeOrNull(values: readonly number[]): readonly [number, number] | null {
  if (values.length === 0) return null;
  let [low, high] = [values[0]!, values[0]!];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** What every two-sample score starts from. */
export function scoreBase(
  metric: string,
  range: readonly [number | null, number | null],
  tables: { readonly real: Table; readonly synthetic: Table; readonly skipped: readonly SkippedColumn[] },
): Pick<TwoSampleScore, 'metric' | 'range' | 'goal' | 'n' | 'nReal' | 'nSynthetic' | 'skipped'> {
  const nReal = tables.real.rowCount;
  const nSynthetic = tables.synthetic.rowCount;
  return { metric, range, goal: 'minimize', n: nReal + nSynthetic, nReal, nSynthetic, skipped: tables.skipped };
}
