import { createRng } from '../../random/create-rng.ts';
import { jobStep, requireWhole } from '../../text/internal-check.ts';
import type { JobOptions, SampleOptions } from '../../types.ts';
import { compileNgramModel, MOST_WORDS } from './internal-ngram-sampler.ts';
import type { NgramModel } from './ngram-model-types.ts';

/** Options of {@link sampleNgramText}. */
export interface NgramSampleOptions extends SampleOptions, JobOptions {
  /** Longest text in words and marks, 1 to 100,000; a longer one is cut there. Default 200. */
  readonly maxWords?: number | undefined;
}

/**
 * Texts from an n-gram model. Text i depends on the model, the seed and i only, so any sharding gives the same texts;
 * whole-number arithmetic, so every engine does.
 *
 * @param model - A model of {@link fitNgramModel}, also read back from JSON.
 * @param options - See {@link NgramSampleOptions}.
 * @returns One text per row.
 * @throws {@link SynthproofError} `BAD_MODEL`, `OUT_OF_RANGE`, `BAD_TEXT` for a seed with lone surrogates, `ABORTED`.
 * @example
 * const model = fitNgramModel(['The cat sat.', 'The cat ran.'], { minTexts: 2 });
 * sampleNgramText(model, { rows: 2, seed: 'demo', offset: 1 })[0] === sampleNgramText(model, { rows: 2, seed: 'demo' })[1]; // => true
 */
export function sampleNgramText(model: NgramModel, options: NgramSampleOptions): string[] {
  const { rows, seed, offset = 0, maxWords = 200 } = options;
  requireWhole('rows', rows, 0);
  requireWhole('offset', offset, 0, Number.MAX_SAFE_INTEGER - rows);
  requireWhole('maxWords', maxWords, 1, MOST_WORDS);
  const sampler = compileNgramModel(model);
  const root = createRng(seed).stream(`ngram-text/1/sample/${model.digest}`);
  const texts: string[] = [];
  for (let i = 0; i < rows; i++) {
    if ((i & 63) === 0) jobStep(options, 'sample', i, rows);
    texts.push(sampler.write(root.stream(offset + i), maxWords).text);
  }
  options.onProgress?.({ stage: 'sample', done: rows, total: rows });
  return texts;
}
