import { SynthproofError } from '../errors.ts';
import { createRng } from '../random/create-rng.ts';
import { permutation } from '../random/permutation.ts';
import { uniformInt } from '../random/uniform-int.ts';
import { quantile } from '../stats/quantile.ts';
import type { Interval, JobOptions, Table } from '../types.ts';
import { checkTable } from './internal-match-columns.ts';
import { checkedCount, checkedOptions, checkedSeed } from './internal-measure.ts';
import { meanOrNull, rangeOrNull, twoSampleStep } from './internal-two-sample.ts';
import { trainAndPredict, type UtilitySide, utilityTask } from './internal-utility-data.ts';
import { classFigures, numberFigures, type UtilityFigure, type UtilityMetric } from './internal-utility-figures.ts';
import type { QualityLearner } from './measure-detectability.ts';
import type { NoiseFloor } from './quality-result.ts';
import type { UtilityComparison, UtilityMeasure, UtilityResult } from './utility-result.ts';

/** Options of {@link measureUtility}. */
export interface UtilityOptions extends JobOptions {
  /** Name of the column to predict. */
  readonly target: string;
  /** Seed of resamples, splits and early stopping; any text. */
  readonly seed: string;
  /** Default: `regression` for numbers and times, `classification` for the rest. */
  readonly task?: 'classification' | 'regression' | undefined;
  /** Text of the class that `auc` and `f1` look at when there are two. Default: the rarer one among the real training rows. */
  readonly positive?: string | undefined;
  /** Default `boosted`. `logistic` predicts two classes only. */
  readonly learner?: QualityLearner | undefined;
  /** Names of columns that the learner must not see. Default none. */
  readonly skip?: readonly string[] | undefined;
  /** Resamples of the hold-out behind the intervals, 20 to 100,000. Default 200. */
  readonly resamples?: number | undefined;
  /** Nominal coverage of the intervals, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
  /** Random splits of the real training rows behind the noise floor, 0 (none) to 100. Default 1. */
  readonly noiseFloor?:
    | {
        /** Number of splits. */
        readonly repeats?: number | undefined;
      }
    | undefined;
}

/** The three tables of a utility measurement. */
export interface UtilityTables {
  /** Real rows that a model would be trained on: those the generator was fitted on. */
  readonly real: Table;
  /** Synthetic rows. */
  readonly synthetic: Table;
  /** Real rows that neither the generator nor a model has seen. */
  readonly holdout: Table;
}

/**
 * Utility: a model trained on synthetic rows (TSTR) beside one trained on real rows (TRTR), both tested on the same
 * real hold-out.
 *
 * Levels, scales and classes are those of the real training rows. Intervals come from a paired percentile bootstrap of
 * the hold-out rows with the two fitted models taken as given: they cover the sampling of the hold-out, not that of the
 * training rows, which the noise floor shows. Source: Esteban et al. 2017 (TSTR).
 *
 * @param tables - See {@link UtilityTables}; the three must have the same columns.
 * @param options - See {@link UtilityOptions}.
 * @returns See {@link UtilityResult}; reasons `ONE_CLASS`, `NO_VARIATION` (hold-out), `REFERENCE_NOT_POSITIVE` (ratio), `NOT_TRAINED` (no row to learn from).
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `LENGTH_MISMATCH`, `DUPLICATE_COLUMN`, `BAD_OPTION` (also `logistic` beside
 * other than two classes, or fewer than two classes), `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const rows = (n) => createTable([numberColumn('x', Array.from({ length: n }, (_, i) => i % 20)), categoryColumn('y', Array.from({ length: n }, (_, i) => (i % 20 < 8 ? 'yes' : 'no')))]);
 * const result = measureUtility({ real: rows(200), synthetic: rows(200), holdout: rows(40) }, { target: 'y', seed: 'demo' });
 * result.positive; // => 'yes'
 * result.comparisons[0].ratio.value; // => 1
 */
