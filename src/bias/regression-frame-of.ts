import { SynthproofError } from '../errors.ts';
import type { Interval, Measure } from '../types.ts';
import { type CellFrameOptions, frameOfCells } from './internal-cell-frame.ts';
import { addExact, type Exact, ratioOf, readExactText, timesExact } from './internal-exact-moments.ts';
import type { MetricFrame } from './internal-frame.ts';
import { zFor } from './internal-rates.ts';
import { REGRESSION_SUMS, type RegressionCell, type RegressionSum, type RegressionTable } from './regression-table.ts';

/** Options of {@link regressionFrameOf}. */
export interface RegressionFrameOptions extends CellFrameOptions {}

/**
 * Errors of a continuous prediction by group, as {@link regressionFrame} gives them, from a regression table: count,
 * meanPrediction, meanAbsoluteError, meanSquaredError, rootMeanSquaredError, r2Score.
 *
 * @param cells - From {@link regressionTable} or {@link mergeRegressionTables}.
 * @param options - See {@link RegressionFrameOptions}.
 * @returns See {@link MetricFrame}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for another kind of table; `BAD_VALUE` for a sum that is none;
 * `OUT_OF_RANGE`, `BAD_OPTION`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'm']), numberColumn('y', [1, 2]), numberColumn('guess', [1, 4])]);
 * const cells = regressionTable(rows, { sensitive: ['sex'], label: 'y', prediction: 'guess' });
 * regressionFrameOf(cells, { minN: 1 }).strata[0].aggregates[2].differenceBetweenGroups; // => 2
 */
export function regressionFrameOf(cells: RegressionTable, options: RegressionFrameOptions = {}): MetricFrame {
  if (cells?.kind !== 'regression-table' || cells.version !== 1 || !Array.isArray(cells.cells))
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `cells: expected a regression table, received ${JSON.stringify(cells?.kind) ?? 'nothing'}; make one with regressionTable`,
      { argument: 'cells' },
    );
  return frameOfCells(
    cells,
    options,
    ['count', 'meanPrediction', 'meanAbsoluteError', 'meanSquaredError', 'rootMeanSquaredError', 'r2Score'],
    read,
    measure,
  );
}

/** Sums over some rows. */
interface Moments {
  readonly rows: number;
  readonly sums: Readonly<Record<RegressionSum, Exact>>;
}

function read(cells: readonly RegressionCell[]): Moments {
  const sums = Object.fromEntries(REGRESSION_SUMS.map((name) => [name, { size: 0n, power: 0 }])) as Record<
    RegressionSum,
    Exact
  >;
  let rows = 0;
  for (const cell of cells) {
    rows += cell.n;
    for (const name of REGRESSION_SUMS) sums[name] = addExact(sums[name], readExactText(cell.sums[name]));
  }
  return { rows, sums };
}

/** a * b - c * d, exactly. */
function minus(a: Exact, b: Exact, c: Exact, d: Exact): Exact {
  const { size, power } = timesExact(c, d);
  return addExact(timesExact(a, b), { size: -size, power });
}

/** Half the width of a normal interval on Kish's effective n, around a mean whose values have this variance. */
function halfWidth({ sums }: Moments, variance: number, level: number): number {
  const effective = ratioOf(timesExact(sums.w, sums.w), sums.ww);
  return zFor(level) * Math.sqrt(variance / Math.max(1, effective - 1));
}

/** The weighted mean of values with this sum and sum of squares, with its interval. */
function meanOf(moments: Moments, sum: Exact, squares: Exact, level: number): { mean: number; interval: Interval } {
  const { w } = moments.sums;
  const mean = ratioOf(sum, w);
  const half = halfWidth(moments, ratioOf(minus(squares, w, sum, sum), timesExact(w, w)), level);
  return { mean, interval: { lower: mean - half, upper: mean + half, level, method: 'normal' } };
}

function measure(moments: Moments, metric: string, level: number): Measure {
  const { rows, sums } = moments;
  const head = { metric, n: rows, goal: 'none' as const };
  if (metric === 'count') return { ...head, value: rows, range: [0, null] };
  const range: readonly [number | null, number | null] =
    metric === 'r2Score' ? [null, 1] : metric === 'meanPrediction' ? [null, null] : [0, null];
  if (sums.w.size === 0n) return { ...head, value: null, range, reason: 'zero-weight' };
  const found = metric === 'r2Score' ? determination(moments, level) : errors(moments, metric, level);
  if (typeof found === 'string') return { ...head, value: null, range, reason: found };
  const { mean, interval } = found;
  if (!Number.isFinite(mean)) return { ...head, value: null, range, reason: 'beyond-largest-double' };
  // A spread beyond the largest double has no interval; the figure stands.
  if (!Number.isFinite(interval.lower) || !Number.isFinite(interval.upper)) return { ...head, value: mean, range };
  return { ...head, value: mean, range, interval };
}

function errors(moments: Moments, metric: string, level: number): { mean: number; interval: Interval } {
  const { sums } = moments;
  if (metric === 'meanPrediction') return meanOf(moments, sums.p, sums.pp, level);
  const [sum, squares] = metric === 'meanAbsoluteError' ? [sums.e, sums.ee] : [sums.ee, sums.eeee];
  const { mean, interval } = meanOf(moments, sum, squares, level);
  const lower = Math.max(0, interval.lower);
  if (metric !== 'rootMeanSquaredError') return { mean, interval: { ...interval, lower } };
  return {
    mean: Math.sqrt(mean),
    interval: { ...interval, lower: Math.sqrt(lower), upper: Math.sqrt(interval.upper) },
  };
}

/** The coefficient of determination, or why there is none. */
function determination(moments: Moments, level: number): { mean: number; interval: Interval } | string {
  const { w, y, yy, yyy, yyyy, ee, eeee, yee, yyee } = moments.sums;
  if (moments.rows < 2) return 'too-few-rows';
  // Variance of the label times the square of the weights' sum.
  const spread = minus(yy, w, y, y);
  if (spread.size <= 0n) return 'constant-label';
  const residual = timesExact(ee, w);
  const value = ratioOf(addExact(spread, { size: -residual.size, power: residual.power }), spread);
  // What each row adds to a ratio of sums, to first order: ((1 - value) d^2 - e^2) / variance with d = y - mean of y. Its mean
  // is 0, its spread that of the figure: (1 - value)^2 E d^4 - 2 (1 - value) E d^2 e^2 + E e^4 over the variance squared.
  const rest = ratioOf(residual, spread);
  const scaled = (factor: bigint, ...factors: readonly Exact[]): Exact => {
    const { size, power } = timesExact(...factors);
    return { size: factor * size, power };
  };
  const fourth = [
    scaled(1n, yyyy, w, w, w),
    scaled(-4n, y, yyy, w, w),
    scaled(6n, y, y, yy, w),
    scaled(-3n, y, y, y, y),
  ].reduce(addExact);
  const mixed = [scaled(1n, yyee, w, w), scaled(-2n, y, yee, w), scaled(1n, y, y, ee)].reduce(addExact);
  // In units of the variance: all of size 1, so that nothing overflows.
  const squared = timesExact(spread, spread);
  const variance =
    rest * rest * ratioOf(fourth, squared) -
    2 * rest * ratioOf(timesExact(mixed, w), squared) +
    ratioOf(timesExact(eeee, w, w, w), squared);
  const half = halfWidth(moments, Math.max(0, variance), level);
  return {
    mean: value,
    interval: { lower: value - half, upper: Math.min(1, value + half), level, method: 'delta' },
  };
}
