import type { ValueSpec } from './create-value-spec.ts';
import { anchorJob, type EmbeddingScorerOptions, embeddingId, type TextVectors } from './internal-embedding.ts';
import { distinctTexts } from './internal-text-items.ts';
import type { TextItems } from './lexicon-scorer.ts';
import type { ValueScorer } from './value-scorer.ts';

/**
 * Scores texts by their nearness to a spec's anchors, with vectors from a function of yours: the mean cosine with the
 * positive anchors, less the mean cosine with the negative ones where there are any. -2 to 2 with both, -1 to 1 without.
 *
 * The scale is the embedder's own: a score says nothing by itself, only beside scores of the same embedder and spec.
 * Every value must have anchors. A text whose vector is all zeros gets no score.
 *
 * @param spec - Values with anchors.
 * @param embed - Gives one vector per text, in order, all of one length.
 * @param options - See {@link EmbeddingScorerOptions}.
 * @returns A scorer of text lists and text columns. Equal texts are embedded once.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for a value without anchors; `BAD_OPTION` for a missing `embedderId` or
 * a function that gives a promise (use {@link asyncEmbeddingScorer}). Scoring throws `LENGTH_MISMATCH` and `BAD_NUMBER`
 * for bad vectors, `BAD_VALUE` for an anchor without direction.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: [{ id: 'kind', anchors: { positive: ['help'], negative: ['harm'] } }] });
 * const embed = (texts) => texts.map((text) => (text.startsWith('h') ? [text === 'harm' ? 0 : 1, text === 'harm' ? 1 : 0] : [1, 1]));
 * const scorer = embeddingScorer(spec, embed, { embedderId: 'toy/1' });
 * Array.from(scorer.score(['help', 'harm', 'other']).columns[0]); // => [1, -1, 0]
 */
export function embeddingScorer(
  spec: ValueSpec,
  embed: (texts: readonly string[]) => TextVectors,
  options: EmbeddingScorerOptions,
): ValueScorer<TextItems> {
  const id = embeddingId(spec, options);
  return {
    id,
    kind: 'embedding',
    spec,
    deterministic: true,
    score(input: TextItems) {
      const items = distinctTexts(input);
      const job = anchorJob(spec, items, options);
      for (const batch of job.batches) job.take(embed(batch));
      return job.finish();
    },
  };
}
