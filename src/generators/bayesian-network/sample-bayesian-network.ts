import { deriveKey } from '../../random/derive-key.ts';
import type { Column, Table } from '../../types.ts';
import type { PartialSampleOptions } from '../model-types.ts';
import { keptColumns, readPredictor } from '../shared/internal-kept.ts';
import { drawStates } from '../shared/internal-network.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { constantColumn, identifierColumn, missingColumn, valueColumn } from '../shared/internal-output.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import { checkBayesianNetwork } from './internal-check-model.ts';
import type { BayesianColumnModel, BayesianNetworkModel } from './model-types.ts';

/** Options of {@link sampleBayesianNetwork}. */
export type BayesianNetworkSampleOptions = PartialSampleOptions;

/**
 * Draws rows of a model made by {@link fitBayesianNetwork}: parents before children, then a training value in each bin.
 *
 * Every cell takes its random words from a counter made of its row and column (Threefry4x32-20 keyed by seed and model),
 * so row i depends only on the model, the seed and i: any split into shards, in any order, gives the same rows.
 * Identifier columns hold placeholders that count rows from 1.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param options - See {@link BayesianNetworkSampleOptions}.
 * @returns A table with the source's columns, kinds and order.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION` (rows, offset, missing `kept`), `OUT_OF_RANGE`,
 * `LENGTH_MISMATCH`, `KIND_MISMATCH` or `UNKNOWN_COLUMN` (a `kept` table that does not fit), `BAD_TEXT`, `ABORTED`.
 * @example
 * const model = fitBayesianNetwork(fromColumns({ n: [1, 2, 2, 3] }), { minBin: 1 });
 * const whole = sampleBayesianNetwork(model, { rows: 6, seed: 'demo' });
 * const shard = sampleBayesianNetwork(model, { rows: 2, seed: 'demo', offset: 4 });
 * toRecords(shard); // => toRecords(sliceRows(whole, 4, 6))
 */
export function sampleBayesianNetwork(model: BayesianNetworkModel, options: BayesianNetworkSampleOptions): Table {
  checkBayesianNetwork(model);
  const { rows, seed } = options;
  const offset = checkSampleOptions(options);
  const { columns, order } = model;
  const draws = {
    key: deriveKey(seed, `${model.kind}/${model.version}/sample/${model.digest}`),
    offset,
    rows,
    states: columns.map((): Int32Array => new Int32Array(0)),
    sizes: columns.map((column) => column.states),
  };
  const out: Column[] = new Array(columns.length);
  for (const [position, real] of keptColumns(model, options.kept, offset, rows)) {
    out[position] = real;
    if (columns[position]!.states > 0) draws.states[position] = readStates(columns[position]!, real);
  }
  const spread = new Float64Array(rows);
  for (let step = 0; step < order.length; step++) {
    checkAbort(options.signal, 'sample');
    const position = order[step]!;
    const column = columns[position]!;
    if (column.tables.length > 0) draws.states[position] = drawStates(draws, position, column.tables, spread);
    out[position] = toColumn(column, draws.states[position]!, spread, offset, rows);
    options.onProgress?.({ stage: 'sample', done: step + 1, total: order.length });
  }
  return { rowCount: rows, columns: out };
}

function toColumn(
  column: BayesianColumnModel,
  states: Int32Array,
  spread: Float64Array,
  offset: number,
  rows: number,
): Column {
  if (column.role === 'constant') return constantColumn(column, rows);
  if (column.role === 'allMissing') return missingColumn(column, rows);
  const absent = column.missing ? Uint8Array.from(states, (state) => (state === column.states - 1 ? 1 : 0)) : null;
  if (column.role === 'identifier') return identifierColumn(column, rows, offset, absent);
  if (!isNumericKind(column.kind)) return valueColumn(column, Float64Array.from(states), absent);
  return valueColumn(column, donorValues(column, states, spread), absent);
}

/** A training value of each row's bin, in proportion to its training rows; NaN where missing. */
function donorValues(column: BayesianColumnModel, states: Int32Array, spread: Float64Array): Float64Array {
  const { values, counts, bins } = column;
  const lastBin = bins.length - 2;
  const first = new Int32Array(bins.length);
  let total = 0;
  for (const count of counts) total += count;
  const donors = new Float64Array(total);
  for (let b = 0, at = 0; b <= lastBin; b++) {
    first[b] = at;
    for (let v = bins[b]!; v < bins[b + 1]!; v++) {
      donors.fill(values[v]!, at, at + counts[v]!);
      at += counts[v]!;
    }
    first[b + 1] = at;
  }
  const out = new Float64Array(states.length);
  for (let i = 0; i < out.length; i++) {
    const bin = states[i]!;
    if (bin > lastBin) out[i] = Number.NaN;
    else out[i] = donors[first[bin]! + Math.floor(spread[i]! * (first[bin + 1]! - first[bin]!))]!;
  }
  return out;
}

/** States of a kept column's real cells; -1 for what training never showed. */
function readStates(column: BayesianColumnModel, real: Column): Int32Array {
  const read = readPredictor(column, real);
  if (!isNumericKind(column.kind)) return Int32Array.from(read);
  const lowest = column.values;
  const out = new Int32Array(read.length);
  for (let i = 0; i < out.length; i++) {
    const value = read[i]!;
    if (Number.isNaN(value)) {
      out[i] = lowest.length;
      continue;
    }
    // Below the first bin counts as the first.
    let low = 0;
    let high = lowest.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lowest[middle]! <= value) low = middle;
      else high = middle - 1;
    }
    out[i] = low;
  }
  return out;
}
