import { normalQuantile } from '../../math/normal-quantile.ts';

/** One latent normal variable of a fit: a score for each row. */
export interface Latent {
  /** Position of its column in the table. */
  readonly column: number;
  /** True for the missing indicator. */
  readonly indicator: boolean;
  /** Ordered classes of the rows, -1 where there is none. */
  readonly codes: Int32Array;
  /** Rows of each class. */
  readonly counts: Float64Array;
  /** Scores, mean 0 and mean square 1 over the rows that have one; 0 elsewhere. */
  readonly scores: Float64Array;
  /** Whether every row has a score. */
  readonly complete: boolean;
  /** Whether the classes are read as thresholds of the latent normal rather than as points of it. */
  readonly discrete: boolean;
}

/** Scores of ordered classes: the normal quantile at the mid-rank of each, (mean rank - 1/2) / n. */
export function midRankScores(counts: Float64Array): Float64Array {
  let total = 0;
  for (let k = 0; k < counts.length; k++) total += counts[k]!;
  const scores = new Float64Array(counts.length);
  let below = 0;
  for (let k = 0; k < counts.length; k++) {
    // An empty class takes no rank; its score is never read.
    if (counts[k]! > 0) scores[k] = normalQuantile((below + counts[k]! / 2) / total);
    below += counts[k]!;
  }
  return scores;
}

/** A latent variable from its classes and the score of each class. */
export function makeLatent(
  place: Pick<Latent, 'column' | 'indicator' | 'discrete'>,
  codes: Int32Array,
  counts: Float64Array,
  scoreOf: Float64Array,
): Latent {
  let rows = 0;
  let sum = 0;
  for (let k = 0; k < counts.length; k++) {
    rows += counts[k]!;
    sum += counts[k]! * scoreOf[k]!;
  }
  const mean = sum / rows;
  let square = 0;
  for (let k = 0; k < counts.length; k++) square += counts[k]! * (scoreOf[k]! - mean) * (scoreOf[k]! - mean);
  const deviation = Math.sqrt(square / rows);
  const standard = new Float64Array(counts.length);
  for (let k = 0; k < counts.length; k++) standard[k] = deviation > 0 ? (scoreOf[k]! - mean) / deviation : 0;
  const scores = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) scores[i] = standard[codes[i]!]!;
  return { ...place, codes, counts, scores, complete: rows === codes.length };
}
