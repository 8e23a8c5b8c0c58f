import type { Measure } from '../types.ts';
import { figure, noFigure, requireBetween } from './internal-check.ts';

/**
 * Measure of textual lexical diversity: the mean length of runs in which the type-token ratio stays above a threshold,
 * read forwards and backwards and averaged. From 1 up, in tokens; larger is more varied.
 *
 * A run ends when its ratio is at or below the threshold; the rest at the end counts as the part (1 - ratio) /
 * (1 - threshold) of a run. Without a single run, also in part (no token repeats), the value is null.
 * Source: McCarthy and Jarvis 2010.
 *
 * @param tokens - Tokens in order; join the token lists of several texts for a corpus.
 * @param threshold - Ratio at which a run ends, 0 to 1 exclusive. Default 0.72.
 * @returns A measure; n = number of tokens. Null with `TOO_FEW_TOKENS` for an empty list, `NO_REPETITION` when no token
 * repeats.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * mtld(['a', 'a', 'a', 'a']).value; // => 2
 */
export function mtld(tokens: readonly string[], threshold = 0.72): Measure {
  requireBetween('threshold', threshold, Number.MIN_VALUE, 1 - 1e-15);
  const n = tokens.length;
  if (n === 0) return noFigure('mtld', 'TOO_FEW_TOKENS', [1, null], 'maximize', 0);
  const forwards = factors(tokens, threshold);
  if (forwards === 0) return noFigure('mtld', 'NO_REPETITION', [1, null], 'maximize', n);
  const backwards = factors(tokens.slice().reverse(), threshold);
  return figure('mtld', (n / forwards + n / backwards) / 2, [1, null], 'maximize', n);
}

/** Runs, the last one in part. */
function factors(tokens: readonly string[], threshold: number): number {
  const types = new Set<string>();
  let length = 0;
  let runs = 0;
  for (const token of tokens) {
    types.add(token);
    length++;
    if (types.size / length <= threshold) {
      runs++;
      types.clear();
      length = 0;
    }
  }
  return length === 0 ? runs : runs + (1 - types.size / length) / (1 - threshold);
}
