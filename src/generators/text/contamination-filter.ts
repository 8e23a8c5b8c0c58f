import { SynthproofError } from '../../errors.ts';
import { requireBetween, requireTexts, requireWhole } from '../../text/internal-check.ts';
import { createNgramIndex } from '../../text/internal-ngram-index.ts';
import { segmentWords } from '../../text/segment-words.ts';
import type { TextFilter } from './filter-texts.ts';

/** Options of {@link contaminationFilter}. */
export interface ContaminationOptions {
  /** Words in a run, 1 to 64. Default 8. */
  readonly size?: number | undefined;
  /** Largest share of a text's runs that may stand in an evaluation text, 0 to 1. Default 0: none. */
  readonly maxShare?: number | undefined;
}

/**
 * Drops texts that share runs of words with an evaluation set: training on them would spoil the evaluation. Words by
 * {@link segmentWords}, so case and punctuation do not hide a copy; rephrasing does. Texts and evaluation texts with
 * fewer words than a run are compared as they are with nothing: the filter cannot see them.
 *
 * @param evaluation - The texts that must stay unseen.
 * @param options - See {@link ContaminationOptions}.
 * @returns A filter for {@link filterTexts}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` when no evaluation text is long enough, `BAD_VALUE`, `OUT_OF_RANGE`.
 * @example
 * const filter = contaminationFilter(['What is the capital of France?'], { size: 4 });
 * filter.check('He asked: what is the capital of Spain?'); // => '2 of 5 runs of 4 words stand in the evaluation texts'
 */
export function contaminationFilter(evaluation: readonly string[], options: ContaminationOptions = {}): TextFilter {
  const { size = 8, maxShare = 0 } = options;
  requireTexts('evaluation', evaluation);
  requireWhole('size', size, 1, 64);
  requireBetween('maxShare', maxShare, 0, 1);
  const index = createNgramIndex(size);
  let runs = 0;
  for (const text of evaluation) runs += index.add(segmentWords(text)).length;
  if (runs === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `evaluation: expected at least one text of ${size} words, received none; lower size`,
      { argument: 'evaluation' },
    );
  return {
    id: `contamination/1(${size},${maxShare})`,
    check(text) {
      const found = index.find(segmentWords(text));
      let shared = 0;
      for (const id of found) if (id >= 0) shared++;
      if (shared <= maxShare * found.length) return null;
      return `${shared} of ${found.length} runs of ${size} words stand in the evaluation texts`;
    },
  };
}
