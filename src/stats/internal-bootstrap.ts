import { SynthproofError } from '../errors.ts';
import { normalCdf, normalQuantile } from '../math/index.ts';
import type { Interval, JobOptions, Rng } from '../types.ts';
import { requireWhole } from './internal-arrange.ts';
import { requireLevel } from './internal-check.ts';
import { quantile } from './quantile.ts';
import { standardDeviation } from './standard-deviation.ts';

/** How the ends of a bootstrap interval are read off the resamples. */
export type BootstrapMethod = 'percentile' | 'bca';

/** What the options of both bootstraps share. */
export interface BootstrapOptions extends JobOptions {
  /** Where the resamples come from. Take a stream of your own, so that other draws do not shift. */
  readonly rng: Rng;
  /** Number of resamples. Default 999. */
  readonly resamples?: number | undefined;
  /** Coverage, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
  /** `bca` (default) corrects for bias and skew (Efron 1987); `percentile` takes the plain quantiles. */
  readonly method?: BootstrapMethod | undefined;
}

/** Result of a bootstrap. */
export interface BootstrapResult {
  /** The statistic of the data as given; null when it is undefined. */
  readonly estimate: number | null;
  /** Interval of the statistic; null when it cannot be made. */
  readonly interval: Interval | null;
  /** Standard deviation of the statistic over the resamples; null for fewer than two. */
  readonly standardError: number | null;
  /** Resamples whose statistic was defined; the figures rest on these. */
  readonly resamples: number;
  /** Resamples left out because the statistic was undefined there. */
  readonly undefinedResamples: number;
  /**
   * Why the interval is null: `STATISTIC_UNDEFINED` for the data as given, `TOO_FEW_RESAMPLES` when fewer than two
   * resamples are defined, `ALL_ON_ONE_SIDE` when every resample lies on one side of the estimate (the bias correction
   * is then infinite), `JACKKNIFE_UNDEFINED` when the statistic is undefined with some rows left out.
   */
  readonly reason?: 'STATISTIC_UNDEFINED' | 'TOO_FEW_RESAMPLES' | 'ALL_ON_ONE_SIDE' | 'JACKKNIFE_UNDEFINED' | undefined;
}

/** The checked common options. */
export interface BootstrapPlan {
  readonly resamples: number;
  readonly level: number;
  readonly method: BootstrapMethod;
}

/** Checks the common options. */
export function planBootstrap(options: BootstrapOptions): BootstrapPlan {
  const { resamples = 999, level = 0.95, method = 'bca' } = options;
  requireWhole('resamples', resamples, 1);
  requireLevel(level);
  if (method !== 'bca' && method !== 'percentile') {
    throw new SynthproofError('BAD_OPTION', `method: expected bca or percentile, received ${String(method)}`, {
      argument: 'method',
    });
  }
  return { resamples, level, method };
}

/** Whether a statistic has a value. */
export function isDefined(value: number | null): value is number {
  return value !== null && value - value === 0;
}

/** Leave-one-out values of the statistic with how often each counts; null where one is undefined. */
export type Jackknife = () => { readonly values: Float64Array; readonly weights: Float64Array } | null;

/** The figures from the statistic's values over the resamples. */
export function finishBootstrap(
  estimate: number,
  replicates: Float64Array,
  undefinedResamples: number,
  { level, method }: BootstrapPlan,
  jackknife: Jackknife,
): BootstrapResult {
  const n = replicates.length;
  const base = { estimate, interval: null, standardError: null, resamples: n, undefinedResamples };
  if (n < 2) return { ...base, reason: 'TOO_FEW_RESAMPLES' };
  const standardError = standardDeviation(replicates);
  let low = (1 - level) / 2;
  let high = 1 - low;
  if (method === 'bca' && standardError > 0) {
    let below = 0;
    for (let i = 0; i < n; i++) below += replicates[i]! < estimate ? 1 : replicates[i] === estimate ? 0.5 : 0;
    if (below === 0 || below === n) return { ...base, standardError, reason: 'ALL_ON_ONE_SIDE' };
    const bias = normalQuantile(below / n);
    const leftOut = jackknife();
    if (leftOut === null) return { ...base, standardError, reason: 'JACKKNIFE_UNDEFINED' };
    const acceleration = accelerationOf(leftOut.values, leftOut.weights);
    // Efron 1987, formula 2.3: the normal quantile moved by the bias and stretched by the acceleration.
    const z = normalQuantile(high);
    const place = (end: number): number => normalCdf(bias + (bias + end) / (1 - acceleration * (bias + end)));
    low = place(-z);
    high = place(z);
  }
  const interval: Interval = {
    lower: quantile(replicates, low),
    upper: quantile(replicates, high),
    level,
    method: `bootstrap-${method}`,
  };
  return { ...base, interval, standardError };
}

/** A sixth of the skewness of the jackknife influences; 0 when they are all equal. */
function accelerationOf(values: Float64Array, weights: Float64Array): number {
  let total = 0;
  let centre = 0;
  for (let i = 0; i < values.length; i++) {
    total += weights[i]!;
    centre += weights[i]! * values[i]!;
  }
  centre /= total;
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < values.length; i++) {
    const d = centre - values[i]!;
    squares += weights[i]! * d * d;
    cubes += weights[i]! * d * d * d;
  }
  return squares > 0 ? cubes / (6 * squares * Math.sqrt(squares)) : 0;
}
