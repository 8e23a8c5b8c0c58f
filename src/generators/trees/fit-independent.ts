import type { JobOptions, Table } from '../../types.ts';
import type { IndependentModel } from '../model-types.ts';
import { checkColumnOptions, checkTable, checkWhole } from '../shared/internal-options.ts';
import { chooseOrder } from '../shared/internal-visit-order.ts';
import { fitTrees, sealModel } from './internal-fit.ts';

/** Options of {@link fitIndependent}; they mean the same as in {@link CartOptions}. */
export interface IndependentOptions {
  /** Fewest observed cells of a numeric column that is modelled, and fewest rows of the table. Default 20. */
  readonly minLeaf?: number | undefined;
  /** Levels with fewer training rows are pooled into one; 0 pools none. Default 5. */
  readonly rareLevelMin?: number | undefined;
  /**
   * Partial synthesis: only these columns are replaced, and nothing of the others informs them; those are handed in again at
   * sampling. Default: all columns.
   */
  readonly synthesize?: readonly string[] | undefined;
  /** Columns replaced by placeholders, beside those that are found. Default none. */
  readonly identifiers?: readonly string[] | undefined;
  /** Integer or category columns that are modelled even when all their cells differ. Default none. */
  readonly measurements?: readonly string[] | undefined;
  /** How numeric draws leave the training values. Default `auto`. */
  readonly smoothing?: 'none' | 'interpolate' | 'auto' | undefined;
}

/**
 * Learns each column alone: its values, missing share, and nothing of how columns go together. The baseline that every
 * report sets beside a generator; single columns look perfect, pairs do not.
 *
 * @param table - At least `minLeaf` rows; NaN and infinities must be marked missing.
 * @param options - See {@link IndependentOptions}.
 * @returns Plain data that holds training values.
 * @throws {@link SynthproofError} As {@link fitCart}.
 * @example
 * const model = fitIndependent(fromColumns({ sex: ['F', 'M', 'F', 'M'], pay: [1, 2, 1, 2] }), { minLeaf: 1, rareLevelMin: 0 });
 * model.report.trees; // => [{ column: 'sex', leaves: 1, smallestLeaf: 4 }, { column: 'pay', leaves: 1, smallestLeaf: 4 }]
 */
export function fitIndependent(table: Table, options: IndependentOptions & JobOptions = {}): IndependentModel {
  const { minLeaf = 20, rareLevelMin = 5, identifiers = [], measurements = [], smoothing = 'auto' } = options;
  checkWhole('minLeaf', minLeaf, 1);
  const checked = checkTable(table, minLeaf);
  const synthesize = options.synthesize ?? checked.columns.map((column) => column.name);
  checkColumnOptions(checked, { rareLevelMin, identifiers, measurements, synthesize });
  const parts = fitTrees(
    checked,
    {
      // A tree without predictors is one leaf with every observed row.
      limits: { minLeaf, minSplit: 2 * minLeaf, maxDepth: 0, complexity: 0 },
      rareLevelMin,
      identifiers,
      measurements,
      synthesize,
      numericSplit: 'rank',
      prune: 'none',
      smoothing,
      bootstrap: null,
      sequential: false,
      order: (columns) => chooseOrder(columns, 'given'),
    },
    options,
  );
  return sealModel('independent', parts);
}
