import { deriveKey } from '../../random/derive-key.ts';
import type { Cell, Column, JobOptions, SampleOptions, Table } from '../../types.ts';
import { refuseKept } from '../shared/internal-kept.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { valueColumn } from '../shared/internal-output.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import { checkArfModel } from './internal-check-model.ts';
import { type ArfDraw, drawColumn } from './internal-draw.ts';
import { admitted, type Evidence, impossible, readEvidence } from './internal-evidence.ts';
import { type ForestLeaves, joinLeaves, pickLeaves, runsOf } from './internal-leaves.ts';
import type { ArfColumn, ArfModel } from './model-types.ts';

/**
 * What a cell is asked to be: one value (null: missing; datetimes as epoch milliseconds), one of a list, or a number in a
 * closed range.
 */
export type ArfCondition =
  | Cell
  | {
      /** Values of which each row shows one. Numbers must occur in the training rows. */
      readonly oneOf: readonly Cell[];
    }
  | {
      /** Least number. Default: no bound. */
      readonly min?: number | undefined;
      /** Greatest number. Default: no bound. */
      readonly max?: number | undefined;
    };

/** Options of {@link sampleArfConditional}. */
export interface ArfConditionalOptions extends SampleOptions, JobOptions {
  /** Conditions by column name; all must hold in every row. */
  readonly given: Readonly<Record<string, ArfCondition>>;
}

/**
 * Draws rows that meet conditions on any columns, from the model's exact conditional distribution and without rejection:
 * each leaf is weighted by its training rows times, for every condition, the share of them that meets it; the
 * conditioned columns are then drawn from those rows, the others as in {@link sampleArf} (Watson et al. 2023,
 * "Adversarial random forests for density estimation and generative modeling", section 4).
 *
 * A single number asked of a column with more than 256 distinct ones is read as evidence for its bin of about a 256th of
 * the rows, and shown as asked. Smoothed draws of a conditioned range are held within it. Row i depends only on the
 * model, the seed, the conditions and i.
 *
 * @param model - A model of {@link fitArf} without kept columns, also one read back from JSON.
 * @param options - See {@link ArfConditionalOptions}.
 * @returns A table with the source's columns, kinds and order.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when no leaf holds rows that meet every condition; `UNKNOWN_COLUMN`,
 * `KIND_MISMATCH` (identifiers), `BAD_VALUE` (a condition of the wrong type), `BAD_MODEL`, `BAD_OPTION`, `BAD_TEXT`, `ABORTED`.
 * @example
 * const model = fitArf(fromColumns({ sex: ['F', 'M', 'F', 'M'], pay: [1, 2, 1, 2] }), { minLeaf: 1, rareLevelMin: 0 });
 * const drawn = sampleArfConditional(model, { rows: 3, seed: 'demo', given: { sex: 'F' } });
 * toRecords(drawn).map((row) => row.sex); // => ['F', 'F', 'F']
 */
export function sampleArfConditional(model: ArfModel, options: ArfConditionalOptions): Table {
  checkArfModel(model);
  refuseKept(model, 'sampleArf');
  const offset = checkSampleOptions(options);
  const { rows, seed, given } = options;
  const draw = { key: deriveKey(seed, `arf/1/conditional/${model.digest}`), offset, rows };
  const evidence = readEvidence(model, given);
  const leaves = joinLeaves(model);
  const meeting = evidence.map((one) => admitted(model.columns[one.position]!, one, leaves));
  const picked = pickLeaves(draw, model.columns.length, runningWeights(leaves, meeting));
  const total = model.columns.length;
  const columns = model.columns.map((column, position) => {
    checkAbort(options.signal, 'sample');
    const e = evidence.findIndex((one) => one.position === position);
    const drawn =
      e < 0
        ? drawColumn(draw, position, column, runsOf(picked, leaves))
        : drawGiven(draw, column, evidence[e]!, picked, meeting[e]!);
    options.onProgress?.({ stage: 'sample', done: position + 1, total });
    return drawn;
  });
  return { rowCount: rows, columns };
}

/** Running sums over the leaves of rows times the share of rows that meets each condition. */
function runningWeights(leaves: ForestLeaves, meeting: readonly ForestLeaves[]): Float64Array {
  const out = new Float64Array(leaves.start.length - 1);
  let running = 0;
  for (let leaf = 0; leaf < out.length; leaf++) {
    const size = leaves.start[leaf + 1]! - leaves.start[leaf]!;
    let weight = size;
    for (const { start } of meeting) weight *= (start[leaf + 1]! - start[leaf]!) / size;
    running += weight;
    out[leaf] = running;
  }
  if (!(running > 0))
    throw impossible('each condition is met by some training rows, but no leaf holds rows for all of them');
  return out;
}

function drawGiven(
  draw: ArfDraw,
  column: ArfColumn,
  evidence: Evidence,
  picked: Int32Array,
  meeting: ForestLeaves,
): Column {
  if (evidence.exact !== null) return valueColumn(column, new Float64Array(draw.rows).fill(evidence.exact), null);
  const shown = evidence.smooth ? column : { ...column, smooth: 0 };
  return drawColumn(draw, evidence.position, shown, runsOf(picked, meeting), evidence.bounds);
}
