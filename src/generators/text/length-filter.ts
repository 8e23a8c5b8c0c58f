import { requireWhole } from '../../text/internal-check.ts';
import { segmentWords } from '../../text/segment-words.ts';
import type { TextFilter } from './filter-texts.ts';

/** Options of {@link lengthFilter}. */
export interface LengthFilterOptions {
  /** Fewest words. Default 1. */
  readonly minWords?: number | undefined;
  /** Most words. Default: no limit. */
  readonly maxWords?: number | undefined;
  /** Most code units. Default: no limit. */
  readonly maxCharacters?: number | undefined;
}

/**
 * Drops texts with too few or too many words (of {@link segmentWords}) or characters.
 *
 * @param options - See {@link LengthFilterOptions}.
 * @returns A filter for {@link filterTexts}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * lengthFilter({ maxWords: 2 }).check('one two three'); // => '3 words, at most 2 are allowed'
 */
export function lengthFilter(options: LengthFilterOptions = {}): TextFilter {
  const { minWords = 1, maxWords, maxCharacters } = options;
  requireWhole('minWords', minWords, 0);
  if (maxWords !== undefined) requireWhole('maxWords', maxWords, minWords);
  if (maxCharacters !== undefined) requireWhole('maxCharacters', maxCharacters, 1);
  return {
    id: `length/1(${minWords},${maxWords ?? ''},${maxCharacters ?? ''})`,
    check(text) {
      if (maxCharacters !== undefined && text.length > maxCharacters)
        return `${text.length} characters, at most ${maxCharacters} are allowed`;
      const words = segmentWords(text).length;
      if (words < minWords) return `${words} words, at least ${minWords} are wanted`;
      if (maxWords !== undefined && words > maxWords) return `${words} words, at most ${maxWords} are allowed`;
      return null;
    },
  };
}
