import { SynthproofError } from '../../errors.ts';
import { deriveKey } from '../../random/derive-key.ts';
import { concatRows } from '../../table/concat-rows.ts';
import type { Cell, Column, JobOptions, SampleOptions, Table } from '../../types.ts';
import type { CartModel } from '../model-types.ts';
import { refuseKept } from '../shared/internal-kept.ts';
import { checkAbort, checkWhole } from '../shared/internal-options.ts';
import { valueColumn } from '../shared/internal-output.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { cellWords, checkSampleOptions, fraction } from '../shared/internal-uniform.ts';
import { checkModel } from './internal-check-model.ts';
import { absentRows, applyCondition, type Condition, readCondition, weighCondition } from './internal-condition.ts';
import { type CompiledColumn, compileColumn, type DrawContext } from './internal-draw.ts';
import { drawColumn } from './internal-sample.ts';

/** Options of {@link sampleCartConditional}. */
export interface CartConditionalOptions extends SampleOptions, JobOptions {
  /** The cells that every row has, by column name: null for missing, epoch milliseconds for datetimes. */
  readonly given: Readonly<Record<string, Cell>>;
  /** Candidates per row, when the given columns do not stand first in the model's order. Default 64. */
  readonly candidates?: number | undefined;
}

/** Result of {@link sampleCartConditional}. */
export interface CartConditionalSample {
  /** The rows. */
  readonly table: Table;
  /** True when the given columns stand first in the model's order: then the draws are exact. */
  readonly exact: boolean;
  /** Candidates per row; 1 when exact. */
  readonly candidates: number;
  /**
   * Probability of the given cells under the model, an estimate unless exact: the share of rows that would have them. 0
   * when exact draws extrapolate to cells that never stood together in a leaf; null without rows.
   */
  readonly probability: number | null;
  /** Effective number of candidates per row, (sum w)^2 / sum w^2, 1 to `candidates`: near 1 means a rough approximation. Null when exact, or without rows. */
  readonly effectiveSampleSize: {
    /** Mean over the rows. */
    readonly mean: number;
    /** Least of the rows. */
    readonly least: number;
  } | null;
}

/** Candidates drawn at once: bounds the memory. */
const BATCH = 65_536;

/**
 * Draws rows that have given cells in some columns, all others drawn from the model given these.
 *
 * Where the given columns stand first in the model's order (fit with `visitOrder` naming them) the draws are exact.
 * Otherwise each row is chosen from candidates, drawn with the given cells put in, with weights that are the probability
 * of the given cells in their leaves (likelihood weighting, then sampling-importance-resampling; Rubin 1988); the
 * effective sample size says how good that is. For a smoothed column the weight is that of the training values within the smoothing window.
 * Row i depends only on the model, the seed, the given cells and i: shards agree.
 *
 * @param model - A model of {@link fitCart} without kept columns, also one read back from JSON.
 * @param options - See {@link CartConditionalOptions}.
 * @returns Exactly `rows` rows, and how they were drawn.
 * @throws {@link SynthproofError} `CONSTRAINT_UNMET` when no candidate of a row can have the given cells (never a short
 * table); `BAD_VALUE` for a cell that the model never shows; `BAD_OPTION`, `UNKNOWN_COLUMN`, `BAD_MODEL`,
 * `OUT_OF_RANGE`, `BAD_TEXT`, `ABORTED`.
 * @example
 * const table = fromColumns({ sex: ['F', 'M', 'F', 'M'], pay: [1, 2, 1, 2] });
 * const model = fitCart(table, { minLeaf: 1, rareLevelMin: 0 });
 * const { table: drawn, exact } = sampleCartConditional(model, { rows: 2, seed: 'demo', given: { sex: 'M' } });
 * [exact, toRecords(drawn)]; // => [true, [{ sex: 'M', pay: 2 }, { sex: 'M', pay: 2 }]]
 */
export function sampleCartConditional(model: CartModel, options: CartConditionalOptions): CartConditionalSample {
  checkModel(model, 'cart');
  const { rows, seed, given, candidates = 64 } = options;
  const offset = checkSampleOptions(options);
  checkWhole('candidates', candidates, 2);
  const compiled = model.columns.map(compileColumn);
  const conditions = readGiven(model, given, compiled);
  const drawn = model.order.filter((position) => model.columns[position]!.role === 'modelled');
  const last = drawn.reduce((at, position, step) => (conditions.has(position) ? step : at), -1);
  const exact = last + 1 === conditions.size;
  const plan: Plan = {
    model,
    compiled,
    conditions,
    weighed: exact ? [] : drawn.slice(0, last + 1),
    candidates: exact ? 1 : candidates,
    key: deriveKey(seed, `cart/1/conditional/${model.digest}`),
  };
  if (!Number.isSafeInteger((offset + rows) * plan.candidates))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `offset: numbers of candidates would pass 2^53 at row ${offset + rows}; use smaller row numbers`,
      { argument: 'offset' },
    );
  const batch = Math.max(1, Math.floor(BATCH / plan.candidates));
  const parts: Table[] = [];
  const sizes: Sizes = { sum: 0, least: Infinity, weight: 0 };
  for (let start = 0; start < rows || start === 0; start += batch) {
    checkAbort(options.signal, 'sample');
    parts.push(drawBatch(plan, offset + start, Math.min(batch, rows - start), sizes));
    options.onProgress?.({ stage: 'sample', done: Math.min(rows, start + batch), total: rows });
  }
  const effectiveSampleSize = exact || rows === 0 ? null : { mean: sizes.sum / rows, least: sizes.least };
  const probability = rows === 0 ? null : exact ? exactProbability(plan) : sizes.weight / (rows * candidates);
  return { table: concatRows(parts), exact, candidates: plan.candidates, probability, effectiveSampleSize };
}

