import { createRng, uniformInt } from '../../src/random/index.ts';
import { minHash, nearDuplicates, segmentWords, selfBleu } from '../../src/text/index.ts';
import { type Bench, medianMs } from './types.ts';

const AREA = 'text';

/** Made-up texts. */
function makeTexts(count: number, words: number, seed: string): string[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: words }, () => `w${Math.min(uniformInt(rng, 5000), uniformInt(rng, 5000))}`).join(' '),
  );
}

/** The shingles of a text, the obvious way. */
function plainShingles(text: string): Set<string> {
  const words = segmentWords(text);
  const shingles = new Set<string>();
  for (let i = 0; i + 5 <= words.length; i++) shingles.add(words.slice(i, i + 5).join(' '));
  return shingles;
}

/** MinHash the obvious way: hash each shingle's text once for every permutation. */
function plainMinHash(text: string): Float64Array {
  const signature = new Float64Array(128).fill(Number.POSITIVE_INFINITY);
  for (const shingle of plainShingles(text))
    for (let k = 0; k < 128; k++) {
      let hash = k;
      for (let i = 0; i < shingle.length; i++) hash = (Math.imul(hash, 31) + shingle.charCodeAt(i)) >>> 0;
      if (hash < signature[k]!) signature[k] = hash;
    }
  return signature;
}

/** Near-duplicates the obvious way: the Jaccard similarity of every pair of sets. */
function plainNear(texts: readonly string[]): number {
  const sets = texts.map(plainShingles);
  let found = 0;
  for (let i = 0; i < sets.length; i++)
    for (let j = 0; j < i; j++) {
      let shared = 0;
      for (const shingle of sets[i]!) if (sets[j]!.has(shingle)) shared++;
      if (shared / (sets[i]!.size + sets[j]!.size - shared) >= 0.8) found++;
    }
  return found;
}

export const bench: Bench = async function* () {
  const texts = makeTexts(10_000, 150, 'speed/text');
  const short = makeTexts(10_000, 30, 'speed/short');
  const few = texts.slice(0, 500);
  yield {
    area: AREA,
    job: 'MinHash of 10,000 texts of 30 words, 128 permutations, one at a time',
    ours: medianMs(() => short.map((text) => minHash(text)), 3),
    peer: 'plain loop',
    theirs: medianMs(() => short.map(plainMinHash), 1),
    goal: 0.5,
  };
  yield {
    area: AREA,
    job: 'near-duplicates of 500 texts of 150 words',
    ours: medianMs(() => nearDuplicates(few), 3),
    peer: 'plain loop over all pairs',
    theirs: medianMs(() => plainNear(few), 1),
    goal: 0.5,
  };
  yield {
    area: AREA,
    job: 'near-duplicates of 10,000 texts of 150 words (shingles, MinHash, LSH, verification)',
    ours: medianMs(() => nearDuplicates(texts), 3),
    peer: 'none: all pairs would take minutes',
    theirs: null,
  };
  const tokens = texts.slice(0, 2000).map(segmentWords);
  yield {
    area: AREA,
    job: 'self-BLEU-4 of all 2,000 texts of 150 words',
    ours: medianMs(() => selfBleu(tokens), 3),
    peer: 'none: quadratic elsewhere',
    theirs: null,
  };
};
