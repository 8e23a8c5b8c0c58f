import { SynthproofError } from '../errors.ts';
import { normalQuantile } from '../math/normal-quantile.ts';
import type { Column, Interval } from '../types.ts';
import { checkContinuous, checkSameKind, numericCells, sortedValues } from './internal-columns.ts';
import { checkedOptions, computed, foldedInterval, notComputed } from './internal-measure.ts';
import type { QualityMeasure, QualityReason } from './quality-measure.ts';

/** Options of {@link statisticSimilarity}. */
export interface StatisticSimilarityOptions {
  /** What is compared: mean, median, or sample standard deviation (divisor n - 1). Default `mean`. */
  readonly statistic?: 'mean' | 'median' | 'std' | undefined;
  /** Nominal coverage of the interval, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
}

/** Result of {@link statisticSimilarity}. */
export interface StatisticSimilarityMeasure extends QualityMeasure {
  /** The statistic that was compared. */
  readonly statistic: 'mean' | 'median' | 'std';
  /** Its real value, in the column's unit (datetime: milliseconds); null when it cannot be computed. */
  readonly real: number | null;
  /** Its synthetic value. */
  readonly synthetic: number | null;
}

/**
 * One minus the difference of a summary statistic in units of the real column's range, not below 0.
 *
 * 1 = equal; larger is better. Missing cells and NaN are left out. One outlier in the real column stretches the range
 * and so hides differences. For the mean an interval is given: the difference of means with its normal (Welch) error.
 * Source: SDMetrics 0.29, StatisticSimilarity.
 *
 * @param real - Number, integer or datetime column.
 * @param synthetic - Column of the same kind.
 * @param options - See {@link StatisticSimilarityOptions}.
 * @returns A measure in [0, 1]; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES`, `CONSTANT_REAL`, `TOO_FEW_VALUES`, `NOT_FINITE`.
 * @throws {@link SynthproofError} `KIND_MISMATCH` when the columns hold no numbers or are of different kinds; `BAD_OPTION`, `OUT_OF_RANGE` for options.
 * @example
 * statisticSimilarity(numberColumn('x', [0, 10]), numberColumn('x', [6, 8])).value; // => 0.8
 */
export function statisticSimilarity(
  real: Column,
  synthetic: Column,
  options: StatisticSimilarityOptions = {},
): StatisticSimilarityMeasure {
  const { statistic = 'mean' } = options;
  const { level } = checkedOptions({ level: options.level });
  if (statistic !== 'mean' && statistic !== 'median' && statistic !== 'std')
    throw new SynthproofError(
      'BAD_OPTION',
      `statistic: expected 'mean', 'median' or 'std', received ${String(statistic)}`,
      { argument: 'statistic' },
    );
  checkContinuous(real, 'real', 'statisticSimilarity');
  checkSameKind(real, synthetic);
  const a = sortedValues(numericCells(real));
  const b = sortedValues(numericCells(synthetic));
  const failed = (reason: QualityReason): StatisticSimilarityMeasure => ({
    ...notComputed('statisticSimilarity', reason, a.length, b.length),
    statistic,
    real: null,
    synthetic: null,
  });
  if (a.length === 0) return failed('NO_REAL_VALUES');
  if (b.length === 0) return failed('NO_SYNTHETIC_VALUES');
  const range = a[a.length - 1]! - a[0]!;
  if (range === 0) return failed('CONSTANT_REAL');
  if (statistic === 'std' && b.length < 2) return failed('TOO_FEW_VALUES');
  const x = describe(a, statistic);
  const y = describe(b, statistic);
  if (!Number.isFinite(x.value - y.value) || !Number.isFinite(range)) return failed('NOT_FINITE');
  let interval: Interval | undefined;
  if (statistic === 'mean' && a.length > 1 && b.length > 1 && Number.isFinite(x.errorSquared + y.errorSquared)) {
    const half = normalQuantile((1 + level) / 2) * Math.sqrt(x.errorSquared + y.errorSquared);
    const difference = { lower: x.value - y.value - half, upper: x.value - y.value + half, level, method: '' };
    interval = foldedInterval(difference, range, 'welch-normal-folded');
  }
  const value = Math.max(1 - Math.abs(x.value - y.value) / range, 0);
  return {
    ...computed('statisticSimilarity', value, a.length, b.length, interval),
    statistic,
    real: x.value,
    synthetic: y.value,
  };
}

/** The statistic of ascending values, and the squared standard error of their mean. */
function describe(
  sorted: Float64Array,
  statistic: 'mean' | 'median' | 'std',
): { readonly value: number; readonly errorSquared: number } {
  const n = sorted.length;
  if (statistic === 'median') {
    const upper = sorted[n >> 1]!;
    return { value: n % 2 === 1 ? upper : sorted[(n >> 1) - 1]! / 2 + upper / 2, errorSquared: 0 };
  }
  // Shares of the sum, so that values near 1e308 do not overflow; ascending order makes the sum independent of row order.
  let mean = 0;
  for (let i = 0; i < n; i++) mean += sorted[i]! / n;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const d = sorted[i]! - mean;
    squares += d * d;
  }
  const variance = squares / (n - 1);
  return { value: statistic === 'mean' ? mean : Math.sqrt(variance), errorSquared: variance / n };
}
