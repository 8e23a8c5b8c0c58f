import { deriveKey } from '../../random/derive-key.ts';
import type { Column, JobOptions, SampleOptions, Table } from '../../types.ts';
import { drawStates } from '../shared/internal-network.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { identifierColumn, roundLikeSource, valueColumn } from '../shared/internal-output.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import { checkDpTree } from './internal-check-model.ts';
import { stepOf } from './internal-domain.ts';
import type { DpColumnModel, DpTreeModel } from './model-types.ts';

/**
 * Draws rows of a model made by {@link fitDpTree}, root to leaves; numbers uniformly within their declared bin.
 *
 * The model is already private, so any number of rows and any seeds cost nothing more. Every cell takes its random words
 * from a counter made of its row and column (Threefry4x32-20 keyed by seed and model), so row i depends only on the model,
 * the seed and i: any split into shards, in any order, gives the same rows. Identifier columns hold text that counts rows.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param options - Rows, seed and offset; progress and abort.
 * @returns A table with the declared columns in the source's order.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION` (rows, offset), `OUT_OF_RANGE`, `BAD_TEXT`, `ABORTED`.
 * @example
 * const table = createTable([booleanColumn('member', [true, true, false])]);
 * const noise = unsafeSeededNoise('only a test');
 * const model = fitDpTree(table, { domain: [{ name: 'member', kind: 'boolean' }], epsilon: 1, delta: 1e-9, noise });
 * const whole = sampleDpTree(model, { rows: 6, seed: 'demo' });
 * toRecords(sampleDpTree(model, { rows: 2, seed: 'demo', offset: 4 })); // => toRecords(sliceRows(whole, 4, 6))
 */
export function sampleDpTree(model: DpTreeModel, options: SampleOptions & JobOptions): Table {
  checkDpTree(model);
  const { rows, seed } = options;
  const offset = checkSampleOptions(options);
  const { columns, order } = model;
  const draws = {
    key: deriveKey(seed, `${model.kind}/${model.version}/sample/${model.digest}`),
    offset,
    rows,
    states: columns.map((): Int32Array => new Int32Array(0)),
    sizes: columns.map((column) => column.size),
  };
  const out: Column[] = new Array(columns.length);
  const spread = new Float64Array(rows);
  for (let step = 0; step < order.length; step++) {
    checkAbort(options.signal, 'sample');
    const position = order[step]!;
    const column = columns[position]!;
    if (column.role === 'identifier') out[position] = identifierColumn(column, rows, offset, null);
    else {
      draws.states[position] = drawStates(draws, position, column.tables, spread);
      out[position] = toColumn(column, draws.states[position]!, spread);
    }
    options.onProgress?.({ stage: 'sample', done: step + 1, total: order.length });
  }
  return { rowCount: rows, columns: out };
}

/** Cells from groups: a declared state of the group, then for numbers a point of its bin. `spread` is used up for both. */
function toColumn(column: DpColumnModel, groups: Int32Array, spread: Float64Array): Column {
  const { start, member, running } = groupMembers(column);
  const last = column.missing ? column.groups.length - 1 : -1;
  const numeric = isNumericKind(column.kind);
  const absent = column.missing ? new Uint8Array(groups.length) : null;
  const values = new Float64Array(groups.length);
  for (let i = 0; i < values.length; i++) {
    const end = start[groups[i]! + 1]! - 1;
    let at = start[groups[i]!]!;
    let below = 0;
    const target = spread[i]! * running[end]!;
    while (at < end && running[at]! <= target) below = running[at++]!;
    const state = member[at]!;
    if (state === last) {
      absent![i] = 1;
      values[i] = Number.NaN;
      continue;
    }
    // What is left of the uniform number within the state is uniform again.
    const rest = Math.min((target - below) / (running[at]! - below), BELOW_ONE);
    values[i] = numeric ? pointOf(column, state, rest) : state;
  }
  return valueColumn(column, values, absent);
}

/** The largest double below 1. */
const BELOW_ONE = 0.9999999999999999;

/** States by group, with the running sum of their weights within it. */
function groupMembers(column: DpColumnModel): { start: number[]; member: number[]; running: number[] } {
  const start = [0];
  const member: number[] = [];
  const running: number[] = [];
  for (let group = 0; group < column.size; group++) {
    let sum = 0;
    for (let state = 0; state < column.groups.length; state++) {
      if (column.groups[state] !== group || column.weights[state] === 0) continue;
      sum += column.weights[state]!;
      member.push(state);
      running.push(sum);
    }
    start.push(member.length);
  }
  return { start, member, running };
}

function pointOf(column: DpColumnModel, bin: number, u: number): number {
  const low = column.edges[bin]!;
  const high = column.edges[bin + 1]!;
  if (column.kind === 'number') return Math.min(high, Math.max(low, roundLikeSource(column, low + u * (high - low))));
  const step = stepOf(column.unit);
  return low + step * Math.floor((u * (high - low)) / step);
}
