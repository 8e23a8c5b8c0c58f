import { deriveKey } from '../../random/derive-key.ts';
import type { Column, Table } from '../../types.ts';
import type { PartialSampleOptions } from '../model-types.ts';
import { keptColumns, readPredictor } from '../shared/internal-kept.ts';
import { drawStates } from '../shared/internal-network.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { identifierColumn, roundLikeSource, valueColumn } from '../shared/internal-output.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import { drawGiven } from './internal-belief.ts';
import { checkDpTree } from './internal-check-model.ts';
import { binOf, stepOf } from './internal-domain.ts';
import type { DpColumnModel, DpTreeModel } from './model-types.ts';

/**
 * Draws rows of a model made by {@link fitDpTree}, root to leaves; numbers uniformly within their declared bin.
 *
 * The model is already private, so any number of rows and any seeds cost nothing more. Every cell takes its random words
 * from a counter made of its row and column (Threefry4x32-20 keyed by seed and model), so row i depends only on the model,
 * the seed and i: any split into shards, in any order, gives the same rows. Identifier columns hold text that counts rows.
 *
 * Kept columns (`synthesize` at the fit) hold the cells of `kept`, and the others are drawn exactly given these. Kept cells are
 * real: no bound covers them, and a drawn cell tells of its own row what model and kept cells together tell.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param options - See {@link PartialSampleOptions}.
 * @returns A table with the declared columns in the source's order.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION` (rows, offset, missing `kept`), `OUT_OF_RANGE`,
 * `LENGTH_MISMATCH`, `KIND_MISMATCH` or `UNKNOWN_COLUMN` (a `kept` table that does not fit), `BAD_TEXT`, `ABORTED`.
 * @example
 * const table = createTable([booleanColumn('member', [true, true, false])]);
 * const noise = unsafeSeededNoise('only a test');
 * const model = fitDpTree(table, { domain: [{ name: 'member', kind: 'boolean' }], epsilon: 1, delta: 1e-9, noise });
 * const whole = sampleDpTree(model, { rows: 6, seed: 'demo' });
 * toRecords(sampleDpTree(model, { rows: 2, seed: 'demo', offset: 4 })); // => toRecords(sliceRows(whole, 4, 6))
 */
export function sampleDpTree(model: DpTreeModel, options: PartialSampleOptions): Table {
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
  const kept = keptColumns(model, options.kept, offset, rows);
  const known = new Map<number, Int32Array>();
  for (const [position, real] of kept) {
    out[position] = real;
    if (columns[position]!.size > 0) known.set(position, readGroups(columns[position]!, real));
  }
  const together = known.size > 0;
  const spread = columns.map((_, position) => new Float64Array(together || position === 0 ? rows : 0));
  if (together) {
    checkAbort(options.signal, 'sample');
    for (let c = 0; c < columns.length; c++) draws.states[c] = known.get(c) ?? new Int32Array(rows);
    drawGiven(draws, columns, order, known, spread);
  }
  for (let step = 0; step < order.length; step++) {
    checkAbort(options.signal, 'sample');
    const position = order[step]!;
    const column = columns[position]!;
    if (column.role === 'identifier') out[position] = identifierColumn(column, rows, offset, null);
    else if (column.role !== 'kept') {
      const own = spread[together ? position : 0]!;
      if (!together) draws.states[position] = drawStates(draws, position, column.tables, own);
      out[position] = toColumn(column, draws.states[position]!, own);
    }
    options.onProgress?.({ stage: 'sample', done: step + 1, total: order.length });
  }
  return { rowCount: rows, columns: out };
}

/** Groups of a kept column's real cells, read as the fit reads them; -1 for a missing cell where none was declared. */
function readGroups(column: DpColumnModel, real: Column): Int32Array {
  const numeric = isNumericKind(column.kind);
  const absent = column.missing ? column.groups[column.groups.length - 1]! : -1;
  const missing = column.kind === 'boolean' ? 2 : column.labels.length;
  return Int32Array.from(readPredictor(column, real), (value) => {
    if (numeric ? Number.isNaN(value) : value === missing) return absent;
    return column.groups[numeric ? binOf(column.edges, value) : value] ?? -1;
  });
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
