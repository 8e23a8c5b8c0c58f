import { SynthproofError } from '../errors.ts';
import { encodeFeatures } from '../learners/encode-features.ts';
import { fitBoostedTrees } from '../learners/fit-boosted-trees.ts';
import { fitLogistic } from '../learners/fit-logistic.ts';
import { predictBoostedTrees } from '../learners/predict-boosted-trees.ts';
import { predictLogistic } from '../learners/predict-logistic.ts';
import { getColumn } from '../table/get-column.ts';
import { groupCodes } from '../table/group-codes.ts';
import { isMissing } from '../table/is-missing.ts';
import type { JobOptions, Table } from '../types.ts';
import type { QualityLearner } from './measure-detectability.ts';

/** One table as features and target. */
export interface UtilitySide {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  /** Rows without a usable target. */
  readonly leftOut: number;
}

/** What the three tables are turned into. */
export interface UtilityTask {
  readonly task: 'classification' | 'regression';
  readonly classes: readonly string[];
  readonly skipped: readonly string[];
  readonly side: (table: Table) => UtilitySide;
}

/** Fixes classes, levels and scales by the real training rows. */
export function utilityTask(
  train: Table,
  target: string,
  wanted: 'classification' | 'regression' | undefined,
  settings: { readonly skip: readonly string[]; readonly learner: QualityLearner },
): UtilityTask {
  const column = getColumn(train, target);
  const levels = column.kind === 'category' || column.kind === 'boolean' || column.kind === 'text';
  const task = wanted ?? (levels ? 'classification' : 'regression');
  if (task === 'regression' && levels)
    throw new SynthproofError(
      'KIND_MISMATCH',
      `target: regression needs a column of numbers, received "${target}" of kind ${column.kind}`,
      { argument: 'target', column: target },
    );
  for (const name of settings.skip) getColumn(train, name);
  const names = train.columns
    .map(({ name }) => name)
    .filter((name) => name !== target && !settings.skip.includes(name));
  const form = settings.learner === 'boosted' ? 'ordinal' : 'one-hot';
  const encode = (table: Table) => encodeFeatures(table, { reference: train, columns: names, form });
  const groups = task === 'classification' ? groupCodes(column) : null;
  const present = new Set<string>();
  if (groups) for (const code of groups.codes) if (code >= 0) present.add(groups.labels[code]!);
  const classes = [...present].sort();
  const side = (table: Table): UtilitySide => {
    const y = targetOf(table, target, classes, task);
    const rows = Uint32Array.from({ length: y.length }, (_, i) => i).filter((i) => !Number.isNaN(y[i]!));
    const columns = encode(table).columns.map((values) => Float64Array.from(rows, (row) => values[row]!));
    return { columns, target: Float64Array.from(rows, (row) => y[row]!), leftOut: y.length - rows.length };
  };
  return { task, classes, skipped: encode(train).skipped.map((entry) => entry.column), side };
}

/** Class or number per row; NaN where it cannot be used. */
function targetOf(table: Table, name: string, classes: readonly string[], task: string): Float64Array {
  const column = getColumn(table, name);
  if (task === 'classification') {
    const { codes, labels } = groupCodes(column);
    const map = labels.map((label) => classes.indexOf(label));
    return Float64Array.from(codes, (code) => (code < 0 || map[code]! < 0 ? Number.NaN : map[code]!));
  }
  if (column.kind === 'category' || column.kind === 'boolean' || column.kind === 'text')
    throw new SynthproofError('KIND_MISMATCH', `target: column "${name}" of kind ${column.kind} holds no numbers`, {
      argument: 'target',
      column: name,
    });
  return column.values.map((x, row) => (isMissing(column, row) || !Number.isFinite(x) ? Number.NaN : x));
}

/** Predictions for the hold-out by a model of some rows: class probabilities, or one array of numbers. */
export function trainAndPredict(
  side: UtilitySide,
  holdout: UtilitySide,
  plan: {
    readonly task: 'classification' | 'regression';
    readonly classes: number;
    readonly learner: QualityLearner;
    readonly seed: string;
  },
  job: JobOptions,
): readonly Float64Array[] | null {
  const { signal } = job;
  if (side.target.length === 0) return null;
  if (plan.learner === 'logistic') {
    const ones = predictLogistic(fitLogistic(side.columns, side.target, { signal }), holdout.columns);
    return [ones.map((p) => 1 - p), ones];
  }
  const shape = plan.task === 'regression' ? ({ task: 'regression' } as const) : { classes: plan.classes };
  return predictBoostedTrees(
    fitBoostedTrees(side.columns, side.target, { ...shape, seed: plan.seed, signal }),
    holdout.columns,
  );
}
