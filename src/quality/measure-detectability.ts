import { SynthproofError } from '../errors.ts';
import { encodeFeatures } from '../learners/encode-features.ts';
import type { FeatureMatrix } from '../learners/feature-matrix.ts';
import { fitBoostedTrees } from '../learners/fit-boosted-trees.ts';
import { fitLogistic } from '../learners/fit-logistic.ts';
import { predictBoostedTrees } from '../learners/predict-boosted-trees.ts';
import { predictLogistic } from '../learners/predict-logistic.ts';
import { rocAuc } from '../learners/roc-auc.ts';
import { type RocCurve, rocCurve } from '../learners/roc-curve.ts';
import { stratifiedFolds } from '../learners/stratified-folds.ts';
import { normalUpperTail } from '../math/normal-upper-tail.ts';
import { mannWhitneyU } from '../stats/mann-whitney-u.ts';
import type { JobOptions, Table } from '../types.ts';
import { checkedCount } from './internal-measure.ts';
import {
  matchTables,
  scoreBase,
  stackTables,
  subsample,
  twoSampleFloor,
  twoSampleSettings,
  twoSampleStep,
} from './internal-two-sample.ts';
import type { TwoSampleOptions, TwoSampleScore } from './two-sample-score.ts';

/** The two learners of the library: gradient-boosted trees, or logistic regression on one-hot features. */
export type QualityLearner = 'boosted' | 'logistic';

/** Options of {@link measureDetectability}. `rows` defaults to all of the smaller table, `noiseFloor.repeats` to 1. */
export interface DetectabilityOptions extends TwoSampleOptions {
  /** Learners to try, each with a score of its own. Default both, boosted trees first. */
  readonly learners?: readonly QualityLearner[] | undefined;
  /** Folds of the cross-validation, 2 to 20. Default 3. */
  readonly folds?: number | undefined;
}

/** How well one learner tells the tables apart. */
export interface DetectabilityScore extends TwoSampleScore {
  /** The learner. */
  readonly learner: QualityLearner;
  /** AUC within each fold, by a model that has not seen the fold. */
  readonly foldValues: readonly number[];
  /** Normal deviate of the test that the learner cannot tell the tables apart; null when no score differs. */
  readonly z: number | null;
  /** Points of the ROC curve of the out-of-fold scores, for a picture. */
  readonly roc: RocCurve;
}

/** Result of {@link measureDetectability}: plain JSON-safe data. */
export interface DetectabilityResult {
  /** Form of this result and definition of its figures. */
  readonly version: 'detectability/1';
  /** Rows of either table that were used. */
  readonly rowsPerSide: number;
  /** Folds of the cross-validation. */
  readonly folds: number;
  /** Seed of subsample, folds and splits. */
  readonly seed: string;
  /** One score per learner, in the order asked for. */
  readonly scores: readonly DetectabilityScore[];
}

/** Fewer rows a side than this per fold teach a learner nothing. */
const LEAST_ROWS_PER_FOLD = 10;

/**
 * Classifier two-sample test: can a learner tell synthetic rows from real ones?
 *
 * The value is the AUC of out-of-fold scores at equal sizes: 0.5 = cannot be told apart, 1 = always; smaller is better.
 * Below 0.5 says no more than 0.5, or that rows were copied. Give real rows that the generator has not seen where you
 * have them. Unlike scores of one and two columns it sees every relation that the learner can use.
 *
 * The interval is DeLong's with its variance doubled: each pair of folds serves twice, once either way, which at an AUC
 * of 0.5 makes the folds' errors move together. The p-value does without that dependence: fold j is tested by a model of
 * folds 1 to j - 1 only, so the folds' Mann-Whitney deviates are independent under the null; they are added
 * (one-sided: AUC above 0.5). Source: Lopez-Paz and Oquab 2017.
 *
 * @param real - Real table, best a hold-out.
 * @param synthetic - Synthetic table.
 * @param options - See {@link DetectabilityOptions}.
 * @returns See {@link DetectabilityResult}; a score's reasons are `TOO_FEW_ROWS` (under 10 rows a side and fold) and `NO_FEATURES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH`, `UNKNOWN_COLUMN`, `LENGTH_MISMATCH`, `DUPLICATE_COLUMN`, `BAD_OPTION`,
 * `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const real = createTable([numberColumn('x', Array.from({ length: 100 }, (_, i) => i % 10))]);
 * const moved = createTable([numberColumn('x', Array.from({ length: 100 }, (_, i) => (i % 10) + 50))]);
 * const result = measureDetectability(real, moved, { seed: 'demo', learners: ['logistic'] });
 * result.scores[0].value; // => 1
 * result.rowsPerSide; // => 100
 */