export function measureUtility(tables: UtilityTables, options: UtilityOptions): UtilityResult {
  const { target, seed, learner = 'boosted', skip = [] } = options;
  checkedSeed(seed);
  const { level } = checkedOptions({ level: options.level });
  const resamples = checkedCount(options.resamples, 200, [20, 100_000], 'resamples');
  const repeats = checkedCount(options.noiseFloor?.repeats, 1, [0, 100], 'noiseFloor.repeats');
  if (learner !== 'boosted' && learner !== 'logistic')
    throw new SynthproofError('BAD_OPTION', `learner: expected 'boosted' or 'logistic', received ${String(learner)}`, {
      argument: 'learner',
    });
  for (const name of ['real', 'synthetic', 'holdout'] as const) checkTable(tables[name], name);
  const { task, classes, skipped, side } = utilityTask(tables.real, target, options.task, { skip, learner });
  const real = side(tables.real);
  const synthetic = side(tables.synthetic);
  const holdout = side(tables.holdout);
  const positive = positiveClass(task, classes, real, options, learner);
  const plan = { task, classes: classes.length, learner, seed };
  const half = Math.min(Math.floor(real.target.length / 2), synthetic.target.length);
  const splits = half > 0 ? repeats : 0;
  const steps = 2 + 3 * splits;
  let done = 0;
  const figuresBy = (rows: UtilitySide): ReadonlyMap<UtilityMetric, UtilityFigure> => {
    twoSampleStep(options, 'measureUtility', done++, steps);
    const predicted = holdout.target.length === 0 ? null : trainAndPredict(rows, holdout, plan, options);
    if (predicted === null) return new Map();
    return task === 'regression'
      ? numberFigures(predicted[0]!, holdout.target)
      : classFigures(predicted, Int32Array.from(holdout.target), positive);
  };
  const byReal = figuresBy(real);
  const bySynthetic = figuresBy(synthetic);
  const floors = Array.from({ length: splits }, (_, r) => {
    const rng = createRng(seed).stream('quality/utility/floor').stream(r);
    const order = permutation(rng.stream('real'), real.target.length);
    const other = permutation(rng.stream('synthetic'), synthetic.target.length);
    return {
      reference: figuresBy(takeSide(real, order.subarray(0, half))),
      floor: figuresBy(takeSide(real, order.subarray(half, 2 * half))),
      matched: figuresBy(takeSide(synthetic, other.subarray(0, half))),
    };
  });
  const metrics: readonly UtilityMetric[] = task === 'regression' ? ['r2', 'rmse'] : ['auc', 'accuracy', 'f1'];
  const weights = new Float64Array(holdout.target.length).fill(1);
  const draws = drawWeights(holdout.target.length, resamples, seed);
  const comparisons = metrics.map((metric): UtilityComparison => {
    const compared = compare(metric, byReal.get(metric), bySynthetic.get(metric), { weights, draws, level });
    const ratioOf = (top: UtilityFigure | undefined, bottom: UtilityFigure | undefined): number | null =>
      ratio(top?.(weights) ?? null, bottom?.(weights) ?? null);
    const noise = utilityFloor(
      floors.map((split) => [
        ratioOf(split.floor.get(metric), split.reference.get(metric)),
        ratioOf(split.matched.get(metric), split.reference.get(metric)),
      ]),
    );
    return { ...compared, noise };
  });
  twoSampleStep(options, 'measureUtility', steps, steps);
  return {
    version: 'utility/1',
    target,
    task,
    classes,
    positive: positive === null ? null : classes[positive]!,
    learner,
    seed,
    rows: {
      real: real.target.length,
      synthetic: synthetic.target.length,
      holdout: holdout.target.length,
      leftOut: [real.leftOut, synthetic.leftOut, holdout.leftOut],
    },
    skipped,
    resamples,
    noiseFloor: splits === 0 ? null : { repeats: splits, rowsPerSide: half },
    comparisons,
  };
}

/** Code of the class that is looked at; null for other than two classes. */
function positiveClass(
  task: string,
  classes: readonly string[],
  real: UtilitySide,
  { positive, target }: UtilityOptions,
  learner: QualityLearner,
): number | null {
  const fits = task === 'classification' ? classes.length >= 2 : learner === 'boosted';
  if (!fits || (learner === 'logistic' && classes.length !== 2))
    throw new SynthproofError(
      'BAD_OPTION',
      `learner: '${learner}' cannot predict "${target}" (${task}, ${classes.length} classes); logistic needs two classes, boosted two or more or numbers`,
      { argument: 'learner', column: target },
    );
  if (classes.length !== 2) return null;
  if (positive !== undefined) {
    if (classes.includes(positive)) return classes.indexOf(positive);
    throw new SynthproofError(
      'BAD_OPTION',
      `positive: expected one of ${classes.map((one) => `"${one}"`).join(', ')}, received "${positive}"`,
      { argument: 'positive', column: target },
    );
  }
  let ones = 0;
  for (let i = 0; i < real.target.length; i++) ones += real.target[i]!;
  return 2 * ones <= real.target.length ? 1 : 0;
}

