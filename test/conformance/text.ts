import {
  distinctN,
  lexicalDiversity,
  logOddsRatio,
  mattr,
  mtld,
  ngramNovelty,
  selfBleu,
  type VendiOptions,
  vendiScore,
  vendiScoreFromVectors,
} from '../../src/text/index.ts';
import type { FunctionTable } from './types.ts';

/** Word counts of two corpora over their joint vocabulary (words parted by white space). */
function countWords(corpora: readonly (readonly string[])[]): { words: string[]; counts: number[][] } {
  const lists = corpora.map((texts) => texts.flatMap((text) => text.split(/\s+/).filter((word) => word !== '')));
  const words = [...new Set(lists.flat())].sort();
  return { words, counts: lists.map((list) => words.map((word) => list.filter((other) => other === word).length)) };
}

const byWord = (words: readonly string[], values: Float64Array): Record<string, number> =>
  Object.fromEntries(words.map((word, i) => [word, values[i]!]));

export const textFunctions: FunctionTable = {
  lexicalDiversity: ({ texts }) => {
    const tokens = texts.flat();
    const { ttr, hdd, hill, yuleK, goodTuringCoverage, chao1 } = lexicalDiversity(texts);
    return {
      distinct1: distinctN(texts, 1).value,
      distinct2: distinctN(texts, 2).value,
      distinct3: distinctN(texts, 3).value,
      selfBleu2: selfBleu(texts, 2).value,
      selfBleu3: selfBleu(texts, 3).value,
      selfBleu4: selfBleu(texts, 4).value,
      ttr,
      mattr20: mattr(tokens, 20).value,
      mtld072: mtld(tokens, 0.72).value,
      hdd42: hdd,
      hill,
      yuleK,
      goodTuringCoverage,
      chao1,
    };
  },
  ngramNovelty: ({ texts, reference }) => ({
    novel2: ngramNovelty(texts, reference, 2).value,
    novel3: ngramNovelty(texts, reference, 3).value,
    novel4: ngramNovelty(texts, reference, 4).value,
  }),
  vendiScore: ({ x, kernel, weights }) => {
    const score = (options: VendiOptions): number | null =>
      (kernel ? vendiScore(kernel.flat(), options) : vendiScoreFromVectors(x, options)).value;
    if (kernel) return { q1: score({}), ...(weights ? { q1weighted: score({ weights }) } : {}) };
    return {
      q1: score({}),
      q2: score({ order: 2 }),
      qHalf: score({ order: 0.5 }),
      qInf: score({ order: Number.POSITIVE_INFINITY }),
      dualQ1: score({}),
    };
  },
  // One name, two forms: a vocabulary with counts and a background, or two corpora under two priors.
  logOddsDirichlet: ({ vocab, countsA, countsB, background, priorMass, corpusA, corpusB }) => {
    if (vocab) {
      const total = background.reduce((sum: number, count: number) => sum + count, 0);
      const prior = background.map((count: number) => (priorMass * count) / total);
      const { delta, z } = logOddsRatio(countsA, countsB, prior);
      return { delta: Array.from(delta), z: Array.from(z) };
    }
    const { words, counts } = countWords([corpusA, corpusB]);
    const [a, b] = counts as [number[], number[]];
    const pooled = words.map((_, i) => 0.5 * (a[i]! + b[i]!));
    return {
      uniform_0_1: byWord(words, logOddsRatio(a, b, 0.1).z),
      informative_half_pooled: byWord(words, logOddsRatio(a, b, pooled).z),
    };
  },
};
