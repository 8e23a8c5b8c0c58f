import { sliceRows } from '../../table/slice-rows.ts';
import type { Table } from '../../types.ts';
import type { CartModel, PartialSampleOptions } from '../model-types.ts';
import { checkWhole } from '../shared/internal-options.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import { checkModel } from './internal-check-model.ts';
import { sampleTrees } from './internal-sample.ts';

/** Options of {@link sampleCart}. */
export interface CartSampleOptions extends PartialSampleOptions {
  /**
   * Most draws of one training cell of a numeric column; a draw beyond it takes the next donor of the leaf. Donors are
   * used up from row 0 on, so a shard draws the rows before it too, and shards agree. Default: no limit.
   */
  readonly maxDonorReuse?: number | undefined;
}

/**
 * Draws rows of a model made by {@link fitCart}.
 *
 * Every cell takes its random words from a counter made of its row and column (Threefry4x32-20 keyed by seed and model),
 * so row i depends only on the model, the seed and i: any split into shards, in any order, gives the same rows.
 * Identifier columns hold placeholders that count rows from 1.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param options - See {@link CartSampleOptions}.
 * @returns A table with the source's columns, kinds and order.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION` (rows, offset, missing `kept`), `OUT_OF_RANGE`,
 * `LENGTH_MISMATCH`, `KIND_MISMATCH` or `UNKNOWN_COLUMN` (a `kept` table that does not fit), `BAD_TEXT`,
 * `NO_CAPACITY` (every donor of a leaf was drawn `maxDonorReuse` times), `ABORTED`.
 * @example
 * const model = fitCart(fromColumns({ n: [1, 2, 3, 4] }), { minLeaf: 1 });
 * const whole = sampleCart(model, { rows: 6, seed: 'demo' });
 * const shard = sampleCart(model, { rows: 2, seed: 'demo', offset: 4 });
 * toRecords(shard); // => toRecords(sliceRows(whole, 4, 6))
 */
export function sampleCart(model: CartModel, options: CartSampleOptions): Table {
  checkModel(model, 'cart');
  const { maxDonorReuse, ...rest } = options;
  if (maxDonorReuse === undefined) return sampleTrees(model, rest);
  checkWhole('maxDonorReuse', maxDonorReuse, 1);
  const offset = checkSampleOptions(rest);
  const all = sampleTrees(model, { ...rest, offset: 0, rows: offset + rest.rows }, maxDonorReuse);
  return offset === 0 ? all : sliceRows(all, offset, offset + rest.rows);
}
