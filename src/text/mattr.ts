import type { Measure } from '../types.ts';
import { figure, noFigure, requireWhole } from './internal-check.ts';

/**
 * Moving-average type-token ratio: the mean share of distinct tokens over all windows of fixed length. 0 to 1, larger is
 * more varied; does not fall with length as the plain ratio does.
 * Source: Covington and McFall 2010.
 *
 * @param tokens - Tokens in order; join the token lists of several texts for a corpus.
 * @param window - Tokens in a window, from 1. Default 50.
 * @returns A measure; n = number of tokens. Null with `TOO_FEW_TOKENS` when there are fewer than a window's.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * mattr(['a', 'b', 'a', 'c'], 2).value; // => 1
 */
export function mattr(tokens: readonly string[], window = 50): Measure {
  requireWhole('window', window, 1);
  const n = tokens.length;
  if (n < window) return noFigure('mattr', 'TOO_FEW_TOKENS', [0, 1], 'maximize', n);
  const counts = new Map<string, number>();
  let distinct = 0;
  for (let i = 0; i < n; i++) {
    counts.set(tokens[i]!, (counts.get(tokens[i]!) ?? 0) + 1);
    if (i >= window) {
      const left = counts.get(tokens[i - window]!)! - 1;
      if (left === 0) counts.delete(tokens[i - window]!);
      else counts.set(tokens[i - window]!, left);
    }
    // A sum of whole numbers: exact, whatever the order.
    if (i >= window - 1) distinct += counts.size;
  }
  return figure('mattr', distinct / (n - window + 1) / window, [0, 1], 'maximize', n);
}
