import { createRng } from '../random/create-rng.ts';
import { sampleWithoutReplacement } from '../random/sample-without-replacement.ts';
import type { Measure } from '../types.ts';
import { distinctN } from './distinct-n.ts';
import { noFigure, requireTexts, requireWhole } from './internal-check.ts';
import type { TokenLists } from './internal-token-counts.ts';
import { lempelZivRatio } from './lempel-ziv-ratio.ts';
import { lexicalDiversity } from './lexical-diversity.ts';
import { mattr } from './mattr.ts';
import { mtld } from './mtld.ts';
import { ngramNovelty } from './ngram-novelty.ts';
import { segmentWords } from './segment-words.ts';
import { selfBleu } from './self-bleu.ts';
import { type TopicEntropy, topicEntropy } from './topic-entropy.ts';
import { vendiScoreFromVectors } from './vendi-score-from-vectors.ts';

/** Options of {@link measureDiversity}. */
export interface DiversityOptions {
  /** Topic of each text, null for none. */
  readonly topics?: readonly (string | null)[] | undefined;
  /** Topics that were asked for; default: those that occur. */
  readonly wantedTopics?: readonly string[] | undefined;
  /** Reference texts that novelty is counted against, for example the seed texts. */
  readonly reference?: readonly string[] | undefined;
  /** Runs at which distinct-n is compared; default: all. See {@link distinctN}. */
  readonly sampleSize?: number | undefined;
  /** Most texts that enter the Vendi score, drawn at random; 2 to 1,024. Default 200. */
  readonly vendiTexts?: number | undefined;
  /** Seed of that draw. Default `synthproof`. */
  readonly seed?: string | undefined;
}

/** Diversity of a list of texts. */
export interface Diversity {
  /** Texts measured. */
  readonly texts: number;
  /** Words in all. */
  readonly words: number;
  /** Distinct-1, -2 and -3. */
  readonly distinct: readonly Measure[];
  /** Moving-average type-token ratio, windows of 50 words, over all texts in order. */
  readonly mattr: Measure;
  /** MTLD over all texts in order. */
  readonly mtld: Measure;
  /** Expected type-token ratio of 42 words; null below 42 words. */
  readonly hdd: number | null;
  /** Self-BLEU of runs to 4 words: overlap between texts, smaller is more diverse. */
  readonly selfBleu: Measure;
  /** Repetition of the raw text, smaller is more diverse. */
  readonly lempelZiv: Measure;
  /** Effective number of different texts, cosine of word counts. */
  readonly vendi: Measure;
  /** Spread over topics, where topics were given. */
  readonly topics?: TopicEntropy | undefined;
  /** Share of 4-word runs that the reference does not hold, where a reference was given. */
  readonly novelty?: Measure | undefined;
}

/**
 * The diversity figures of a list of texts in one call; words by {@link segmentWords}. No embedding, no service.
 *
 * All figures but HD-D, MATTR and MTLD move with the number and length of texts: compare lists of like size.
 *
 * @param texts - The texts.
 * @param options - See {@link DiversityOptions}.
 * @returns See {@link Diversity}; figures that cannot be computed are null with a reason.
 * @throws {@link SynthproofError} `BAD_VALUE`, `OUT_OF_RANGE`.
 * @example
 * const { words, distinct } = measureDiversity(['the cat sat', 'the dog sat']);
 * words; // => 6
 * distinct[0].value; // => 0.6666666666666666
 */
export function measureDiversity(texts: readonly string[], options: DiversityOptions = {}): Diversity {
  const { reference, topics, wantedTopics, sampleSize, vendiTexts = 200, seed = 'synthproof' } = options;
  requireTexts('texts', texts);
  requireWhole('vendiTexts', vendiTexts, 2, 1024);
  const lists = texts.map(segmentWords);
  const all = lists.flat();
  return {
    texts: texts.length,
    words: all.length,
    distinct: [1, 2, 3].map((n) => distinctN(lists, n, { sampleSize })),
    mattr: mattr(all),
    mtld: mtld(all),
    hdd: lexicalDiversity(lists).hdd,
    selfBleu: selfBleu(lists),
    lempelZiv: lempelZivRatio(texts),
    vendi: vendiOfWords(lists, vendiTexts, seed),
    ...(topics ? { topics: topicEntropy(topics, { topics: wantedTopics }) } : {}),
    ...(reference ? { novelty: ngramNovelty(lists, reference.map(segmentWords)) } : {}),
  };
}

/** Vendi score under the cosine of word counts; texts without words are left out. */
function vendiOfWords(lists: TokenLists, most: number, seed: string): Measure {
  let chosen = lists.filter((list) => list.length > 0);
  if (chosen.length > most) {
    const rows = sampleWithoutReplacement(createRng(seed).stream('diversity/vendi'), chosen.length, most);
    chosen = Array.from(rows, (row) => chosen[row]!);
  }
  if (chosen.length === 0) return noFigure('vendi-score', 'EMPTY_INPUT', [1, null], 'maximize', 0);
  const numbers = new Map<string, number>();
  for (const list of chosen) for (const word of list) if (!numbers.has(word)) numbers.set(word, numbers.size);
  return vendiScoreFromVectors(
    chosen.map((list) => {
      const counts = new Float64Array(numbers.size);
      for (const word of list) counts[numbers.get(word)!]!++;
      return counts;
    }),
  );
}
