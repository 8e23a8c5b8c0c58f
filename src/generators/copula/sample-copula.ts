import { deriveKey } from '../../random/derive-key.ts';
import type { Column, Table } from '../../types.ts';
import type { PartialSampleOptions } from '../model-types.ts';
import { keptColumns } from '../shared/internal-kept.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import type { CopulaModel } from './copula-types.ts';
import { checkCopulaModel } from './internal-check-model.ts';
import { ConditionalDraw } from './internal-conditional.ts';
import { readKept } from './internal-conditions.ts';
import { fillNormals, quantileTable } from './internal-normals.ts';
import {
  BLOCK_ROWS,
  type CompiledCopula,
  compileModel,
  concentrations,
  factorOf,
  fillCells,
  finishColumns,
  makeDrawn,
} from './internal-sample.ts';

/**
 * Draws rows of a model made by {@link fitCopula}.
 *
 * Normals come from words addressed by row and latent variable (Threefry4x32-20 keyed by seed and model), so row i depends only on
 * the model, the seed and i: any split into shards, in any order, gives the same rows. Identifier columns hold placeholders
 * that count rows from 1. Kept columns (`synthesize` at the fit) hold the cells of `kept`, and the others are drawn from the
 * conditional distribution given these, as {@link sampleCopulaConditional} draws: a cell that training never showed
 * counts as the nearest number or the pooled level, or says nothing.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param options - See {@link PartialSampleOptions}.
 * @returns A table with the source's columns, kinds and order.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION` (rows, offset, missing `kept`), `OUT_OF_RANGE`,
 * `LENGTH_MISMATCH`, `KIND_MISMATCH` or `UNKNOWN_COLUMN` (a `kept` table that does not fit), `BAD_TEXT`, `ABORTED`.
 * @example
 * const model = fitCopula(fromColumns({ n: [1, 2, 3, 4] }), { minCell: 1 });
 * const whole = sampleCopula(model, { rows: 6, seed: 'demo' });
 * const shard = sampleCopula(model, { rows: 2, seed: 'demo', offset: 4 });
 * toRecords(shard); // => toRecords(sliceRows(whole, 4, 6))
 */
export function sampleCopula(model: CopulaModel, options: PartialSampleOptions): Table {
  checkCopulaModel(model);
  const offset = checkSampleOptions(options);
  const { rows, seed } = options;
  const kept = keptColumns(model, options.kept, offset, rows);
  const compiled = compileModel(model);
  const { latents } = compiled;
  const key = deriveKey(seed, `copula/1/sample/${model.digest}`);
  const fill = kept.size === 0 ? freely(compiled, key) : givenKept(compiled, key, kept, rows);
  const drawn = makeDrawn(model, rows);
  const z = new Float64Array(latents * Math.min(rows, BLOCK_ROWS));
  for (let at = 0; at < rows; at += BLOCK_ROWS) {
    const n = Math.min(BLOCK_ROWS, rows - at);
    checkAbort(options.signal, 'sample');
    fill(z, n, at, offset);
    fillCells(drawn, at, compiled, z, n);
    options.onProgress?.({ stage: 'sample', done: Math.min(rows, at + n), total: rows });
  }
  return { rowCount: rows, columns: finishColumns(model, drawn, rows, offset, kept) };
}

/** Fills the scores of rows `at` to `at + n - 1` of a sample that starts at row `offset`. */
type Fill = (z: Float64Array, n: number, at: number, offset: number) => void;

function freely({ model, latents }: CompiledCopula, key: Uint32Array): Fill {
  const lower = factorOf(model.correlation);
  const table = quantileTable();
  return (z, n, at, offset) => {
    fillNormals(z, latents, n, offset + at, key, table);
    correlate(z, lower, latents, n);
  };
}

function givenKept(compiled: CompiledCopula, key: Uint32Array, kept: ReadonlyMap<number, Column>, rows: number): Fill {
  const given = readKept(compiled, kept, rows);
  const { correlation } = compiled.model;
  const draw = new ConditionalDraw(given, correlation, key, quantileTable(), concentrations(compiled));
  return (z, n, at, offset) => {
    for (let i = 0; i < n; i++) draw.fillRow(z, n, i, at + i, offset + at + i);
  };
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
