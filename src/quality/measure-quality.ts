import { SynthproofError } from '../errors.ts';
import { columnLength } from '../table/column-length.ts';
import { missingCount } from '../table/missing-count.ts';
import type { Column, JobOptions, Table } from '../types.ts';
import { histogramOf } from './internal-histogram.ts';
import { checkTable, matchColumns } from './internal-match-columns.ts';
import { checkedCount, checkedOptions, checkedSeed, checkedShare, computed, notComputed } from './internal-measure.ts';
import {
  type Figures,
  type FloorRepeat,
  floorRepeat,
  joinFigures,
  noiseOf,
  type PairIndex,
} from './internal-noise-floor.ts';
import { shapeOf, trendOf } from './internal-quality-scores.ts';
import { prepareColumn } from './internal-quality-sides.ts';
import type { QualityMode } from './quality-measure.ts';
import type { QualityResult, QualityScore } from './quality-result.ts';

/** Options of {@link measureQuality}. */
export interface MeasureQualityOptions extends JobOptions {
  /** Seed of the random splits behind the noise floor; any text. */
  readonly seed: string;
  /** See {@link QualityMode}. Default `strict`. */
  readonly mode?: QualityMode | undefined;
  /**
   * Pairs count when the real correlation (two numeric columns) or Cramer's V (others) is larger than this, 0 to 1.
   * 0 counts every pair. Default: 0 and 0 in `strict` mode, 0.5 and 0.3 in `compat` mode as in SDMetrics from 0.27 on.
   */
  readonly thresholds?:
    | {
        /** For two numeric columns: size of the real correlation. */
        readonly correlation?: number | undefined;
        /** For other pairs: real Cramer's V. */
        readonly association?: number | undefined;
      }
    | undefined;
  /** Names of columns to leave out, such as keys stored as numbers; they are listed as `BY_REQUEST`. Default none. */
  readonly skip?: readonly string[] | undefined;
  /** Random splits behind the noise floor, 0 (no floor) to 1000. Default 5. */
  readonly noiseFloor?:
    | {
        /** Number of splits. */
        readonly repeats?: number | undefined;
      }
    | undefined;
  /** Equal-width bins of a numeric column beside a column of levels, 1 to 1000. Default 10, as in SDMetrics. */
  readonly bins?: number | undefined;
  /** Bins or levels per column kept for pictures, 2 to 28, or 0 for none. They are shares of the real data: publish them as such. Default 20. */
  readonly histogramBins?: number | undefined;
  /** Nominal coverage of the intervals, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
}

/**
 * Measures how alike a synthetic table is to the real one: shapes of columns, trends of pairs, and beside every figure
 * what two random parts of the real table score against each other.
 *
 * Figures run from 0 to 1, larger is better. Numbers and times get a KS complement, levels a TV complement; two numeric
 * columns get a correlation similarity, other pairs a contingency similarity. The overall score is the mean of the two
 * parts' means. In `strict` mode bins have shared edges, from the real column. In `compat` mode the figures equal
 * SDMetrics 0.29 (which draws an unseeded sample above 50,000 rows; here every row counts).
 *
 * The noise floor is compared at equal size: in each repeat the real rows are shuffled, two disjoint parts A and B of
 * half the table (or as many rows as the synthetic table has, if fewer) are scored against each other, and A against
 * as many synthetic rows (the `noise` of every figure in {@link QualityResult}). A gap around 0 says only that these figures see no difference: they
 * look at one and two columns at a time, so columns drawn independently can score above .9, and they say nothing about
 * privacy.
 *
 * Skipped and listed: text columns, columns that only one table has, columns named in `skip`, and in `strict` mode
 * category columns in which more than 9 in 10 of at least 20 real cells have a level of their own.
 *
 * @param real - Real table.
 * @param synthetic - Synthetic table.
 * @param options - See {@link MeasureQualityOptions}.
 * @returns See {@link QualityResult}. Plain JSON-safe data.
 * @throws {@link SynthproofError} `KIND_MISMATCH` when a column has another kind in the synthetic table (number and
 * integer may be mixed); `UNKNOWN_COLUMN` when `skip` names a column of neither table; `LENGTH_MISMATCH` or `DUPLICATE_COLUMN`
 * for a malformed table; `OUT_OF_RANGE`, `BAD_OPTION` for options; `ABORTED`.
 * @example
 * const real = createTable([integerColumn('age', [20, 30, 40, 50]), categoryColumn('sex', ['f', 'm', 'f', 'm'])]);
 * const result = measureQuality(real, real, { seed: 'demo' });
 * result.overall.value; // => 1
 * result.pairs[0]?.trend.metric; // => 'contingencySimilarity'
 */
export function measureQuality(real: Table, synthetic: Table, options: MeasureQualityOptions): QualityResult {
  const settings = checkedSettings(options);
  const { mode, bins, histogramBins, repeats, level } = settings;
  const step = (stage: string, done: number, total: number): void => {
    if (options.signal?.aborted)
      throw new SynthproofError('ABORTED', `measureQuality: aborted by the caller's signal during "${stage}"`);
    options.onProgress?.({ stage, done, total });
  };
  checkTable(real, 'real');
  checkTable(synthetic, 'synthetic');
  const { shared, skipped } = matchColumns(real, synthetic, options.skip ?? [], mode);
  const plans = shared.map(([a, b], i) => {
    step('columns', i, shared.length);
    return prepareColumn(a, b, mode, bins);
  });
  const shapes = plans.map((plan) => shapeOf(plan.real, plan.synthetic, settings));
  const pairs: PairIndex[] = [];
  for (let i = 0; i < plans.length; i++) for (let j = i + 1; j < plans.length; j++) pairs.push([i, j]);
  const trends = pairs.map(([i, j], k) => {
    step('pairs', k, pairs.length);
    return trendOf([plans[i]!.real, plans[j]!.real], [plans[i]!.synthetic, plans[j]!.synthetic], settings);
  });
  const side = Math.min(Math.floor(real.rowCount / 2), synthetic.rowCount);
  const rows = { real: real.rowCount, synthetic: synthetic.rowCount, side };
  const counted = trends.map((trend) => trend.meetsThreshold);
  const splits: FloorRepeat[] = [];
  for (let r = 0; side >= 2 && plans.length > 0 && r < repeats; r++) {
    step('noise floor', r, repeats);
    splits.push(floorRepeat(plans, pairs, counted, rows, settings, options.seed, r));
  }
  const figures = joinFigures(
    shapes.map((shape) => shape.value),
    trends.map((trend) => (trend.meetsThreshold ? trend.trend.value : null)),
  );
  const joined = (metric: string, pick: (from: Figures) => number | null): QualityScore => {
    const value = pick(figures);
    const base =
      value === null
        ? notComputed(metric, 'NOTHING_TO_AVERAGE', rows.real, rows.synthetic)
        : computed(metric, value, rows.real, rows.synthetic);
    return { ...base, noise: noiseOf(splits, pick) };
  };
  const result: QualityResult = {
    version: 'quality/1',
    mode,
    thresholds: { correlation: settings.correlationThreshold, association: settings.associationThreshold },
    bins,
    level,
    seed: options.seed,
    rows: { real: rows.real, synthetic: rows.synthetic },
    overall: joined('qualityScore', (from) => from.overall),
    columnShapes: joined('columnShapes', (from) => from.columnShapes),
    columnPairTrends: joined('columnPairTrends', (from) => from.columnPairTrends),
    columns: shared.map(([a, b], i) => ({
      column: a.name,
      kind: a.kind,
      shape: { ...shapes[i]!, noise: noiseOf(splits, (from) => from.shapes[i]!) },
      ...missingOf(a, b),
      histogram: histogramBins === 0 ? null : histogramOf(a, plans[i]!, histogramBins),
    })),
    pairs: trends.map((trend, k) => ({
      first: shared[pairs[k]![0]]![0].name,
      second: shared[pairs[k]![1]]![0].name,
      ...trend,
      trend: { ...trend.trend, noise: trend.meetsThreshold ? noiseOf(splits, (from) => from.trends[k]!) : null },
    })),
    skipped,
    noiseFloor: splits.length === 0 ? null : { repeats: splits.length, rowsPerSide: side },
  };
  step('done', 1, 1);
  return result;
}

interface Settings {
  readonly mode: QualityMode;
  readonly level: number;
  readonly bins: number;
  readonly histogramBins: number;
  readonly repeats: number;
  readonly correlationThreshold: number;
  readonly associationThreshold: number;
}

function checkedSettings(options: MeasureQualityOptions): Settings {
  const { mode, level } = checkedOptions(options);
  checkedSeed(options.seed);
  const { thresholds = {}, noiseFloor = {} } = options;
  const compat = mode === 'compat';
  return {
    mode,
    level,
    bins: checkedCount(options.bins, 10, [1, 1000], 'bins'),
    histogramBins: options.histogramBins === 0 ? 0 : checkedCount(options.histogramBins, 20, [2, 28], 'histogramBins'),
    repeats: checkedCount(noiseFloor.repeats, 5, [0, 1000], 'noiseFloor.repeats'),
    correlationThreshold: checkedShare(thresholds.correlation, compat ? 0.5 : 0, 'thresholds.correlation'),
    associationThreshold: checkedShare(thresholds.association, compat ? 0.3 : 0, 'thresholds.association'),
  };
}

function missingOf(
  real: Column,
  synthetic: Column,
): { readonly realMissing: number; readonly syntheticMissing: number; readonly missingValueSimilarity: number | null } {
  const realMissing = missingCount(real);
  const syntheticMissing = missingCount(synthetic);
  const n = columnLength(real);
  const m = columnLength(synthetic);
  const similarity = n === 0 || m === 0 ? null : 1 - Math.abs(realMissing / n - syntheticMissing / m);
  return { realMissing, syntheticMissing, missingValueSimilarity: similarity };
}
