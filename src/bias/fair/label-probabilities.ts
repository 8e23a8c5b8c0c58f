import { SynthproofError } from '../../errors.ts';
import type { JobOptions, Table } from '../../types.ts';
import { columnOf, OUTCOME_MISSING, type OutcomeSpec, readOutcome } from '../internal-encode.ts';
import { trainOutcome } from './internal-learner.ts';

/** Options of {@link labelProbabilities}. */
export interface LabelProbabilitiesOptions extends JobOptions {
  /** The label and its positive level. */
  readonly label: OutcomeSpec;
  /** `boosted` trees (default) or `logistic` regression. */
  readonly learner?: 'boosted' | 'logistic' | undefined;
  /** Columns that are not used as features. Default none. */
  readonly exclude?: readonly string[] | undefined;
  /** Seed of the learner; any text. Default `''`. */
  readonly seed?: string | undefined;
}

/**
 * Probability of the positive label for each row, by a model learnt from other rows: what {@link tiltLabels} needs for
 * the rows of a generator that does not tell it.
 *
 * @param source - Rows to learn from, with both labels; rows without a label are left out.
 * @param table - Rows to predict, with the source's columns (the label may be absent).
 * @param options - See {@link LabelProbabilitiesOptions}.
 * @returns One probability per row of `table`, 0 to 1.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `BAD_OPTION`, `EMPTY_INPUT` (one label only), `ABORTED`.
 * @example
 * const source = fromColumns({ x: [0, 0, 0, 1, 1, 1], y: [false, false, true, true, true, true] });
 * const [low, high] = labelProbabilities(source, fromColumns({ x: [0, 1] }), { label: { column: 'y' }, learner: 'logistic' });
 * low < high; // => true
 */
export function labelProbabilities(source: Table, table: Table, options: LabelProbabilitiesOptions): Float64Array {
  const { label, learner = 'boosted', exclude = [], seed = '', signal, onProgress } = options;
  const codes = readOutcome(source, label, 'label');
  for (const name of exclude) columnOf(source, name, 'exclude');
  const rows: number[] = [];
  let ones = 0;
  for (let i = 0; i < codes.length; i++)
    if (codes[i] !== OUTCOME_MISSING) {
      rows.push(i);
      ones += codes[i]!;
    }
  if (ones === 0 || ones === rows.length)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `source: expected rows of both labels, received ${ones} positive of ${rows.length}; there is nothing to learn`,
      { argument: 'source', column: label.column },
    );
  const features = source.columns
    .map(({ name }) => name)
    .filter((name) => name !== label.column && !exclude.includes(name));
  return trainOutcome({ train: source, reference: source, codes, features, learner, seed, signal, onProgress })(table);
}
