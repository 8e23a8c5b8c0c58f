import { SynthproofError } from '../../errors.ts';
import { fillShuffled } from '../../random/fill-shuffled.ts';
import { uniformInt } from '../../random/uniform-int.ts';
import { takeRows } from '../../table/take-rows.ts';
import type { Rng, Table } from '../../types.ts';
import { checkRng, OUTCOME_MISSING, type OutcomeSpec, readOutcome } from '../internal-encode.ts';
import { indexGroups } from '../internal-index.ts';
import { largestRemainders } from './internal-round.ts';

/** What {@link resampleGroups} balances, and how. */
export interface ResampleGroupsSpec {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** The label that is to be independent of the group. */
  readonly label: OutcomeSpec;
  /** Chooses rows at random (uniform sampling); needed unless `score` is given. */
  readonly rng?: Rng | undefined;
  /** One number per row, larger for a stronger belief in the positive label: rows nearest the border are dropped and doubled first (preferential sampling). */
  readonly score?: ArrayLike<number> | undefined;
}

/** One (group, label) cell of {@link ResampledGroups}. */
export interface ResampledCell {
  /** The group's levels. */
  readonly group: readonly string[];
  /** Whether the label is positive. */
  readonly positive: boolean;
  /** Rows before. */
  readonly before: number;
  /** Rows that independence asks for: group rows x label rows / rows. */
  readonly wanted: number;
  /** Rows after: `wanted`, rounded so that the number of rows stays. */
  readonly after: number;
}

/** Result of {@link resampleGroups}. */
export interface ResampledGroups {
  /** The resampled rows. */
  readonly table: Table;
  /** Row of the given table that each row is a copy of, ascending. */
  readonly rows: Int32Array;
  /** The cells, in group order, negative first. */
  readonly cells: readonly ResampledCell[];
  /** Rows left out because the label (or the score) is missing. */
  readonly leftOut: number;
}

/**
 * Resampling that makes label and group independent: rows of (group, label) cells that are too large are dropped, of
 * those that are too small doubled. With `rng` at random, with `score` nearest the decision border first.
 *
 * Source: Kamiran & Calders 2012, section 4.4 (uniform and preferential sampling), for any number of groups; cell sizes
 * are rounded by largest remainders, so the number of rows stays.
 *
 * @param table - The rows.
 * @param spec - See {@link ResampleGroupsSpec}.
 * @returns See {@link ResampledGroups}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `BAD_OPTION` (neither or both of `rng` and `score`), `LENGTH_MISMATCH`, `EMPTY_INPUT`; `BAD_VALUE` when a group lacks one of the labels: no copy can mend that.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'f', 'm', 'm', 'm']), booleanColumn('y', [true, false, false, true, true, false])]);
 * const even = resampleGroups(rows, { sensitive: ['sex'], label: { column: 'y' }, rng: createRng('even') });
 * even.cells.map((cell) => cell.wanted); // => [1.5, 1.5, 1.5, 1.5]
 */
export function resampleGroups(table: Table, spec: ResampleGroupsSpec): ResampledGroups {
  const { rng, score } = spec;
  if ((rng === undefined) === (score === undefined))
    throw new SynthproofError(
      'BAD_OPTION',
      'rng, score: expected exactly one of them; rng for uniform, score for preferential sampling',
      { argument: 'rng' },
    );
  if (score && score.length !== table.rowCount)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `score: expected one number for each of ${table.rowCount} rows, received ${score.length}; score the same table`,
      { argument: 'score' },
    );
  if (rng !== undefined) checkRng(rng, 'rng');
  const groups = indexGroups(table, spec.sensitive, []);
  const labels = readOutcome(table, spec.label, 'label');
  const members: number[][] = Array.from({ length: 2 * groups.size }, () => []);
  let leftOut = 0;
  for (let i = 0; i < table.rowCount; i++) {
    if (labels[i] === OUTCOME_MISSING || (score && Number.isNaN(score[i]!))) leftOut++;
    else members[2 * groups.index[i]! + labels[i]!]!.push(i);
  }
  const total = table.rowCount - leftOut;
  if (total === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      'table: expected rows with a label, received none; check the label column and its missing cells',
      {
        argument: 'table',
      },
    );
  const positives = members.reduce((sum, rows, cell) => sum + (cell % 2 === 1 ? rows.length : 0), 0);
  const nameOf = (cell: number): string[] => groups.codesOf(cell >> 1).map((code, k) => groups.levels[k]![code]!);
  const wanted = members.map((_, cell) => {
    const group = members[cell - (cell % 2)]!.length + members[cell - (cell % 2) + 1]!.length;
    return (group * (cell % 2 === 1 ? positives : total - positives)) / total;
  });
  const after = largestRemainders(wanted, total);
  const chosen: number[] = [];
  const cells: ResampledCell[] = [];
  for (let cell = 0; cell < members.length; cell++) {
    const rows = members[cell]!;
    if (wanted[cell] === 0 && rows.length === 0) continue;
    if (rows.length === 0 && after[cell]! > 0)
      throw new SynthproofError(
        'BAD_VALUE',
        `table: group "${nameOf(cell).join(' × ')}" has no ${cell % 2 === 1 ? 'positive' : 'negative'} row to copy; merge it with another group or leave it out`,
        { argument: 'table' },
      );
    cells.push({
      group: nameOf(cell),
      positive: cell % 2 === 1,
      before: rows.length,
      wanted: wanted[cell]!,
      after: after[cell]!,
    });
    const picked = rng
      ? pickUniform(rows, after[cell]!, rng)
      : pickPreferred(rows, after[cell]!, score!, cell % 2 === 1);
    for (const row of picked) chosen.push(row);
  }
  const rows = Int32Array.from(chosen).sort();
  return { table: takeRows(table, rows), rows, cells, leftOut };
}

/** Every row once as often as it fits, the rest by shuffling (dropping) or by drawing (doubling). */
function pickUniform(rows: readonly number[], size: number, rng: Rng): number[] {
  const shuffled = rows.slice();
  if (size < rows.length) {
    fillShuffled(shuffled, rng);
    return shuffled.slice(0, size);
  }
  for (let i = rows.length; i < size; i++) shuffled.push(rows[uniformInt(rng, rows.length)]!);
  return shuffled;
}

/** Rows furthest from the border are kept; rows nearest to it are doubled, each once before any twice. */
function pickPreferred(rows: readonly number[], size: number, score: ArrayLike<number>, positive: boolean): number[] {
  // Nearest the border first: low scores among positives, high scores among negatives.
  const sign = positive ? 1 : -1;
  const near = rows.slice().sort((a, b) => sign * (score[a]! - score[b]!) || a - b);
  if (size <= near.length) return near.slice(near.length - size);
  return Array.from({ length: size }, (_, i) => near[i % near.length]!);
}
