import { SynthproofError } from '../errors.ts';
import type { JobOptions, Table } from '../types.ts';
import { fitTrees, sealModel } from './internal-fit.ts';
import { checkNames, checkTable, checkWhole, otherNames } from './internal-options.ts';
import { chooseOrder } from './internal-visit-order.ts';
import type { CartModel } from './model-types.ts';

/** Options of {@link fitCart}. */
export interface CartOptions {
  /** Fewest training rows in a leaf, so fewest rows that a drawn cell is drawn from. Default 20. */
  readonly minLeaf?: number | undefined;
  /** Fewest training rows in a node that is split. Default `2 * minLeaf`. */
  readonly minSplit?: number | undefined;
  /** Most splits from the root to a leaf. Default 30. */
  readonly maxDepth?: number | undefined;
  /** Least gain of a split, as a share of the root's deviance. Default 1e-8. */
  readonly complexity?: number | undefined;
  /** Order in which columns are drawn: the table's, or names (those not listed follow in table order). Default `given`. */
  readonly visitOrder?: readonly string[] | 'given' | 'auto' | undefined;
  /** Partial synthesis: only these columns are replaced, the others stay real and are handed in again at sampling. Default: all. */
  readonly synthesize?: readonly string[] | undefined;
  /** Columns replaced by placeholders, beside the text columns and the integer and category columns whose cells all differ. */
  readonly identifiers?: readonly string[] | undefined;
  /** Integer or category columns that are modelled even when all their cells differ. Default none. */
  readonly measurements?: readonly string[] | undefined;
  /** Levels with fewer training rows are pooled into one; 0 pools none. Default 5. */
  readonly rareLevelMin?: number | undefined;
  /** `none`: a numeric draw is a training value of its leaf. `interpolate`: a point between two neighbouring ones, rounded to the column's decimals. Default `none`. */
  readonly smoothing?: 'none' | 'interpolate' | undefined;
  /** What a numeric target's splits explain: squared error of the values, or of their ranks (not ruled by a few large values). Default `value`. */
  readonly numericSplit?: 'value' | 'rank' | undefined;
  /** `error` undoes class splits that leave the number of misclassified rows as it was, as rpart does. Default `none`. */
  readonly prune?: 'none' | 'error' | undefined;
}

export function fitCart(table: Table, options: CartOptions & JobOptions = {}): CartModel {
  const { minLeaf = 20, maxDepth = 30, complexity = 1e-8, rareLevelMin = 5, visitOrder = 'given' } = options;
  const { identifiers = [], measurements = [], smoothing = 'none', numericSplit = 'value', prune = 'none' } = options;
  const { minSplit = 2 * minLeaf } = options;
  const checked = checkTable('table', table);
  const synthesize = options.synthesize ?? otherNames(checked, []);
  checkWhole('minLeaf', minLeaf, 1);
  checkWhole('minSplit', minSplit, 2);
  checkWhole('maxDepth', maxDepth, 0);
  checkWhole('rareLevelMin', rareLevelMin, 0);
  const parts = fitTrees(
    checked,
    {
      limits: { minLeaf, minSplit, maxDepth, complexity },
      rareLevelMin,
      identifiers,
      measurements,
      synthesize,
      numericSplit,
      prune,
      smoothing,
      sequential: true,
      order: (columns) => chooseOrder(columns, visitOrder),
    },
    options,
  );
  return sealModel('cart', parts);
}
