import type { Measure } from '../types.ts';
import { figure, noFigure, requireWhole } from './internal-check.ts';
import { countRuns, expectedDistinct, requireTokenLists, type TokenLists } from './internal-token-counts.ts';

export type { TokenLists };

/** Options of {@link distinctN}. */
export interface DistinctNOptions {
  /**
   * Compare at this number of runs: the share of distinct ones expected in a random sample of that many. Default: all
   * runs. The plain share falls as a corpus grows, so corpora of different size compare only at one sample size.
   */
  readonly sampleSize?: number | undefined;
}

/**
 * Distinct-n: distinct runs of n tokens over all runs of n tokens of all texts. 1 = no run repeats; 0 to 1, larger is
 * more diverse. Runs do not cross texts.
 * Source: Li et al. 2016, A Diversity-Promoting Objective Function; the expectation at a sample size is rarefaction
 * (Hurlbert 1971).
 *
 * @param texts - Tokens of each text, for example of {@link segmentWords}.
 * @param n - Length of a run, from 1 to 16. Default 2.
 * @param options - See {@link DistinctNOptions}.
 * @returns A measure; n = number of runs. Null with `TOO_FEW_TOKENS` when there are fewer runs than one or `sampleSize`.
 * @throws {@link SynthproofError} `BAD_VALUE`, `OUT_OF_RANGE`.
 * @example
 * distinctN([['a', 'b', 'a', 'b']], 2).value; // => 0.6666666666666666
 */
export function distinctN(texts: TokenLists, n = 2, options: DistinctNOptions = {}): Measure {
  requireTokenLists('texts', texts);
  requireWhole('n', n, 1, 16);
  const metric = `distinct-${n}`;
  const { counts, total } = countRuns(texts, n);
  const { sampleSize } = options;
  if (sampleSize !== undefined) requireWhole('sampleSize', sampleSize, 1);
  if (total < (sampleSize ?? 1)) return noFigure(metric, 'TOO_FEW_TOKENS', [0, 1], 'maximize', total);
  if (sampleSize === undefined) return figure(metric, counts.length / total, [0, 1], 'maximize', total);
  return figure(metric, expectedDistinct(counts, total, sampleSize) / sampleSize, [0, 1], 'maximize', total);
}
