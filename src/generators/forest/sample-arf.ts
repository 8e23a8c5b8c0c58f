import { deriveKey } from '../../random/derive-key.ts';
import type { Table } from '../../types.ts';
import type { PartialSampleOptions } from '../model-types.ts';
import { keptColumns } from '../shared/internal-kept.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import { checkArfModel } from './internal-check-model.ts';
import { drawColumn } from './internal-draw.ts';
import { pickKeptLeaves } from './internal-kept-leaves.ts';
import { joinLeaves, pickLeaves, runsOf } from './internal-leaves.ts';
import type { ArfModel } from './model-types.ts';

/**
 * Draws rows of a model made by {@link fitArf}: for each row a leaf in proportion to its training rows, and every cell from
 * a training row of that leaf, chosen anew for each column.
 *
 * Every cell takes its random words from a counter made of its row and column (Threefry4x32-20 keyed by seed and model),
 * so row i depends only on the model, the seed and i: any split into shards, in any order, gives the same rows.
 * Identifier columns hold placeholders that count rows from 1.
 *
 * Kept columns (`synthesize` at the fit) hold the cells of `kept`. The others are drawn from the mean of the trees'
 * distributions given these: a tree, each alike, then one of its leaves, weighted by the share of each kept cell in it as
 * {@link arfLogDensity} reads it (prior 60). A cell that training never showed counts as the nearest number or the pooled
 * level, or tells nothing.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param options - See {@link PartialSampleOptions}.
 * @returns A table with the source's columns, kinds and order.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION` (rows, offset, missing `kept`), `OUT_OF_RANGE`,
 * `LENGTH_MISMATCH`, `KIND_MISMATCH` or `UNKNOWN_COLUMN` (a `kept` table that does not fit), `BAD_TEXT`, `ABORTED`.
 * @example
 * const model = fitArf(fromColumns({ sex: ['F', 'M', 'F', 'M'], pay: [1, 2, 1, 2] }), { minLeaf: 1, rareLevelMin: 0 });
 * const whole = sampleArf(model, { rows: 6, seed: 'demo' });
 * const shard = sampleArf(model, { rows: 2, seed: 'demo', offset: 4 });
 * toRecords(shard); // => toRecords(sliceRows(whole, 4, 6))
 */
export function sampleArf(model: ArfModel, options: PartialSampleOptions): Table {
  checkArfModel(model);
  const offset = checkSampleOptions(options);
  const { rows, seed } = options;
  const draw = { key: deriveKey(seed, `arf/1/sample/${model.digest}`), offset, rows };
  const leaves = joinLeaves(model);
  const kept = keptColumns(model, options.kept, offset, rows);
  const picked =
    kept.size > 0
      ? pickKeptLeaves(model, draw, leaves, kept, options.signal)
      : // A leaf's weight is its number of rows, so its end is the running sum.
        pickLeaves(draw, model.columns.length, Float64Array.from(leaves.start.subarray(1)));
  const runs = runsOf(picked, leaves);
  const total = model.columns.length;
  const columns = model.columns.map((column, position) => {
    checkAbort(options.signal, 'sample');
    const drawn = kept.get(position) ?? drawColumn(draw, position, column, runs);
    options.onProgress?.({ stage: 'sample', done: position + 1, total });
    return drawn;
  });
  return { rowCount: rows, columns };
}
