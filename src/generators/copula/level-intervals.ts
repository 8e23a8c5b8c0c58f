import { SynthproofError } from '../../errors.ts';
import { isPresent } from '../../table/internal-bitmap.ts';
import type { CategoryColumn } from '../../types.ts';

/** Options of {@link levelIntervals}. */
export interface LevelIntervalsOptions {
  /** Order of the levels along [0, 1]: first appearance, code unit order of the labels, or most frequent first. Default `label`. */
  readonly order?: 'appearance' | 'label' | 'frequency' | undefined;
}

/** The part of [0, 1] that one level owns. */
export interface LevelInterval {
  /** The level; null for missing cells. */
  readonly label: string | null;
  /** Lower end. */
  readonly lower: number;
  /** Upper end; the last level's is 1. */
  readonly upper: number;
}

/**
 * Levels of a category column as neighbouring intervals of [0, 1], each as wide as its share of the rows: the uniform encoding
 * of categories, as RDT's UniformEncoder has it with order `appearance`.
 *
 * Missing cells count as a level of their own, last but for the order `appearance`.
 *
 * @param column - A category column with at least one row.
 * @param options - See {@link LevelIntervalsOptions}.
 * @returns One interval for each level that occurs, in order, from 0 to 1.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for a column without rows, `BAD_OPTION` for an unknown order.
 * @example
 * const column = categoryColumn('c', ['b', 'a', 'b', 'b']);
 * levelIntervals(column, { order: 'appearance' })[1]; // => { label: 'a', lower: 0.75, upper: 1 }
 */
export function levelIntervals(column: CategoryColumn, options: LevelIntervalsOptions = {}): LevelInterval[] {
  const { order = 'label' } = options;
  if (order !== 'appearance' && order !== 'label' && order !== 'frequency')
    throw new SynthproofError(
      'BAD_OPTION',
      `order: expected appearance, label or frequency, received ${String(order)}`,
      {
        argument: 'order',
      },
    );
  const { codes, labels, validity } = column;
  if (codes.length === 0)
    throw new SynthproofError('EMPTY_INPUT', `column: "${column.name}" has no rows; give it data`, {
      argument: 'column',
    });
  const rows = new Float64Array(labels.length + 1);
  const seen: number[] = [];
  for (let i = 0; i < codes.length; i++) {
    const level = isPresent(validity, i) ? codes[i]! : labels.length;
    if (rows[level]!++ === 0) seen.push(level);
  }
  if (order === 'label') seen.sort((a, b) => a - b);
  if (order === 'frequency') seen.sort((a, b) => rows[b]! - rows[a]! || a - b);
  let below = 0;
  return seen.map((level) => {
    const lower = below / codes.length;
    below += rows[level]!;
    return { label: labels[level] ?? null, lower, upper: below / codes.length };
  });
}
