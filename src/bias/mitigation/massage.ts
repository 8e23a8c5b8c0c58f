import { SynthproofError } from '../../errors.ts';
import { replaceColumn } from '../../table/replace-column.ts';
import type { Column, Table } from '../../types.ts';
import {
  checkOutcome,
  columnOf,
  encodeOutcome,
  OUTCOME_MISSING,
  type OutcomeSpec,
  readOutcome,
} from '../internal-encode.ts';
import { roundHalfEven } from './internal-round.ts';

/** What {@link massage} changes. */
export interface MassageSpec {
  /** The deprived group: its column and, as `positive`, its level. All other rows are the favoured group. */
  readonly deprived: OutcomeSpec;
  /** The label to change, a boolean or category column with two labels that occur. */
  readonly label: OutcomeSpec;
  /** One number per row: how much a ranker trained on the data believes in the positive label, larger for more. */
  readonly score: ArrayLike<number>;
}

/** Result of {@link massage}. */
export interface Massaged {
  /** The table with the changed label. */
  readonly table: Table;
  /** Rows of the deprived group that became positive, highest score first. */
  readonly promoted: readonly number[];
  /** Rows of the favoured group that became negative, lowest score first. */
  readonly demoted: readonly number[];
  /** Positive rate of the favoured group minus that of the deprived one, before. */
  readonly discriminationBefore: number;
  /** The same, after: as near to 0 as whole rows allow, unless a group ran out of rows. */
  readonly discriminationAfter: number;
  /** Rows left alone because group, label or score is missing. */
  readonly leftOut: number;
}

/**
 * Massaging: swaps the fewest labels that make the positive rates of two groups equal, nearest to the ranker's border
 * first. Labels are changed: say so wherever the data go.
 *
 * As many rows of the deprived group are promoted as of the favoured group are demoted, so the positive rate of all rows
 * stays; ties of the score go by row. Nothing changes when the deprived group is not behind.
 * Source: Kamiran & Calders 2012, section 4.2.
 *
 * @param table - The rows.
 * @param spec - See {@link MassageSpec}.
 * @returns See {@link Massaged}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `BAD_OPTION`, `LENGTH_MISMATCH`; `EMPTY_INPUT` when a group has no rows; `KIND_MISMATCH` for labels that are not boolean or two-valued categories.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('y', [false, false, true, true])]);
 * const done = massage(rows, { deprived: { column: 'sex', positive: 'f' }, label: { column: 'y' }, score: [0.2, 0.4, 0.6, 0.9] });
 * [done.promoted, done.demoted, done.discriminationAfter]; // => [[1], [2], 0]
 */
export function massage(table: Table, spec: MassageSpec): Massaged {
  const { score } = spec;
  checkScores(score);
  if (score.length !== table.rowCount)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `score: expected one number for each of ${table.rowCount} rows, received ${score.length}; score the same table`,
      { argument: 'score' },
    );
  checkOutcome(spec.label, 'label');
  const labelColumn = columnOf(table, spec.label.column, 'label');
  const groups = readOutcome(table, spec.deprived, 'deprived');
  const labels = Uint8Array.from(encodeOutcome(labelColumn, spec.label, 'label'));
  const negatives: number[] = [];
  const positives: number[] = [];
  const count = [0, 0];
  const positive = [0, 0];
  let leftOut = 0;
  for (let i = 0; i < table.rowCount; i++) {
    const group = groups[i]!;
    const label = labels[i]!;
    if (group === OUTCOME_MISSING || label === OUTCOME_MISSING || Number.isNaN(score[i]!)) {
      leftOut++;
      continue;
    }
    count[group]!++;
    positive[group]! += label;
    if (group === 1 && label === 0) negatives.push(i);
    if (group === 0 && label === 1) positives.push(i);
  }
  if (count[0] === 0 || count[1] === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `deprived: expected rows in and outside of the group, received ${count[1]} in and ${count[0]} outside; check the level`,
      { argument: 'deprived', column: spec.deprived.column },
    );
  const gap = (): number => positive[0]! / count[0]! - positive[1]! / count[1]!;
  const before = gap();
  const wanted = roundHalfEven((before * count[0]! * count[1]!) / (count[0]! + count[1]!));
  const swaps = Math.max(0, Math.min(wanted, negatives.length, positives.length));
  const promoted = negatives.sort((a, b) => score[b]! - score[a]! || a - b).slice(0, swaps);
  const demoted = positives.sort((a, b) => score[a]! - score[b]! || a - b).slice(0, swaps);
  positive[0]! -= swaps;
  positive[1]! += swaps;
  return {
    table: swaps === 0 ? table : replaceColumn(table, swapLabels(labelColumn, labels, promoted, demoted)),
    promoted,
    demoted,
    discriminationBefore: before,
    discriminationAfter: gap(),
    leftOut,
  };
}

function checkScores(score: ArrayLike<number>): void {
  if (typeof score === 'object' && score !== null && typeof score.length === 'number') return;
  throw new SynthproofError(
    'BAD_OPTION',
    `score: expected one number per row, received ${JSON.stringify(score) ?? 'nothing'}; pass the values, not the name of a column`,
    { argument: 'score' },
  );
}

/** The label column with some rows made positive and others negative. */
function swapLabels(
  column: Column,
  labels: Uint8Array,
  promoted: readonly number[],
  demoted: readonly number[],
): Column {
  if (column.kind === 'boolean') {
    const one = column.values[promoted[0]!] === 0 ? 1 : 0;
    const values = column.values.slice();
    for (const row of promoted) values[row] = one;
    for (const row of demoted) values[row] = 1 - one;
    return { ...column, values };
  }
  if (column.kind === 'category') {
    const found = [new Set<number>(), new Set<number>()];
    for (let i = 0; i < labels.length; i++) if (labels[i] !== OUTCOME_MISSING) found[labels[i]!]!.add(column.codes[i]!);
    if (found[0]!.size === 1) {
      const [negative] = found[0]!;
      const [positive] = found[1]!;
      const codes = column.codes.slice();
      for (const row of promoted) codes[row] = positive!;
      for (const row of demoted) codes[row] = negative!;
      return { ...column, codes };
    }
  }
  throw new SynthproofError(
    'KIND_MISMATCH',
    `label: expected a boolean column, or a category column with two labels that occur, received the ${column.kind} column "${column.name}"; derive a boolean column first`,
    { argument: 'label', column: column.name },
  );
}