export function measureDetectability(
  real: Table,
  synthetic: Table,
  options: DetectabilityOptions,
): DetectabilityResult {
  const settings = twoSampleSettings(options, { rows: Infinity, repeats: 1 });
  const folds = checkedCount(options.folds, 3, [2, 20], 'folds');
  const learners = checkedLearners(options.learners);
  const matched = matchTables(real, synthetic, options.skip);
  const side = Math.min(real.rowCount, synthetic.rowCount, settings.rows);
  const tables = {
    real: subsample(matched.real, side, settings.seed, 'detectability/real'),
    synthetic: subsample(matched.synthetic, side, settings.seed, 'detectability/synthetic'),
    skipped: matched.skipped,
  };
  const steps = learners.length * (1 + 2 * settings.repeats);
  let done = 0;
  const step = (): void => twoSampleStep(options, 'measureDetectability', done++, steps);
  const job: JobOptions = { signal: options.signal };
  const scores = learners.map((learner): DetectabilityScore => {
    step();
    const base = { ...scoreBase('detectabilityAuc', [0, 1], tables), learner };
    const empty = { ...base, value: null, foldValues: [], z: null, roc: rocCurve([], []), noise: null };
    if (side < LEAST_ROWS_PER_FOLD * folds) return { ...empty, reason: 'TOO_FEW_ROWS' };
    const stacked = stackTables(tables.real, tables.synthetic);
    const features = featuresFor(learner, stacked.table);
    if (features.columns.length === 0) return { ...empty, reason: 'NO_FEATURES' };
    const fold = stratifiedFolds(stacked.labels, { folds, seed: settings.seed });
    const scored = crossValidate(learner, features, stacked.labels, fold, folds, settings.seed, job);
    const auc = rocAuc(stacked.labels, scored, { level: settings.level, varianceFactor: 2 });
    const { z, foldValues } = progressiveTest(
      learner,
      features,
      stacked.labels,
      fold,
      folds,
      scored,
      settings.seed,
      job,
    );
    const noise = twoSampleFloor(matched.real, matched.synthetic, settings, (a, b) => {
      step();
      if (a.rowCount < LEAST_ROWS_PER_FOLD * folds) return null;
      const pair = stackTables(a, b);
      const x = featuresFor(learner, pair.table);
      if (x.columns.length === 0) return null;
      const which = stratifiedFolds(pair.labels, { folds, seed: settings.seed });
      return rocAuc(pair.labels, crossValidate(learner, x, pair.labels, which, folds, settings.seed, job)).value;
    });
    return {
      ...base,
      value: auc.value,
      interval: auc.interval,
      pValue: z === null ? 1 : normalUpperTail(z),
      foldValues,
      z,
      roc: rocCurve(stacked.labels, scored),
      noise,
    };
  });
  twoSampleStep(options, 'measureDetectability', steps, steps);
  return { version: 'detectability/1', rowsPerSide: side, folds, seed: settings.seed, scores };
}

function checkedLearners(learners: readonly QualityLearner[] = ['boosted', 'logistic']): readonly QualityLearner[] {
  for (const learner of learners)
    if (learner !== 'boosted' && learner !== 'logistic')
      throw new SynthproofError(
        'BAD_OPTION',
        `learners: expected 'boosted' or 'logistic', received ${String(learner)}`,
        {
          argument: 'learners',
        },
      );
  return learners;
}

/** Levels and scales of both tables together: they carry no label. */
function featuresFor(learner: QualityLearner, table: Table): FeatureMatrix {
  return encodeFeatures(table, { form: learner === 'boosted' ? 'ordinal' : 'one-hot' });
}

/** Scores of the rows in `test` by a model of the rows in `train`. */
function scoresOf(
  learner: QualityLearner,
  features: FeatureMatrix,
  labels: Uint8Array,
  train: Uint32Array,
  test: Uint32Array,
  seed: string,
  job: JobOptions,
): Float64Array {
  const take = (rows: Uint32Array): Float64Array[] =>
    features.columns.map((values) => Float64Array.from(rows, (row) => values[row]!));
  const y = Uint8Array.from(train, (row) => labels[row]!);
  if (learner === 'logistic') return predictLogistic(fitLogistic(take(train), y, job), take(test));
  return predictBoostedTrees(fitBoostedTrees(take(train), y, { ...job, seed }), take(test))[1]!;
}

function rowsWhere(fold: Int32Array, wanted: (fold: number) => boolean): Uint32Array {
  const rows: number[] = [];
  for (let i = 0; i < fold.length; i++) if (wanted(fold[i]!)) rows.push(i);
  return Uint32Array.from(rows);
}

function crossValidate(
  learner: QualityLearner,
  features: FeatureMatrix,
  labels: Uint8Array,
  fold: Int32Array,
  folds: number,
  seed: string,
  job: JobOptions,
): Float64Array {
  const out = new Float64Array(labels.length);
  for (let k = 0; k < folds; k++) {
    const test = rowsWhere(fold, (f) => f === k);
    const train = rowsWhere(fold, (f) => f !== k);
    const scores = scoresOf(learner, features, labels, train, test, seed, job);
    for (let i = 0; i < test.length; i++) out[test[i]!] = scores[i]!;
  }
  return out;
}

/** Tests each fold but the first by a model of the folds before it; the last one's scores are those of the cross-validation. */
function progressiveTest(
  learner: QualityLearner,
  features: FeatureMatrix,
  labels: Uint8Array,
  fold: Int32Array,
  folds: number,
  scored: Float64Array,
  seed: string,
  job: JobOptions,
): { readonly z: number | null; readonly foldValues: readonly number[] } {
  const compare = (test: Uint32Array, scores: Float64Array): { readonly auc: number; readonly z: number | null } => {
    const of = (label: number): Float64Array => scores.filter((_, i) => labels[test[i]!] === label);
    return mannWhitneyU(of(1), of(0), { continuity: false });
  };
  const foldValues: number[] = [];
  let total = 0;
  let someDiffer = false;
  for (let k = 0; k < folds; k++) {
    const test = rowsWhere(fold, (f) => f === k);
    const own = Float64Array.from(test, (row) => scored[row]!);
    foldValues.push(compare(test, own).auc);
    if (k === 0) continue;
    const train = rowsWhere(fold, (f) => f < k);
    const scores = k === folds - 1 ? own : scoresOf(learner, features, labels, train, test, seed, job);
    const { z } = compare(test, scores);
    if (z !== null) someDiffer = true;
    total += z ?? 0;
  }
  return { z: someDiffer ? total / Math.sqrt(folds - 1) : null, foldValues };
}
