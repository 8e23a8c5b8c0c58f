import { canonicalJson } from '../hash/canonical-json.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';
import { checkOneOf, checkWhole } from '../stats/internal-options.ts';
import { segmentWords } from '../text/segment-words.ts';
import type { Column } from '../types.ts';
import type { ValueSpec } from './create-value-spec.ts';
import { compileLexicon } from './internal-lexicon.ts';
import { distinctTexts, spread } from './internal-text-items.ts';
import type { ValueScorer, ValueScores } from './value-scorer.ts';

/** Texts: a list with null for missing ones, or a text or category column. */
export type TextItems = readonly (string | null | undefined)[] | Column;

/** Options of {@link lexiconScorer}. */
export interface LexiconScorerOptions {
  /** Texts with fewer words get no score: a rate over a handful of words is noise. Default 10. */
  readonly minWords?: number | undefined;
  /** What an occurrence after a negation counts: `ignore` negations (default), `drop` it, or `flip` its sign. */
  readonly negation?: 'ignore' | 'drop' | 'flip' | undefined;
  /** How many words before an occurrence are searched for a negation. Default 3. */
  readonly negationWindow?: number | undefined;
  /** Words that negate, in lower case. Default: English `not no never nor neither without cannot` and words in `n't`. */
  readonly negationWords?: readonly string[] | undefined;
}

const NEGATIONS: readonly string[] = ['not', 'no', 'never', 'nor', 'neither', 'without', 'cannot'];

/**
 * Scores texts by counting a spec's descriptors: weighted occurrences per 1000 words.
 *
 * Words are cut by {@link segmentWords} (version 1). Within a value matches do not overlap and the longest phrase wins;
 * different values count independently. A negation turns the occurrence off or round (see the options).
 *
 * A lexicon sees words, not meaning: use it on corpora, with intervals, never on a single text. Text length drives
 * rates of rare words; compare texts of like length.
 *
 * @param spec - Values with descriptors; a value without descriptors scores 0.
 * @param options - See {@link LexiconScorerOptions}.
 * @returns A scorer of text lists and text columns. Its id holds a hash of spec and settings.
 * @throws {@link SynthproofError} `EMPTY_INPUT` when no value has descriptors; `BAD_VALUE` for a phrase without words
 * or named twice; `OUT_OF_RANGE` for bad options. Scoring throws `KIND_MISMATCH` for a column that holds no text.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: [{ id: 'order', descriptors: [{ phrase: 'law*' }, { phrase: 'law and order' }] }] });
 * const scorer = lexiconScorer(spec, { minWords: 1 });
 * Array.from(scorer.score(['Law and order by lawful means, he said.']).columns[0]); // => [250]
 */
export function lexiconScorer(spec: ValueSpec, options: LexiconScorerOptions = {}): ValueScorer<TextItems> {
  const { minWords = 10, negation = 'ignore', negationWindow = 3 } = options;
  checkWhole('minWords', minWords, 1);
  checkWhole('negationWindow', negationWindow, 1);
  checkOneOf('negation', negation, ['ignore', 'drop', 'flip']);
  const lexicon = compileLexicon(spec);
  const contractions = options.negationWords === undefined;
  const negations = new Set(options.negationWords ?? NEGATIONS);
  const settings =
    negation === 'ignore'
      ? { spec: spec.hash, minWords, negation }
      : { spec: spec.hash, minWords, negation, negationWindow, contractions, words: [...negations].sort() };
  const width = spec.values.length;

  const scoreText = (
    text: string,
    into: readonly Float64Array[],
    row: number,
    counts: Float64Array,
    skip: Int32Array,
  ): void => {
    const words = segmentWords(text);
    if (words.length < minWords) return;
    const negated = (start: number): boolean => {
      for (let i = Math.max(0, start - negationWindow); i < start; i++) {
        const word = words[i]!;
        if (negations.has(word) || (contractions && word.endsWith("n't"))) return true;
      }
      return false;
    };
    const factor = negation === 'drop' ? 0 : -1;
    counts.fill(0);
    lexicon.count(words, counts, skip, negation === 'ignore' ? () => 1 : (start) => (negated(start) ? factor : 1));
    for (let v = 0; v < width; v++) into[v]![row] = (1000 * counts[v]!) / words.length;
  };

  return {
    id: `lexicon/1:${sha256Hex(canonicalJson(settings)).slice(0, 32)}`,
    kind: 'lexicon',
    spec,
    deterministic: true,
    score(input: TextItems): ValueScores {
      const counts = new Float64Array(width);
      const skip = new Int32Array(width);
      const { codes, texts } = distinctTexts(input);
      const columns = spec.values.map(() => new Float64Array(texts.length).fill(Number.NaN));
      for (let i = 0; i < texts.length; i++) scoreText(texts[i]!, columns, i, counts, skip);
      return { rows: codes.length, columns: spread(codes, columns) };
    },
  };
}
