import { exp, log } from '../math/index.ts';
import type { Measure } from '../types.ts';
import { figure, noFigure, requireWhole } from './internal-check.ts';
import { longerRuns, tokenNumbers } from './internal-ngram-index.ts';
import { PairNumbers } from './internal-pair-numbers.ts';
import { requireTokenLists, type TokenLists } from './internal-token-counts.ts';

/** The two largest counts of a run within one text, and whose the largest is. */
interface TopCounts {
  readonly first: number[];
  readonly owner: number[];
  readonly second: number[];
}

/**
 * Self-BLEU: the mean over texts of the BLEU of a text against all others, with runs of 1 to n tokens of equal weight.
 * 0 to 1, smaller is more diverse; 1 when every text stands twice.
 *
 * Matches of zero count as 0.1 (smoothing method 1), a text that shares no token scores 0. Every text counts, no
 * sampling: the cost is linear, because a run's best count in the other texts is one of its two best in all. Length
 * drives it: compare corpora of like lengths.
 * Source: Zhu et al. 2018, Texygen; Papineni et al. 2002 for BLEU; equal to nltk's `sentence_bleu` with `method1`.
 *
 * @param texts - Tokens of each text.
 * @param n - Longest run, from 1 to 8. Default 4.
 * @returns A measure; n = number of texts. Null with `TOO_FEW_TEXTS` for fewer than two.
 * @throws {@link SynthproofError} `BAD_VALUE`, `OUT_OF_RANGE`.
 * @example
 * selfBleu([['a', 'b', 'c'], ['a', 'b', 'c']], 2).value; // => 1
 */
export function selfBleu(texts: TokenLists, n = 4): Measure {
  requireTokenLists('texts', texts);
  requireWhole('n', n, 1, 8);
  const metric = `self-bleu-${n}`;
  if (texts.length < 2) return noFigure(metric, 'TOO_FEW_TEXTS', [0, 1], 'minimize', texts.length);
  const logs = new Float64Array(texts.length);
  const none = new Uint8Array(texts.length);
  const words = new Map<string, number>();
  const tokens = texts.map((text) => tokenNumbers(words, text, true));
  let runs: readonly Int32Array[] = tokens;
  for (let k = 1; k <= n; k++) {
    if (k > 1) {
      const pairs = new PairNumbers();
      runs = runs.map((list, t) => longerRuns(pairs, list, tokens[t]!, true));
    }
    const { ids, counts, top } = countByText(runs);
    for (let t = 0; t < texts.length; t++) {
      let clipped = 0;
      for (let i = 0; i < ids[t]!.length; i++) {
        const id = ids[t]![i]!;
        clipped += Math.min(counts[t]![i]!, (top.owner[id] === t ? top.second[id] : top.first[id]) ?? 0);
      }
      if (k === 1 && clipped === 0) none[t] = 1;
      logs[t]! += log((clipped === 0 ? 0.1 : clipped) / Math.max(1, runs[t]!.length)) / n;
    }
  }
  const lengths = texts.map((tokens) => tokens.length);
  const sorted = lengths.slice().sort((a, b) => a - b);
  let sum = 0;
  for (let t = 0; t < texts.length; t++) {
    if (none[t] || lengths[t] === 0) continue;
    const closest = closestOther(sorted, lengths[t]!);
    const brevity = lengths[t]! > closest ? 1 : exp(1 - closest / lengths[t]!);
    sum += brevity * exp(logs[t]!);
  }
  return figure(metric, sum / texts.length, [0, 1], 'minimize', texts.length);
}

/** Distinct runs and their counts per text, and the two best counts of each run over texts. */
function countByText(runs: readonly Int32Array[]): {
  ids: Int32Array[];
  counts: Int32Array[];
  top: TopCounts;
} {
  const top: TopCounts = { first: [], owner: [], second: [] };
  const ids: Int32Array[] = [];
  const counts: Int32Array[] = [];
  runs.forEach((list, t) => {
    const sorted = list.slice().sort();
    const count = new Int32Array(sorted.length);
    let kept = 0;
    for (let i = 0; i < sorted.length; i++) {
      if (i === 0 || sorted[i] !== sorted[kept - 1]) sorted[kept++] = sorted[i]!;
      count[kept - 1]!++;
    }
    ids.push(sorted.subarray(0, kept));
    counts.push(count.subarray(0, kept));
    for (let i = 0; i < kept; i++) {
      const id = sorted[i]!;
      if (count[i]! > (top.first[id] ?? 0)) {
        top.second[id] = top.first[id] ?? 0;
        top.first[id] = count[i]!;
        top.owner[id] = t;
      } else if (count[i]! > (top.second[id] ?? 0)) top.second[id] = count[i]!;
    }
  });
  return { ids, counts, top };
}

/** The length closest to `own` among the others (the shorter of equals); `sorted` holds `own` itself once more. */
function closestOther(sorted: readonly number[], own: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < own) low = middle + 1;
    else high = middle;
  }
  if (sorted[low + 1] === own) return own;
  const shorter = low > 0 ? sorted[low - 1]! : Number.POSITIVE_INFINITY;
  const longer = low + 1 < sorted.length ? sorted[low + 1]! : Number.POSITIVE_INFINITY;
  return Math.abs(own - shorter) <= Math.abs(longer - own) ? shorter : longer;
}
