import { SynthproofError } from '../../errors.ts';
import { createRng } from '../../random/create-rng.ts';
import { jobStep, requireBetween, requireWhole } from '../../text/internal-check.ts';
import { addTotals, costOf, NO_USAGE } from '../../text/internal-response.ts';
import type { JobOptions, TextModel } from '../../types.ts';
import { fillTemplate } from './fill-template.ts';
import { GENERATE_STEP, type ItemResult, runItem, type TextJob } from './internal-run-item.ts';
import type { PromptTemplate } from './prompt-template.ts';
import type { TextItem } from './quota-grid.ts';
import type {
  GeneratedText,
  TextCache,
  TextCheck,
  TextFailure,
  TextFailureReason,
  TokenPrice,
  TokenUsage,
} from './text-types.ts';

/** Options of {@link generateTexts}. */
export interface GenerateTextsOptions<T> extends JobOptions {
  /** The model. */
  readonly model: TextModel;
  /** The prompt; its gaps are filled with each item's values. */
  readonly template: PromptTemplate;
  /** Standing instruction. */
  readonly system?: string | undefined;
  /** Sampling temperature; default: the model's own. */
  readonly temperature?: number | undefined;
  /** Most tokens of an answer; default: the model's own. */
  readonly maxTokens?: number | undefined;
  /** Seed from which every request gets its own; default: none is sent. Services keep it at best effort. */
  readonly seed?: string | undefined;
  /** Reads or refuses an answer; what it throws counts as a refusal. Default: every text that is not empty is good. */
  readonly validate?: ((text: string, item: TextItem) => TextCheck<T>) | undefined;
  /** How often an item is asked again after an unusable answer, 0 to 20. Default 1. */
  readonly maxRepairs?: number | undefined;
  /** The prompt for asking again; default: the same prompt and, below it, why the last answer could not be used. */
  readonly repairPrompt?: ((prompt: string, reason: string) => string) | undefined;
  /** Longest answer that is looked at, in code units. Default 20,000. */
  readonly maxCharacters?: number | undefined;
  /** Whether an answer that the model cut off at its length limit may be used. Default false. */
  readonly acceptCutOff?: boolean | undefined;
  /** Where answers are kept: with it, running again asks the model nothing. */
  readonly cache?: TextCache | undefined;
  /** Items under way at a time, 1 to 256. Default 4. The result does not depend on it. */
  readonly concurrency?: number | undefined;
  /** Price, for the cost in the origins. */
  readonly price?: TokenPrice | undefined;
}

/** Result of {@link generateTexts}. */
export interface TextBatch<T> {
  /** The texts, in order of their items. */
  readonly texts: readonly GeneratedText<T>[];
  /** The items without a usable text, in order. */
  readonly failures: readonly TextFailure[];
  /** Failures by reason; only reasons that occur. */
  readonly failureCounts: Readonly<Partial<Record<TextFailureReason, number>>>;
  /** Requests the model was asked, now. */
  readonly calls: number;
  /** Answers that came from the cache. */
  readonly cacheHits: number;
  /** Cache entries that were no answer: asked again. */
  readonly cacheFaults: number;
  /** Tokens of all answers, cached ones too. */
  readonly usage: TokenUsage;
  /** Price of all answers that stated their tokens, cached ones too; null without a price. */
  readonly cost: number | null;
}

/**
 * Asks a model for one text per item: template filled, answer cleaned, validated, asked again a bounded number of
 * times, kept in a cache, and every failure counted with its reason. Nothing is retried behind your back and nothing is
 * shortened: a refused answer is a failure.
 *
 * Answers are hostile data. Their shape is checked; control characters go (tab and line feed stay); lone surrogates
 * become U+FFFD; both are counted in the origin. What an answer says is never followed: only its reason for being
 * refused enters a later prompt. Texts, failures and origins do not depend on which request finishes first.
 *
 * The cache key is the SHA-256 of the canonical JSON of step version, model, prompt, system, parameters, seed, attempt,
 * and how many earlier items have the same prompt. Errors of the model are not kept.
 *
 * @param items - What to make, for example `quotaGrid(...).items`.
 * @param options - See {@link GenerateTextsOptions}.
 * @returns See {@link TextBatch}.
 * @throws {@link SynthproofError} `BAD_VALUE` when an item does not fit the template (before the first call),
 * `OUT_OF_RANGE`, `BAD_OPTION`, `ABORTED`. What the cache throws comes through.
 * @example
 * const { items } = quotaGrid({ topic: ['tax', 'law'] }, 2, 'demo');
 * const model = mockTextModel((request) => `A note. ${request.prompt}`);
 * const batch = await generateTexts(items, { model, template: promptTemplate('On {{topic}}.') });
 * batch.texts.length; // => 2
 */
export async function generateTexts<T = null>(
  items: readonly TextItem[],
  options: GenerateTextsOptions<T>,
): Promise<TextBatch<T>> {
  const { model, template, maxRepairs = 1, maxCharacters = 20_000, concurrency = 4, seed, price } = options;
  if (typeof model?.generate !== 'function' || typeof model.id !== 'string')
    throw new SynthproofError('BAD_OPTION', 'model: expected a TextModel with id and generate', { argument: 'model' });
  requireWhole('maxRepairs', maxRepairs, 0, 20);
  requireWhole('maxCharacters', maxCharacters, 1);
  requireWhole('concurrency', concurrency, 1, 256);
  if (options.temperature !== undefined) requireBetween('temperature', options.temperature, 0, 100);
  if (options.maxTokens !== undefined) requireWhole('maxTokens', options.maxTokens, 1);
  const root = seed === undefined ? null : createRng(seed).stream(GENERATE_STEP);
  const seen = new Map<string, number>();
  const jobs = items.map((item, index): TextJob => {
    const prompt = fillTemplate(template, item.values);
    const occurrence = seen.get(prompt) ?? 0;
    seen.set(prompt, occurrence + 1);
    const seeds = root?.stream(index);
    return {
      index,
      item,
      prompt,
      occurrence,
      seeds: Array.from({ length: maxRepairs + 1 }, () => (seeds ? seeds.nextUint32() >>> 1 : null)),
    };
  });
  const results: ItemResult<T>[] = new Array(items.length);
  let next = 0;
  let done = 0;
  jobStep(options, 'generate', 0, items.length);
  const work = async (): Promise<void> => {
    while (next < jobs.length) {
      const job = jobs[next++]!;
      try {
        results[job.index] = await runItem(job, options, maxCharacters);
        jobStep(options, 'generate', ++done, items.length);
      } catch (error) {
        // The others must not go on asking a model whose answers nobody will read.
        next = jobs.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, jobs.length) }, work));
  return collect(results, price);
}

function collect<T>(results: readonly ItemResult<T>[], price: TokenPrice | undefined): TextBatch<T> {
  const texts: GeneratedText<T>[] = [];
  const failures: TextFailure[] = [];
  const failureCounts: Partial<Record<TextFailureReason, number>> = {};
  let calls = 0;
  let cacheHits = 0;
  let cacheFaults = 0;
  let usage: TokenUsage = NO_USAGE;
  for (const result of results) {
    calls += result.calls;
    cacheHits += result.cacheHits;
    cacheFaults += result.cacheFaults;
    usage = addTotals(usage, result.usage);
    if (result.text) texts.push(result.text);
    if (result.failure) {
      failures.push(result.failure);
      failureCounts[result.failure.reason] = (failureCounts[result.failure.reason] ?? 0) + 1;
    }
  }
  return { texts, failures, failureCounts, calls, cacheHits, cacheFaults, usage, cost: costOf(usage, price) };
}
