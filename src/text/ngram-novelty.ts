import type { Measure } from '../types.ts';
import { figure, noFigure, requireWhole } from './internal-check.ts';
import { createNgramIndex } from './internal-ngram-index.ts';
import { requireTokenLists, type TokenLists } from './internal-token-counts.ts';

/**
 * Share of the runs of n tokens of the texts that never occur in the reference texts. 0 = all seen before, 1 = all new.
 *
 * Neither end is better in itself: low novelty of long runs says that the reference is copied.
 *
 * @param texts - Tokens of each text.
 * @param reference - Tokens of each reference text, for example the training texts or all earlier generations.
 * @param n - Length of a run, from 1 to 16. Default 4.
 * @returns A measure; n = number of runs. Null with `TOO_FEW_TOKENS` when the texts hold no run.
 * @throws {@link SynthproofError} `BAD_VALUE`, `OUT_OF_RANGE`.
 * @example
 * ngramNovelty([['a', 'b', 'c']], [['x', 'a', 'b']], 2).value; // => 0.5
 */
export function ngramNovelty(texts: TokenLists, reference: TokenLists, n = 4): Measure {
  requireTokenLists('texts', texts);
  requireTokenLists('reference', reference);
  requireWhole('n', n, 1, 16);
  const index = createNgramIndex(n);
  for (const tokens of reference) index.add(tokens);
  let total = 0;
  let unseen = 0;
  for (const tokens of texts) {
    for (const id of index.find(tokens)) {
      total++;
      if (id < 0) unseen++;
    }
  }
  const metric = `ngram-novelty-${n}`;
  if (total === 0) return noFigure(metric, 'TOO_FEW_TOKENS', [0, 1], 'none', 0);
  return figure(metric, unseen / total, [0, 1], 'none', total);
}