function takeSide(side: UtilitySide, rows: Uint32Array): UtilitySide {
  const take = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  return { columns: side.columns.map(take), target: take(side.target), leftOut: 0 };
}

function ratio(top: number | null, bottom: number | null): number | null {
  return top === null || bottom === null || !(bottom > 0) ? null : top / bottom;
}

/** How often each hold-out row is drawn in each resample. */
function drawWeights(rows: number, resamples: number, seed: string): Float64Array[] {
  const rng = createRng(seed).stream('quality/utility/bootstrap');
  return Array.from({ length: resamples }, () => {
    const weights = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const row = uniformInt(rng, rows);
      weights[row] = weights[row]! + 1;
    }
    return weights;
  });
}

function compare(
  metric: UtilityMetric,
  byReal: UtilityFigure | undefined,
  bySynthetic: UtilityFigure | undefined,
  sample: { readonly weights: Float64Array; readonly draws: readonly Float64Array[]; readonly level: number },
): Omit<UtilityComparison, 'noise'> {
  const { weights, draws, level } = sample;
  const n = weights.length;
  const trtr = byReal?.(weights) ?? null;
  const tstr = bySynthetic?.(weights) ?? null;
  const pairs = draws.map((draw) => [byReal?.(draw) ?? null, bySynthetic?.(draw) ?? null] as const);
  const worse = metric === 'rmse';
  const range = worse ? ([0, null] as const) : ([metric === 'r2' ? null : 0, 1] as const);
  const base = { range, goal: worse ? ('minimize' as const) : ('maximize' as const), n };
  const why = (figure: UtilityFigure | undefined): UtilityMeasure['reason'] =>
    figure === undefined ? 'NOT_TRAINED' : metric === 'r2' || metric === 'rmse' ? 'NO_VARIATION' : 'ONE_CLASS';
  const measure = (
    name: string,
    value: number | null,
    list: readonly (number | null)[],
    reason: UtilityMeasure['reason'],
  ): UtilityMeasure => {
    if (value === null) return { metric: name, ...base, value, reason };
    return { metric: name, ...base, value, interval: percentiles(list, level) };
  };
  const shares = pairs.map(([a, b]) => ratio(b, a));
  return {
    metric,
    trtr: measure(
      metric,
      trtr,
      pairs.map(([a]) => a),
      why(byReal),
    ),
    tstr: measure(
      metric,
      tstr,
      pairs.map(([, b]) => b),
      why(bySynthetic),
    ),
    ratio: {
      ...measure(
        `${metric}Ratio`,
        ratio(tstr, trtr),
        shares,
        trtr === null ? why(byReal) : tstr === null ? why(bySynthetic) : 'REFERENCE_NOT_POSITIVE',
      ),
      range: [metric === 'r2' ? null : 0, null],
      goal: 'one',
    },
  };
}

/** Percentile interval of the resamples in which the figure is defined. */
function percentiles(list: readonly (number | null)[], level: number): Interval | undefined {
  const values = list.filter((value) => value !== null);
  if (values.length < 20) return undefined;
  return {
    lower: quantile(values, (1 - level) / 2),
    upper: quantile(values, (1 + level) / 2),
    level,
    method: 'bootstrap-percentile-of-the-hold-out',
  };
}

function utilityFloor(splits: readonly (readonly [number | null, number | null])[]): NoiseFloor | null {
  if (splits.length === 0) return null;
  const present = (list: readonly (number | null)[]): number[] => list.filter((value) => value !== null);
  const floors = present(splits.map(([floor]) => floor));
  const matches = present(splits.map(([, matched]) => matched));
  const gaps = present(splits.map(([floor, matched]) => (floor === null || matched === null ? null : floor - matched)));
  return {
    floor: meanOrNull(floors),
    floorRange: rangeOrNull(floors),
    matched: meanOrNull(matches),
    matchedRange: rangeOrNull(matches),
    gap: meanOrNull(gaps),
    gapRange: rangeOrNull(gaps),
  };
}
