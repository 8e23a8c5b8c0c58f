import { exp, log } from '../math/index.ts';
import { countRuns, expectedDistinct, requireTokenLists, type TokenLists } from './internal-token-counts.ts';

/** Diversity of the words of a corpus, by the figures of ecology and stylistics. Every field is null for no tokens. */
export interface LexicalDiversity {
  /** Number of tokens. */
  readonly tokens: number;
  /** Type-token ratio: distinct tokens over tokens. 0 to 1; falls as texts get longer. */
  readonly ttr: number | null;
  /** HD-D: expected type-token ratio of 42 tokens drawn without replacement; null below 42 tokens. 0 to 1. */
  readonly hdd: number | null;
  /** Hill numbers, the effective number of words: q0 = distinct words, q1 = exp of the entropy, q2 = 1 / chance that two tokens are equal. */
  readonly hill: {
    /** Distinct words. */
    readonly q0: number | null;
    /** exp of the Shannon entropy. */
    readonly q1: number | null;
    /** Inverse Simpson index. */
    readonly q2: number | null;
  };
  /** Yule's K, 10^4 (sum of squared counts - N) / N^2: from 0, smaller is more diverse. */
  readonly yuleK: number | null;
  /** Good-Turing coverage, 1 - words seen once / N: estimated share of the source's tokens whose word was seen. */
  readonly goodTuringCoverage: number | null;
  /** Chao1, bias-corrected: a lower bound of how many words the source has. */
  readonly chao1: number | null;
}

/**
 * Type-token ratio, HD-D, Hill numbers, Yule's K, Good-Turing coverage and Chao1 of a corpus.
 *
 * All but HD-D, K and q2 grow or fall with the number of tokens: compare corpora of like size.
 * Source: McCarthy and Jarvis 2007 (HD-D); Hill 1973; Yule 1944; Good 1953; Chao 1984.
 *
 * @param texts - Tokens of each text.
 * @returns See {@link LexicalDiversity}.
 * @throws {@link SynthproofError} `BAD_VALUE`.
 * @example
 * const { hill, chao1 } = lexicalDiversity([['a', 'a'], ['b', 'b']]);
 * hill; // => { q0: 2, q1: 2, q2: 2 }
 * chao1; // => 2
 */
export function lexicalDiversity(texts: TokenLists): LexicalDiversity {
  requireTokenLists('texts', texts);
  const { counts, total: n } = countRuns(texts, 1);
  if (n === 0)
    return {
      tokens: 0,
      ttr: null,
      hdd: null,
      hill: { q0: null, q1: null, q2: null },
      yuleK: null,
      goodTuringCoverage: null,
      chao1: null,
    };
  let entropy = 0;
  let squares = 0;
  let once = 0;
  let twice = 0;
  for (const count of counts) {
    entropy -= (count / n) * log(count / n);
    squares += count * count;
    if (count === 1) once++;
    if (count === 2) twice++;
  }
  return {
    tokens: n,
    ttr: counts.length / n,
    hdd: n < HDD_SAMPLE ? null : expectedDistinct(counts, n, HDD_SAMPLE) / HDD_SAMPLE,
    hill: { q0: counts.length, q1: exp(entropy), q2: (n * n) / squares },
    yuleK: (10_000 * (squares - n)) / (n * n),
    goodTuringCoverage: 1 - once / n,
    chao1: counts.length + (once * (once - 1)) / (2 * (twice + 1)),
  };
}

const HDD_SAMPLE = 42;
