import { deriveKey } from '../../random/derive-key.ts';
import type { JobOptions, SampleOptions, Table } from '../../types.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import type { CopulaModel } from './copula-types.ts';
import { checkCopulaModel } from './internal-check-model.ts';
import { fillNormals, quantileTable } from './internal-normals.ts';
import { BLOCK_ROWS, compileModel, factorOf, fillCells, finishColumns, makeDrawn } from './internal-sample.ts';

/**
 * Draws rows of a model made by {@link fitCopula}.
 *
 * Normals come from words addressed by row and latent variable (Threefry4x32-20 keyed by seed and model), so row i depends only on
 * the model, the seed and i: any split into shards, in any order, gives the same rows. Identifier columns hold placeholders
 * that count rows from 1.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param options - Rows, seed, offset; progress and abort signal.
 * @returns A table with the source's columns, kinds and order.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION` (rows, offset), `OUT_OF_RANGE`, `BAD_TEXT`, `ABORTED`.
 * @example
 * const model = fitCopula(fromColumns({ n: [1, 2, 3, 4] }), { minCell: 1 });
 * const whole = sampleCopula(model, { rows: 6, seed: 'demo' });
 * const shard = sampleCopula(model, { rows: 2, seed: 'demo', offset: 4 });
 * toRecords(shard); // => toRecords(sliceRows(whole, 4, 6))
 */
export function sampleCopula(model: CopulaModel, options: SampleOptions & JobOptions): Table {
  checkCopulaModel(model);
  const offset = checkSampleOptions(options);
  const { rows, seed } = options;
  const compiled = compileModel(model);
  const { latents } = compiled;
  const lower = factorOf(model.correlation);
  const key = deriveKey(seed, `copula/1/sample/${model.digest}`);
  const table = quantileTable();
  const drawn = makeDrawn(model, rows);
  const z = new Float64Array(latents * Math.min(rows, BLOCK_ROWS));
  for (let at = 0; at < rows; at += BLOCK_ROWS) {
    const n = Math.min(BLOCK_ROWS, rows - at);
    checkAbort(options.signal, 'sample');
    fillNormals(z, latents, n, offset + at, key, table);
    correlate(z, lower, latents, n);
    fillCells(drawn, at, compiled, z, n);
    options.onProgress?.({ stage: 'sample', done: Math.min(rows, at + n), total: rows });
  }
  return { rowCount: rows, columns: finishColumns(model, drawn, rows, offset) };
}

/** z = L e in place, last latent first: each needs only those before it. */
function correlate(z: Float64Array, lower: Float64Array, latents: number, n: number): void {
  for (let j = latents - 1; j >= 0; j--) {
    const own = lower[j * latents + j]!;
    const at = j * n;
    for (let i = 0; i < n; i++) z[at + i]! *= own;
    for (let k = 0; k < j; k++) {
      const weight = lower[j * latents + k]!;
      const from = k * n;
      for (let i = 0; i < n; i++) z[at + i]! += weight * z[from + i]!;
    }
  }
}
