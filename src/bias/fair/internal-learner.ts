import { SynthproofError } from '../../errors.ts';
import { encodeFeatures } from '../../learners/encode-features.ts';
import { fitBoostedTrees } from '../../learners/fit-boosted-trees.ts';
import { fitLogistic } from '../../learners/fit-logistic.ts';
import { predictBoostedTrees } from '../../learners/predict-boosted-trees.ts';
import { predictLogistic } from '../../learners/predict-logistic.ts';
import type { JobOptions, Table } from '../../types.ts';
import { OUTCOME_MISSING } from '../internal-encode.ts';

/** What a model of an outcome is learnt from. */
export interface OutcomeTask extends JobOptions {
  readonly train: Table;
  /** Table whose levels and scales the features have. */
  readonly reference: Table;
  /** 1, 0 or missing per training row. */
  readonly codes: Uint8Array;
  readonly features: readonly string[];
  readonly learner: 'boosted' | 'logistic';
  readonly seed: string;
}

/** Learns the outcome and gives its probability for any table. */
export function trainOutcome(task: OutcomeTask): (table: Table) => Float64Array {
  const { train, reference, codes, features, learner, seed, signal, onProgress } = task;
  if (learner !== 'boosted' && learner !== 'logistic')
    throw new SynthproofError('BAD_OPTION', `learner: expected 'boosted' or 'logistic', received ${String(learner)}`, {
      argument: 'learner',
    });
  const form = learner === 'boosted' ? 'ordinal' : 'one-hot';
  const encode = (table: Table): readonly Float64Array[] =>
    encodeFeatures(table, { reference, columns: features, form }).columns;
  const rows = Uint32Array.from(codes.keys()).filter((row) => codes[row] !== OUTCOME_MISSING);
  const columns = encode(train).map((values) => Float64Array.from(rows, (row) => values[row]!));
  const labels = Uint8Array.from(rows, (row) => codes[row]!);
  if (columns.length === 0) {
    // Without features every row has the share of positive labels.
    const share = labels.reduce((ones, y) => ones + y, 0) / labels.length;
    return (table) => new Float64Array(table.rowCount).fill(share);
  }
  if (learner === 'logistic') {
    const model = fitLogistic(columns, labels, { signal, onProgress });
    return (table) => predictLogistic(model, encode(table));
  }
  const model = fitBoostedTrees(columns, labels, { classes: 2, seed, signal, onProgress });
  return (table) => predictBoostedTrees(model, encode(table))[1]!;
}
