import { canonicalJson } from '../../hash/canonical-json.ts';
import { createRng } from '../../random/create-rng.ts';
import { makeWellFormed } from '../../text/make-well-formed.ts';
import { segmentWords } from '../../text/segment-words.ts';
import type { TextModel } from '../../types.ts';
import { compileNgramModel, MOST_WORDS } from './internal-ngram-sampler.ts';
import type { NgramModel } from './ngram-model-types.ts';

/**
 * An n-gram model behind the model port: the generator that is always there, offline, with the same answer to the same
 * request on every engine.
 *
 * It does not understand the prompt: prompt, system and seed only choose the random words. Temperature is not used;
 * `maxTokens` is the most words and marks (default 200).
 *
 * @param model - A model of {@link fitNgramModel}, also read back from JSON.
 * @param id - Name of the model; default `ngram-text/1:` and the first 16 digits of its digest.
 * @returns The model port; `modelId` is the same name.
 * @throws {@link SynthproofError} `BAD_MODEL`.
 * @example
 * const model = ngramTextModel(fitNgramModel(['The cat sat.', 'The cat ran.'], { minTexts: 2 }));
 * (await model.generate({ prompt: 'hi', seed: 1 })).text === (await model.generate({ prompt: 'hi', seed: 1 })).text; // => true
 */
export function ngramTextModel(model: NgramModel, id = `ngram-text/1:${String(model.digest).slice(0, 16)}`): TextModel {
  const sampler = compileNgramModel(model);
  const root = createRng(`ngram-text/1/model/${model.digest}`);
  return {
    id,
    async generate({ prompt, system = null, seed = null, maxTokens = 200 }) {
      const request = canonicalJson({
        prompt: makeWellFormed(prompt),
        system: system === null ? null : makeWellFormed(system),
        seed,
      });
      const limit = Math.max(1, Math.min(MOST_WORDS, Math.floor(maxTokens)));
      const { text, words, cut } = sampler.write(root.stream(request), limit);
      return {
        text,
        modelId: id,
        finishReason: cut ? 'length' : 'stop',
        usage: { inputTokens: segmentWords(prompt).length, outputTokens: words },
      };
    },
  };
}
