import type { ValueSpec } from './create-value-spec.ts';
import { anchorJob, type EmbeddingScorerOptions, embeddingId, type TextVectors } from './internal-embedding.ts';
import { distinctTexts } from './internal-text-items.ts';
import type { TextItems } from './lexicon-scorer.ts';
import type { AsyncValueScorer } from './value-scorer.ts';

/**
 * As {@link embeddingScorer}, for an embedder that has to wait. Batches are asked for one after the other.
 *
 * @param spec - Values with anchors.
 * @param embed - Promises one vector per text, in order, all of one length.
 * @param options - See {@link EmbeddingScorerOptions}.
 * @returns A scorer for {@link profileValuesAsync}.
 * @throws {@link SynthproofError} as {@link embeddingScorer}; what `embed` throws comes through.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: [{ id: 'kind', anchors: { positive: ['help'] } }] });
 * const scorer = asyncEmbeddingScorer(spec, async (texts) => texts.map(() => [3, 4]), { embedderId: 'toy/1' });
 * Array.from((await scorer.score(['hello'])).columns[0]); // => [1]
 */
export function asyncEmbeddingScorer(
  spec: ValueSpec,
  embed: (texts: readonly string[]) => Promise<TextVectors>,
  options: EmbeddingScorerOptions,
): AsyncValueScorer<TextItems> {
  const id = embeddingId(spec, options);
  return {
    id,
    kind: 'embedding',
    spec,
    deterministic: true,
    async score(input: TextItems) {
      const items = distinctTexts(input);
      const job = anchorJob(spec, items, options);
      for (const batch of job.batches) job.take(await embed(batch));
      return job.finish();
    },
  };
}
