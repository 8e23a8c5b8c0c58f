import type { Table } from '../../types.ts';
import type { IndependentModel, PartialSampleOptions } from '../model-types.ts';
import { checkModel } from './internal-check-model.ts';
import { sampleTrees } from './internal-sample.ts';

/**
 * Draws rows of a model made by {@link fitIndependent}. Row i depends only on the model, the seed and i.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param options - See {@link PartialSampleOptions}.
 * @returns A table with the source's columns, kinds and order.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION` (rows, offset, missing `kept`), `OUT_OF_RANGE`,
 * `LENGTH_MISMATCH`, `KIND_MISMATCH` or `UNKNOWN_COLUMN` (a `kept` table that does not fit), `BAD_TEXT`, `ABORTED`.
 * @example
 * const model = fitIndependent(fromColumns({ n: [7, 7, 7] }), { minLeaf: 1 });
 * toRecords(sampleIndependent(model, { rows: 2, seed: 'demo' })); // => [{ n: 7 }, { n: 7 }]
 */
export function sampleIndependent(model: IndependentModel, options: PartialSampleOptions): Table {
  checkModel(model, 'independent');
  return sampleTrees(model, options);
}
