import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import { normalQuantile } from '../math/normal-quantile.ts';
import { midRanks } from '../stats/mid-ranks.ts';
import type { Interval, Measure } from '../types.ts';
import { numberOption, requireRows } from './internal-check.ts';

/** Options of {@link rocAuc}. */
export interface RocAucOptions {
  /** Nominal coverage of the interval, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
  /**
   * Factor on the variance of the figure, 1 or more; for scores that are less independent than they look, such as
   * pooled cross-validation scores. Default 1.
   */
  readonly varianceFactor?: number | undefined;
}

/** Result of {@link rocAuc}. */
export interface RocAucMeasure extends Measure {
  /** Rows of class 1. */
  readonly positives: number;
  /** Rows of class 0. */
  readonly negatives: number;
  /** Standard error of the figure (DeLong, times the root of the variance factor); null when a class is absent or has a single row. */
  readonly standardError: number | null;
  /** Why `value` is null. */
  readonly reason?: 'ONE_CLASS' | undefined;
}

/**
 * Area under the ROC curve: the chance that a row of class 1 scores higher than a row of class 0, ties counting half.
 *
 * 0.5 = the scores say nothing, 1 = perfect; larger is better. The interval is DeLong's on the logit scale; where all
 * pairs agree (no variance can be estimated) it is Newcombe's score interval, which stays honest at 0 and 1.
 * Source: DeLong et al. 1988 by mid-ranks (Sun and Xu 2014); Newcombe 2006, method 5.
 *
 * @param labels - 1 or 0 per row.
 * @param scores - Finite score per row; only the order counts.
 * @param options - See {@link RocAucOptions}.
 * @returns See {@link RocAucMeasure}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_VALUE` for a label that is neither 0 nor 1, `BAD_NUMBER`, `OUT_OF_RANGE`.
 * @example
 * rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).value; // => 0.75
 * rocAuc([1, 1], [0.2, 0.3]).reason; // => 'ONE_CLASS'
 */
export function rocAuc(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: RocAucOptions = {},
): RocAucMeasure {
  const level = numberOption('level', options.level, 0.95, { low: 1e-9, high: 1 - 1e-9 });
  const factor = numberOption('varianceFactor', options.varianceFactor, 1, { low: 1, high: 1e6 });
  const n = labels.length;
  requireRows('scores', scores.length, n);
  const ones: number[] = [];
  const zeros: number[] = [];
  for (let i = 0; i < n; i++) {
    if (labels[i] === 1) ones.push(scores[i]!);
    else if (labels[i] === 0) zeros.push(scores[i]!);
    else
      throw new SynthproofError('BAD_VALUE', `labels[${i}]: expected 0 or 1, received ${String(labels[i])}`, {
        argument: 'labels',
        row: i,
      });
  }
  const positives = ones.length;
  const negatives = zeros.length;
  const base = { metric: 'rocAuc', range: [0, 1] as const, goal: 'maximize' as const, n, positives, negatives };
  if (positives === 0 || negatives === 0) return { ...base, value: null, standardError: null, reason: 'ONE_CLASS' };
  const ranks = midRanks([...ones, ...zeros]);
  let rankSum = 0;
  for (let i = 0; i < positives; i++) rankSum += ranks[i]!;
  const value = (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
  const variance = delongVariance(ranks, midRanks(ones), midRanks(zeros)) * factor;
  const standardError = positives > 1 && negatives > 1 ? Math.sqrt(variance) : null;
  const interval =
    variance > 0 && value > 0 && value < 1
      ? logitInterval(value, variance, level)
      : newcombeScore(value, positives, negatives, factor, level);
  return { ...base, value, standardError, interval };
}

/** Variance from placements: how far up the other class each row stands. Both lists of own ranks follow the pooled order. */
function delongVariance(ranks: Float64Array, ownOnes: Float64Array, ownZeros: Float64Array): number {
  const m = ownOnes.length;
  const n = ownZeros.length;
  if (m < 2 || n < 2) return 0;
  const spread = (own: Float64Array, offset: number, others: number): number => {
    let mean = 0;
    for (let i = 0; i < own.length; i++) mean += (ranks[offset + i]! - own[i]!) / others / own.length;
    let squares = 0;
    for (let i = 0; i < own.length; i++) {
      const d = (ranks[offset + i]! - own[i]!) / others - mean;
      squares += d * d;
    }
    return squares / (own.length - 1);
  };
  return spread(ownOnes, 0, n) / m + spread(ownZeros, m, m) / n;
}

function logitInterval(value: number, variance: number, level: number): Interval {
  const z = normalQuantile((1 + level) / 2);
  const centre = log(value / (1 - value));
  const half = (z * Math.sqrt(variance)) / (value * (1 - value));
  const back = (x: number): number => (x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)));
  return { lower: back(centre - half), upper: back(centre + half), level, method: 'delong-logit' };
}

/** Values that lie within z standard errors of the estimate, the error taken at the value itself (Newcombe 2006, method 5). */
function newcombeScore(estimate: number, m: number, n: number, factor: number, level: number): Interval {
  const z = normalQuantile((1 + level) / 2);
  const others = (m + n) / 2 - 1;
  const inside = (t: number): boolean => {
    const variance = (t * (1 - t) * (1 + others * ((1 - t) / (2 - t) + t / (1 + t)))) / (m * n);
    const d = t - estimate;
    return d * d <= z * z * factor * variance;
  };
  const edge = (out: number): number => {
    let [far, near] = [out, estimate];
    if (inside(far)) return far;
    for (let i = 0; i < 60; i++) {
      const middle = (far + near) / 2;
      // At 0 and 1 the variance is 0: step off the end, where the estimate itself counts as inside.
      if (middle === near || inside(middle)) near = middle;
      else far = middle;
    }
    return near;
  };
  return {
    lower: estimate === 0 ? 0 : edge(0),
    upper: estimate === 1 ? 1 : edge(1),
    level,
    method: 'newcombe-score',
  };
}
