import { SynthproofError } from '../errors.ts';
import { encodeFeatures } from '../learners/encode-features.ts';
import { fitBoostedTrees } from '../learners/fit-boosted-trees.ts';
import { fitLogistic } from '../learners/fit-logistic.ts';
import { predictBoostedTrees } from '../learners/predict-boosted-trees.ts';
import { predictLogistic } from '../learners/predict-logistic.ts';
import { chiSquareUpperTail } from '../math/chi-square-upper-tail.ts';
import { normalQuantile } from '../math/normal-quantile.ts';
import { createRng } from '../random/create-rng.ts';
import { fillShuffled } from '../random/fill-shuffled.ts';
import { permutationPValue } from '../stats/permutation-p-value.ts';
import type { Interval, Table } from '../types.ts';
import { checkedCount } from './internal-measure.ts';
import {
  matchTables,
  meanOrNull,
  scoreBase,
  stackTables,
  subsample,
  twoSampleFloor,
  twoSampleSettings,
  twoSampleStep,
} from './internal-two-sample.ts';
import type { QualityLearner } from './measure-detectability.ts';
import type { TwoSampleOptions, TwoSampleScore } from './two-sample-score.ts';

/**
 * Options of {@link pmse}. `rows` defaults to all rows for logistic regression and to 2,000 of either table for boosted
 * trees, `noiseFloor.repeats` to 3 and 1.
 */
export interface PmseOptions extends TwoSampleOptions {
  /** Model of the propensities. Default `logistic`: main effects, no penalty. */
  readonly learner?: QualityLearner | undefined;
  /**
   * What the real rows are to the generator: `training` (default; it was fitted on them, so only the synthetic rows are a
   * new sample) or `holdout` (both are independent samples, which makes the expected null 1 / (1 - c) times as large).
   */
  readonly realRows?: 'training' | 'holdout' | undefined;
  /** `boosted`: rearrangements of the labels behind the null, 2 to 10,000. Default 10. */
  readonly permutations?: number | undefined;
}

/** Result of {@link pmse}. */
export interface PmseScore extends TwoSampleScore {
  /** The model of the propensities. */
  readonly learner: QualityLearner;
  /** Share of synthetic rows, 0 to 1; null without rows. */
  readonly syntheticShare: number | null;
  /** `logistic`: independent parameters, the intercept among them (k); null for boosted trees. */
  readonly parameters: number | null;
  /** How expected value and deviation under the null were found. */
  readonly nullMethod: 'analytic' | 'permutation';
  /** Expected pMSE when the synthetic rows come from the same distribution; null when it cannot be computed. */
  readonly expectedNull: number | null;
  /** Its standard deviation. */
  readonly nullDeviation: number | null;
  /** pMSE over its expected null (S_pMSE): 1 = as alike as can be expected, larger = worse. */
  readonly ratio: number | null;
}

/**
 * Propensity mean squared error: how far a model's estimated chances of being synthetic stray from the share of
 * synthetic rows.
 *
 * Mean over all N rows of (p - c)^2; 0 = nothing learned, at most c (1 - c) or (1 - c)^2 whichever is larger; smaller is
 * better. The model is fitted and applied to the same rows, so the figure is above 0 for equal distributions too: read
 * `ratio`. For logistic regression with k parameters the expected null is (k - 1)(1 - c)^2 c / N (`training`) or
 * (k - 1)(1 - c) c / N (`holdout`), and N pMSE in these units is chi-square with k - 1 degrees of freedom, which gives
 * the p-value. For boosted trees the labels are rearranged (the `holdout` null). The interval is a normal one:
 * non-central chi-square for logistic regression; for trees that of the mean with the fitted trees taken as given.
 * Source: Woo et al. 2009; Snoke et al. 2018, theorem 1.
 *
 * @param real - Real table.
 * @param synthetic - Synthetic table.
 * @param options - See {@link PmseOptions}.
 * @returns See {@link PmseScore}; reasons `TOO_FEW_ROWS` (under 10 of either table), `NO_FEATURES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH`, `UNKNOWN_COLUMN`, `LENGTH_MISMATCH`, `DUPLICATE_COLUMN`, `BAD_OPTION`,
 * `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const real = createTable([numberColumn('x', Array.from({ length: 40 }, (_, i) => i % 10))]);
 * const score = pmse(real, real, { seed: 'demo' });
 * Math.abs(score.value) < 1e-12; // => true
 * score.expectedNull; // => 0.0015625
 */
