import { normalQuantile } from '../../math/normal-quantile.ts';
import { normalUpperTail } from '../../math/normal-upper-tail.ts';
import { checkShare } from '../../stats/internal-options.ts';
import { median } from '../../stats/median.ts';
import type { Interval } from '../../types.ts';
import { presentPositions } from './internal-series.ts';

/** Options of {@link trendTest}. */
export interface TrendTestOptions {
  /** Coverage of the slope's interval. Default 0.95. */
  readonly level?: number | undefined;
}

/** Result of {@link trendTest}. */
export interface TrendTestResult {
  /** Values that are there. */
  readonly n: number;
  /** Theil-Sen slope: median of all pairs' slopes, in units of the values per step; null below 2 values. */
  readonly slope: number | null;
  /** Sen's interval of the slope; left out when so few values cannot give one. */
  readonly interval?: Interval | undefined;
  /** Pairs that rise minus pairs that fall, as a share of all pairs, -1 to 1; null below 2 values. */
  readonly tau: number | null;
  /** Two-sided Mann-Kendall p-value; null below 4 values, where even a perfect trend proves little. */
  readonly pValue: number | null;
  /** `exact` up to 40 values without ties, else `normal` (with tie correction). */
  readonly method: 'exact' | 'normal';
  /** Why `pValue` is null: `TOO_FEW_VALUES`. */
  readonly reason?: string | undefined;
}

/** Most values whose exact null law is computed. */
const MOST_EXACT = 40;

/**
 * Trend of a series over equal steps: Theil-Sen slope with Sen's interval, and the Mann-Kendall test of no trend.
 *
 * The p-value and the interval hold when, without the trend, the values come in random order. The distance of a random
 * walk from its start is not of that kind: it tends to rise without any steady push. Sources: Mann 1945, Kendall 1975,
 * Sen 1968 (interval from the null law of Kendall's statistic, Hollander and Wolfe 9.3).
 *
 * @param values - The series in order; null where a value is missing (its step still counts).
 * @param options - See {@link TrendTestOptions}.
 * @returns See {@link TrendTestResult}.
 * @throws {@link SynthproofError} `BAD_NUMBER`, `OUT_OF_RANGE`.
 * @example
 * const trend = trendTest([1, 2, 4, 5, 7]);
 * trend.slope; // => 1.5
 * trend.pValue; // => 1 / 60
 */
export function trendTest(values: readonly (number | null)[], options: TrendTestOptions = {}): TrendTestResult {
  const { level = 0.95 } = options;
  checkShare('level', level);
  const at = presentPositions(values);
  const n = at.length;
  if (n < 2) return { n, slope: null, tau: null, pValue: null, method: 'exact', reason: 'TOO_FEW_VALUES' };
  const slopes: number[] = [];
  let score = 0;
  for (let j = 1; j < n; j++)
    for (let i = 0; i < j; i++) {
      const rise = values[at[j]!]! - values[at[i]!]!;
      score += Math.sign(rise);
      slopes.push(rise / (at[j]! - at[i]!));
    }
  const pairs = slopes.length;
  const ties = tieSizes(at.map((i) => values[i]!));
  const exact = n <= MOST_EXACT && ties.length === 0;
  const variance = (n * (n - 1) * (2 * n + 5) - ties.reduce((total, t) => total + t * (t - 1) * (2 * t + 5), 0)) / 18;
  const base = {
    n,
    slope: median(slopes),
    tau: score / pairs,
    method: exact ? ('exact' as const) : ('normal' as const),
  };
  if (n < 4) return { ...base, pValue: null, reason: 'TOO_FEW_VALUES' };
  const size = Math.abs(score);
  const tails = exact ? exchangeTails(n) : null;
  const pValue =
    tails !== null
      ? Math.min(1, 2 * tails[(pairs - size) / 2]!)
      : variance > 0
        ? Math.min(1, 2 * normalUpperTail(Math.max(0, size - 1) / Math.sqrt(variance)))
        : 1;
  const skipped = tails !== null ? exactSkip(tails, (1 - level) / 2) : normalSkip(pairs, variance, level);
  if (skipped < 1) return { ...base, pValue };
  slopes.sort((a, b) => a - b);
  const interval = { lower: slopes[skipped - 1]!, upper: slopes[pairs - skipped]!, level, method: 'sen' };
  return { ...base, pValue, interval };
}

/** How many values share each value that occurs more than once. */
function tieSizes(values: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1);
}

/** P(at most k pairs of a random order are exchanged), k = 0, 1, ... */
function exchangeTails(n: number): Float64Array {
  let law = Float64Array.of(1);
  for (let m = 2; m <= n; m++) {
    // The m-th value is exchanged with 0 to m - 1 of those before it, each as likely.
    const next = new Float64Array((m * (m - 1)) / 2 + 1);
    for (let k = 0; k < law.length; k++) for (let j = 0; j < m; j++) next[k + j]! += law[k]! / m;
    law = next;
  }
  for (let k = 1; k < law.length; k++) law[k]! += law[k - 1]!;
  return law;
}

/** Rank of the slope that bounds the interval, from either end; 0 when the outermost is not far enough. */
function exactSkip(tails: Float64Array, tail: number): number {
  let k = 0;
  while (k < tails.length && tails[k]! <= tail) k++;
  return k;
}

function normalSkip(pairs: number, variance: number, level: number): number {
  return Math.floor((pairs - normalQuantile((1 + level) / 2) * Math.sqrt(variance)) / 2);
}
