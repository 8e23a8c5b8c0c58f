import { sum } from '../math/sum.ts';
import type { UtilityComparison } from './utility-result.ts';

/** Name of a figure of merit. */
export type UtilityMetric = UtilityComparison['metric'];

/** A figure of merit of weighted hold-out rows; null where it is undefined. */
export type UtilityFigure = (weights: Float64Array) => number | null;

/** Figures of predicted class probabilities. The order of the scores is settled once, so a resample costs one pass. */
export function classFigures(
  probabilities: readonly Float64Array[],
  truth: Int32Array,
  positive: number | null,
): ReadonlyMap<UtilityMetric, UtilityFigure> {
  const rows = truth.length;
  const looked = positive === null ? probabilities.map((_, k) => k) : [positive];
  const called = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    let best = 0;
    for (let k = 1; k < probabilities.length; k++) if (probabilities[k]![i]! > probabilities[best]![i]!) best = k;
    called[i] = best;
  }
  const orders = looked.map((k) => {
    const scores = probabilities[k]!;
    return Uint32Array.from({ length: rows }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]! || a - b);
  });
  const meanOver = (figure: (k: number, at: number) => number | null): number | null => {
    const values = looked.map(figure).filter((value) => value !== null);
    return values.length < looked.length && positive !== null
      ? null
      : values.length === 0
        ? null
        : sum(values) / values.length;
  };
  return new Map<UtilityMetric, UtilityFigure>([
    ['auc', (weights) => meanOver((k, at) => weightedAuc(orders[at]!, probabilities[k]!, truth, k, weights))],
    [
      'accuracy',
      (weights) => {
        let right = 0;
        let total = 0;
        for (let i = 0; i < rows; i++) {
          total += weights[i]!;
          if (called[i] === truth[i]) right += weights[i]!;
        }
        return total > 0 ? right / total : null;
      },
    ],
    ['f1', (weights) => meanOver((k) => weightedF1(called, truth, k, weights))],
  ]);
}

function weightedAuc(
  order: Uint32Array,
  scores: Float64Array,
  truth: Int32Array,
  positive: number,
  weights: Float64Array,
): number | null {
  let zeros = 0;
  let ones = 0;
  let pairs = 0;
  for (let at = 0; at < order.length; ) {
    const score = scores[order[at]!]!;
    let tiedZeros = 0;
    let tiedOnes = 0;
    for (; at < order.length && scores[order[at]!] === score; at++) {
      const row = order[at]!;
      if (truth[row] === positive) tiedOnes += weights[row]!;
      else tiedZeros += weights[row]!;
    }
    pairs += tiedOnes * (zeros + tiedZeros / 2);
    zeros += tiedZeros;
    ones += tiedOnes;
  }
  return zeros > 0 && ones > 0 ? pairs / (zeros * ones) : null;
}

/** 2 tp / (2 tp + fp + fn); 0 when the class is never called, null when it does not occur either. */
function weightedF1(called: Int32Array, truth: Int32Array, positive: number, weights: Float64Array): number | null {
  let hits = 0;
  let either = 0;
  for (let i = 0; i < truth.length; i++) {
    const is = truth[i] === positive;
    const said = called[i] === positive;
    if (is && said) hits += weights[i]!;
    if (is) either += weights[i]!;
    if (said) either += weights[i]!;
  }
  return either > 0 ? (2 * hits) / either : null;
}

/** Figures of predicted numbers. */
export function numberFigures(predicted: Float64Array, truth: Float64Array): ReadonlyMap<UtilityMetric, UtilityFigure> {
  const errorOf = (weights: Float64Array): { readonly total: number; readonly squares: number } => {
    let total = 0;
    let squares = 0;
    for (let i = 0; i < truth.length; i++) {
      const d = predicted[i]! - truth[i]!;
      total += weights[i]!;
      squares += weights[i]! * d * d;
    }
    return { total, squares };
  };
  return new Map<UtilityMetric, UtilityFigure>([
    [
      'r2',
      (weights) => {
        const { total, squares } = errorOf(weights);
        let mean = 0;
        for (let i = 0; i < truth.length; i++) mean += (weights[i]! * truth[i]!) / total;
        let spread = 0;
        for (let i = 0; i < truth.length; i++) spread += weights[i]! * (truth[i]! - mean) * (truth[i]! - mean);
        return spread > 0 && Number.isFinite(squares / spread) ? 1 - squares / spread : null;
      },
    ],
    [
      'rmse',
      (weights) => {
        const { total, squares } = errorOf(weights);
        return total > 0 && Number.isFinite(squares) ? Math.sqrt(squares / total) : null;
      },
    ],
  ]);
}
