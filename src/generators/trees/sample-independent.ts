import type { JobOptions, SampleOptions, Table } from '../../types.ts';
import type { IndependentModel } from '../model-types.ts';
import { checkModel } from './internal-check-model.ts';
import { sampleTrees } from './internal-sample.ts';

/**
 * Draws rows of a model made by {@link fitIndependent}. Row i depends only on the model, the seed and i.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param options - Rows, seed, offset; progress and abort.
 * @returns A table with the source's columns, kinds and order.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION`, `OUT_OF_RANGE`, `BAD_TEXT`, `ABORTED`.
 * @example
 * const model = fitIndependent(fromColumns({ n: [7, 7, 7] }), { minLeaf: 1 });
 * toRecords(sampleIndependent(model, { rows: 2, seed: 'demo' })); // => [{ n: 7 }, { n: 7 }]
 */
export function sampleIndependent(model: IndependentModel, options: SampleOptions & JobOptions): Table {
  checkModel(model, 'independent');
  return sampleTrees(model, options);
}