/** What is summed over rows. */
interface Sizes {
  /** Effective sample sizes. */
  sum: number;
  /** The least of them. */
  least: number;
  /** Weights of all candidates. */
  weight: number;
}

interface Plan {
  readonly model: CartModel;
  readonly compiled: readonly CompiledColumn[];
  /** By position of the column. */
  readonly conditions: ReadonlyMap<number, Condition>;
  /** Columns up to the last given one, in order; none when the draws are exact. */
  readonly weighed: readonly number[];
  readonly candidates: number;
  readonly key: Uint32Array;
}

function readGiven(
  model: CartModel,
  given: Readonly<Record<string, Cell>>,
  compiled: readonly CompiledColumn[],
): Map<number, Condition> {
  const found = new Map<number, Condition>();
  for (const [name, cell] of Object.entries(given)) {
    const position = model.columns.findIndex((column) => column.name === name);
    if (position < 0)
      throw new SynthproofError(
        'UNKNOWN_COLUMN',
        `given: no column "${name}" in the model; the columns are ${model.columns.map((column) => `"${column.name}"`).join(', ')}`,
        { argument: 'given', column: name },
      );
    found.set(position, readCondition(model.columns[position]!, position, cell, compiled[position]!));
  }
  refuseKept(model, 'sampleCart');
  if (found.size === 0)
    throw new SynthproofError('BAD_OPTION', 'given: expected at least one column, received none; use sampleCart', {
      argument: 'given',
    });
  return found;
}

function contextOf({ model, key }: Plan, offset: number, rows: number): DrawContext {
  return {
    key,
    offset,
    rows,
    numbers: null,
    predictors: model.columns.map(() => new Float64Array(0)),
    numeric: Uint8Array.from(model.columns, (column) => (isNumericKind(column.kind) ? 1 : 0)),
    maxReuse: Infinity,
  };
}

/** Given columns that stand first depend on each other only: one walk tells their probability. */
function exactProbability(plan: Plan): number {
  const context = contextOf(plan, 0, 1);
  const weight = Float64Array.of(1);
  for (const position of plan.model.order) {
    const condition = plan.conditions.get(position);
    if (!condition) continue;
    weighCondition(context, condition, plan.compiled[position]!, weight);
    applyCondition(context, condition);
  }
  return weight[0]!;
}

function drawBatch(plan: Plan, offset: number, rows: number, sizes: Sizes): Table {
  const { model, compiled, conditions, weighed, candidates } = plan;
  const context = contextOf(plan, offset, rows);
  const out: Column[] = new Array(model.columns.length);
  if (weighed.length > 0) {
    const many: DrawContext = {
      ...context,
      rows: rows * candidates,
      numbers: Float64Array.from({ length: rows * candidates }, (_, i) => offset * candidates + i),
      predictors: [...context.predictors],
    };
    const weights = new Float64Array(rows * candidates).fill(1);
    for (const position of weighed) {
      const condition = conditions.get(position);
      if (condition) {
        weighCondition(many, condition, compiled[position]!, weights);
        applyCondition(many, condition);
      } else drawColumn(many, position, compiled[position]!);
    }
    const chosen = choose(weights, plan, offset, rows, sizes);
    for (const position of weighed) {
      const from = many.predictors[position]!;
      const predictor = Float64Array.from(chosen, (at) => from[at]!);
      context.predictors[position] = predictor;
      const column = model.columns[position]!;
      out[position] = valueColumn(column, predictor, absentRows(column, predictor));
    }
  }
  for (const position of model.order) {
    if (out[position]) continue;
    const condition = conditions.get(position);
    const column = model.columns[position]!;
    out[position] = condition
      ? valueColumn(column, new Float64Array(rows).fill(condition.value), applyCondition(context, condition))
      : drawColumn(context, position, compiled[position]!);
  }
  return { rowCount: rows, columns: out };
}

/** One candidate of each row, with probability proportional to its weight. */
function choose(
  weights: Float64Array,
  { candidates, key, model }: Plan,
  offset: number,
  rows: number,
  sizes: Sizes,
): Float64Array {
  const words = new Uint32Array(4);
  const chosen = new Float64Array(rows);
  let without = 0;
  for (let i = 0; i < rows; i++) {
    const start = i * candidates;
    let total = 0;
    let squares = 0;
    for (let c = start; c < start + candidates; c++) {
      total += weights[c]!;
      squares += weights[c]! * weights[c]!;
    }
    if (!(total > 0)) {
      without++;
      continue;
    }
    // No column has this position, so the choice shares no words with a cell.
    cellWords(key, 0, model.columns.length, offset + i, words);
    let left = fraction(words[0]!, words[1]!) * total;
    let at = start;
    for (let c = start; c < start + candidates; c++) {
      if (weights[c] === 0) continue;
      at = c;
      left -= weights[c]!;
      if (left < 0) break;
    }
    chosen[i] = at;
    sizes.weight += total;
    const size = (total * total) / squares;
    sizes.sum += size;
    sizes.least = Math.min(sizes.least, size);
  }
  if (without > 0)
    throw new SynthproofError(
      'CONSTRAINT_UNMET',
      `given: none of ${candidates} candidates can have the given cells in ${without} of ${rows} rows; raise candidates, or fit with the given columns first in visitOrder`,
      { argument: 'given' },
    );
  return chosen;
}