export function pmse(real: Table, synthetic: Table, options: PmseOptions): PmseScore {
  const { learner = 'logistic', realRows = 'training' } = options;
  checkChoice('learner', learner, ['boosted', 'logistic']);
  checkChoice('realRows', realRows, ['training', 'holdout']);
  const analytic = learner === 'logistic';
  const settings = twoSampleSettings(options, analytic ? { rows: Infinity, repeats: 3 } : { rows: 2000, repeats: 1 });
  const permutations = checkedCount(options.permutations, 10, [2, 10_000], 'permutations');
  const matched = matchTables(real, synthetic, options.skip);
  const tables = {
    real: subsample(matched.real, settings.rows, settings.seed, 'pmse/real'),
    synthetic: subsample(matched.synthetic, settings.rows, settings.seed, 'pmse/synthetic'),
    skipped: matched.skipped,
  };
  const steps = 1 + 2 * settings.repeats + (analytic ? 0 : permutations);
  let done = 0;
  const step = (): void => twoSampleStep(options, 'pmse', done++, steps);
  step();
  const { rowCount: nReal } = tables.real;
  const { rowCount: nSynthetic } = tables.synthetic;
  const n = nReal + nSynthetic;
  const c = n === 0 ? null : nSynthetic / n;
  const nullMethod = analytic ? ('analytic' as const) : ('permutation' as const);
  const base = { ...scoreBase('pmse', [0, 1], tables), learner, syntheticShare: c, nullMethod };
  const none = { parameters: null, expectedNull: null, nullDeviation: null, ratio: null, noise: null, value: null };
  if (c === null || Math.min(nReal, nSynthetic) < 10) return { ...base, ...none, reason: 'TOO_FEW_ROWS' };
  const fit = fitted(tables.real, tables.synthetic, learner, settings.seed, options);
  if (fit === null) return { ...base, ...none, reason: 'NO_FEATURES' };
  const noise = twoSampleFloor(matched.real, matched.synthetic, settings, (a, b) => {
    step();
    return fitted(a, b, learner, settings.seed, options)?.value ?? null;
  });
  const { value } = fit;
  if (analytic) {
    const unit = ((1 - c) * c * (realRows === 'training' ? 1 - c : 1)) / n;
    const freedom = fit.parameters - 1;
    const scaled = value / unit;
    const expectedNull = freedom * unit;
    const nullDeviation = Math.sqrt(2 * freedom) * unit;
    const spread = unit * Math.sqrt(2 * freedom + 4 * Math.max(0, scaled - freedom));
    twoSampleStep(options, 'pmse', steps, steps);
    return {
      ...base,
      value,
      interval: normalInterval(value, spread, settings.level, 'non-central-chi-square-normal'),
      pValue: chiSquareUpperTail(scaled, freedom),
      parameters: fit.parameters,
      expectedNull,
      nullDeviation,
      ratio: value / expectedNull,
      noise,
    };
  }
  const nulls: number[] = [];
  const rng = createRng(settings.seed).stream('quality/pmse/null');
  for (let r = 0; r < permutations; r++) {
    step();
    const labels = fillShuffled(fit.labels.slice(), rng.stream(r));
    nulls.push(boostedError(fit.columns, labels, settings.seed, options).value);
  }
  const expectedNull = meanOrNull(nulls)!;
  let squares = 0;
  for (const one of nulls) squares += (one - expectedNull) * (one - expectedNull);
  const exceed = nulls.filter((one) => one >= value).length;
  twoSampleStep(options, 'pmse', steps, steps);
  return {
    ...base,
    value,
    interval: normalInterval(value, fit.error, settings.level, 'normal-given-the-trees'),
    pValue: permutationPValue(exceed, permutations),
    parameters: null,
    expectedNull,
    nullDeviation: Math.sqrt(squares / (permutations - 1)),
    ratio: expectedNull > 0 ? value / expectedNull : null,
    noise,
  };
}

function checkChoice(argument: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw new SynthproofError(
    'BAD_OPTION',
    `${argument}: expected ${allowed.map((one) => `'${one}'`).join(' or ')}, received ${String(value)}`,
    {
      argument,
    },
  );
}

interface Fitted {
  /** Mean of (p - c)^2. */
  readonly value: number;
  /** Its standard error with the model taken as given. */
  readonly error: number;
  /** Independent parameters of a logistic model. */
  readonly parameters: number;
  readonly columns: readonly Float64Array[];
  readonly labels: Uint8Array;
}

/** Fits the propensities of two tables; null without features. */
function fitted(a: Table, b: Table, learner: QualityLearner, seed: string, job: PmseOptions): Fitted | null {
  const { table, labels } = stackTables(a, b);
  const { columns } = encodeFeatures(table, { form: learner === 'boosted' ? 'ordinal' : 'one-hot' });
  if (columns.length === 0) return null;
  if (learner === 'boosted') return boostedError(columns, labels, seed, job);
  const model = fitLogistic(columns, labels, { l2: 0, signal: job.signal });
  const c = b.rowCount / labels.length;
  return { ...errorOf(predictLogistic(model, columns), c), parameters: model.rank, columns, labels };
}

function boostedError(columns: readonly Float64Array[], labels: Uint8Array, seed: string, job: PmseOptions): Fitted {
  const model = fitBoostedTrees(columns, labels, { seed, signal: job.signal });
  let ones = 0;
  for (let i = 0; i < labels.length; i++) ones += labels[i]!;
  return { ...errorOf(predictBoostedTrees(model, columns)[1]!, ones / labels.length), parameters: 0, columns, labels };
}

function errorOf(p: Float64Array, c: number): { readonly value: number; readonly error: number } {
  let value = 0;
  for (let i = 0; i < p.length; i++) value += ((p[i]! - c) * (p[i]! - c)) / p.length;
  let squares = 0;
  for (let i = 0; i < p.length; i++) {
    const d = (p[i]! - c) * (p[i]! - c) - value;
    squares += d * d;
  }
  return { value, error: Math.sqrt(squares / (p.length - 1) / p.length) };
}

function normalInterval(value: number, error: number, level: number, method: string): Interval {
  const half = normalQuantile((1 + level) / 2) * error;
  return { lower: Math.max(0, value - half), upper: Math.min(1, value + half), level, method };
}
