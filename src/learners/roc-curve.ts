import { midRanks } from '../stats/mid-ranks.ts';
import { numberOption, requireRows } from './internal-check.ts';

/** Options of {@link rocCurve}. */
export interface RocCurveOptions {
  /** Most points kept, the two ends included, 2 to 10,000. Default 50. */
  readonly points?: number | undefined;
}

/** Result of {@link rocCurve}. */
export interface RocCurve {
  /** Share of class 0 that is called 1, rising from 0 to 1. */
  readonly falsePositive: readonly number[];
  /** Share of class 1 that is called 1, at the same thresholds. */
  readonly truePositive: readonly number[];
}

/**
 * The ROC curve of scores, thinned to points that are evenly spaced along it.
 *
 * Tied scores share one point. Without rows of both classes it is the two ends.
 *
 * @param labels - 1 or 0 per row.
 * @param scores - Finite score per row; higher speaks for 1.
 * @param options - See {@link RocCurveOptions}.
 * @returns See {@link RocCurve}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER`, `OUT_OF_RANGE`.
 * @example
 * rocCurve([0, 1], [0.2, 0.7]); // => { falsePositive: [0, 0, 1], truePositive: [0, 1, 1] }
 */
export function rocCurve(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: RocCurveOptions = {},
): RocCurve {
  const points = numberOption('points', options.points, 50, { low: 2, high: 10_000, whole: true });
  const n = labels.length;
  requireRows('scores', scores.length, n);
  const ranks = midRanks(scores);
  let positives = 0;
  for (let i = 0; i < n; i++) if (labels[i] === 1) positives++;
  const negatives = n - positives;
  if (positives === 0 || negatives === 0) return { falsePositive: [0, 1], truePositive: [0, 1] };
  // Twice a mid-rank is a whole number from 2 to 2n: one slot per distinct score.
  const ones = new Float64Array(2 * n + 1);
  const zeros = new Float64Array(2 * n + 1);
  for (let i = 0; i < n; i++) {
    const slot = 2 * ranks[i]!;
    if (labels[i] === 1) ones[slot] = ones[slot]! + 1;
    else zeros[slot] = zeros[slot]! + 1;
  }
  const falsePositive = [0];
  const truePositive = [0];
  let hits = 0;
  let alarms = 0;
  let kept = 0;
  for (let slot = 2 * n; slot >= 2; slot--) {
    if (ones[slot] === 0 && zeros[slot] === 0) continue;
    hits += ones[slot]!;
    alarms += zeros[slot]!;
    const along = (hits / positives + alarms / negatives) / 2;
    const last = hits + alarms === n;
    if (!last && along < (kept + 1) / (points - 1)) continue;
    kept = Math.floor(along * (points - 1));
    falsePositive.push(alarms / negatives);
    truePositive.push(hits / positives);
  }
  return { falsePositive, truePositive };
}
