import { log } from '../../math/log.ts';
import { checkWhole } from '../../stats/internal-options.ts';
import { segmentWords } from '../../text/segment-words.ts';

/** Options of {@link hashedTextVectors}. */
export interface HashedVectorOptions {
  /** Length of a vector, 8 to 65,536. Default 256. */
  readonly dimensions?: number | undefined;
}

/**
 * Plain vectors of texts for diversity figures, where no embedder is at hand: words weighted by log(1 + count) and by how
 * few of the texts have them, hashed into a fixed number of signed places. Same words, same vector; meaning is not seen.
 *
 * Source: Weinberger et al. 2009 (signed feature hashing), Spärck Jones 1972 (inverse document frequency).
 *
 * @param texts - The texts; the word weights come from this list, so vectors of two calls are not comparable.
 * @param options - See {@link HashedVectorOptions}.
 * @returns One vector of length 1 per text; zeros for a text without words.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * const [a, b] = hashedTextVectors(['one two', 'one two', 'three']);
 * Array.from(a).every((x, i) => x === b[i]); // => true
 */
export function hashedTextVectors(texts: readonly string[], options: HashedVectorOptions = {}): Float64Array[] {
  const { dimensions = 256 } = options;
  checkWhole('dimensions', dimensions, 8, 65_536);
  const counts = texts.map((text) => {
    const words = new Map<string, number>();
    for (const word of segmentWords(text)) words.set(word, (words.get(word) ?? 0) + 1);
    return words;
  });
  const spread = new Map<string, number>();
  for (const words of counts) for (const word of words.keys()) spread.set(word, (spread.get(word) ?? 0) + 1);
  return counts.map((words) => {
    const out = new Float64Array(dimensions);
    for (const [word, count] of words) {
      const hash = hashWord(word);
      // Plus 1 keeps words that every text has.
      const weight = log(1 + count) * (1 + log(texts.length / spread.get(word)!));
      const place = (hash >>> 1) % dimensions;
      out[place] = out[place]! + ((hash & 1) === 0 ? weight : -weight);
    }
    let squares = 0;
    for (let j = 0; j < dimensions; j++) squares += out[j]! * out[j]!;
    if (squares > 0) {
      const norm = Math.sqrt(squares);
      for (let j = 0; j < dimensions; j++) out[j] = out[j]! / norm;
    }
    return out;
  });
}

/** FNV-1a over code units with a final mix, 32 bits. */
function hashWord(word: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
