import { profileScores } from './profile-scores.ts';
import type { ProfileOptions, ValueProfile } from './profile-values.ts';
import type { AsyncValueScorer } from './value-scorer.ts';

/**
 * As {@link profileValues}, for a scorer that has to wait: a judge, an embedding service.
 *
 * @param items - What the scorer takes.
 * @param scorer - For example from {@link judgeScorer} or {@link asyncEmbeddingScorer}.
 * @param options - See {@link ProfileOptions}.
 * @returns The profile.
 * @throws {@link SynthproofError} as {@link profileValues}, and what the scorer throws.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: [{ id: 'kind', anchors: { positive: ['help'] } }] });
 * const scorer = asyncEmbeddingScorer(spec, async (texts) => texts.map((text) => [text.includes('help') ? 1 : 0, 1]), { embedderId: 'demo' });
 * (await profileValuesAsync(['they help', 'they run'], scorer)).values[0].n; // => 2
 */
export async function profileValuesAsync<Input>(
  items: Input,
  scorer: AsyncValueScorer<Input>,
  options: ProfileOptions = {},
): Promise<ValueProfile> {
  return profileScores(await scorer.score(items), scorer, options);
}
