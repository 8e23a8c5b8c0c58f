import { SynthproofError } from '../errors.ts';
import type { TextCache } from '../generators/text/text-types.ts';
import { canonicalJson } from '../hash/canonical-json.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';
import { checkWhole } from '../stats/internal-options.ts';
import {
  addTotals,
  costOf,
  NO_USAGE,
  readResponse,
  restoreResponse,
  storeResponse,
  type TokenPrice,
  type TokenUsage,
  usageOf,
} from '../text/internal-response.ts';
import { makeWellFormed } from '../text/make-well-formed.ts';
import type { JobOptions, TextModel, TextRequest } from '../types.ts';

/** Why an answer of a model was not used. */
export type AskFailure = 'model-error' | 'bad-response' | 'refusal' | 'cut-off' | 'too-long' | 'empty' | 'invalid';

/** Options of every step that asks a model. */
export interface AskOptions extends JobOptions {
  /** The model. */
  readonly model: TextModel;
  /** Sampling temperature; default: the model's own. */
  readonly temperature?: number | undefined;
  /** Most tokens of an answer; default: the model's own. */
  readonly maxTokens?: number | undefined;
  /** Where answers are kept: with it, running again asks the model nothing. */
  readonly cache?: TextCache | undefined;
  /** Items under way at a time, 1 to 256. Default 4. The result does not depend on it. */
  readonly concurrency?: number | undefined;
  /** Longest answer that is looked at, in code units. Default 20,000. */
  readonly maxCharacters?: number | undefined;
  /** Price, for the cost in the result. */
  readonly price?: TokenPrice | undefined;
}

/** What a step asked and what it took. */
export interface AskTotals {
  /** Requests the model was asked, now. */
  readonly calls: number;
  /** Answers that came from the cache. */
  readonly cacheHits: number;
  /** Cache entries that could not be read: the model was asked instead. */
  readonly cacheFaults: number;
  /** Answers that could not be used, by reason; only reasons that occur. */
  readonly failures: Readonly<Partial<Record<AskFailure, number>>>;
  /** Tokens of all answers, cached ones too. */
  readonly usage: TokenUsage;
  /** Price of all answers that stated their tokens, cached ones too; null without a price. */
  readonly cost: number | null;
  /** Models that answered, by their own word, in code-unit order. */
  readonly modelIds: readonly string[];
}

/** An answer, or why there is none. */
export type Asked = { readonly text: string } | { readonly reason: AskFailure };

/** Asks a model, keeps answers, and counts. */
export interface Asker {
  /** `kept` names the place of the request: step, item, attempt. */
  ask(prompt: string, system: string, kept: readonly (string | number)[]): Promise<Asked>;
  /** Counts an answer that the caller's check refused. */
  refuse(): void;
  totals(): AskTotals;
}

/** Makes an asker; checks the options. */
export function createAsker(options: AskOptions): Asker {
  const { model, cache, price, temperature, maxTokens, maxCharacters = 20_000, concurrency = 4 } = options;
  if (typeof model?.generate !== 'function' || typeof model.id !== 'string')
    throw new SynthproofError(
      'BAD_OPTION',
      `model: expected a TextModel with id and generate, received ${model === undefined ? 'none' : typeof model}`,
      { argument: 'model' },
    );
  checkWhole('maxCharacters', maxCharacters, 1);
  checkWhole('concurrency', concurrency, 1, 256);
  let calls = 0;
  let cacheHits = 0;
  let cacheFaults = 0;
  let usage = NO_USAGE;
  const failures: Partial<Record<AskFailure, number>> = {};
  const models = new Set<string>();
  const fail = (reason: AskFailure): Asked => {
    failures[reason] = (failures[reason] ?? 0) + 1;
    return { reason };
  };
  return {
    async ask(prompt, system, kept) {
      const request: TextRequest = {
        prompt,
        system,
        ...(temperature === undefined ? {} : { temperature }),
        ...(maxTokens === undefined ? {} : { maxTokens }),
      };
      const key = sha256Hex(
        canonicalJson({
          model: makeWellFormed(model.id),
          prompt: sha256Hex(makeWellFormed(prompt)),
          system,
          temperature: temperature ?? null,
          maxTokens: maxTokens ?? null,
          kept: [...kept],
        }),
      );
      const stored = cache === undefined ? undefined : await cache.get(key);
      const present = stored !== undefined && stored !== null;
      let response = present ? restoreResponse(stored) : null;
      if (response !== null) cacheHits++;
      else {
        if (present) cacheFaults++;
        calls++;
        try {
          // Read here too: an answer may be an object whose getters throw.
          response = readResponse(
            await model.generate(options.signal === undefined ? request : { ...request, signal: options.signal }),
          );
        } catch {
          return fail('model-error');
        }
        if (response === null) return fail('bad-response');
        // Errors pass and overlong answers have no place in a cache.
        if (cache !== undefined && response.finishReason !== 'error' && response.text.length <= maxCharacters)
          await cache.set(key, storeResponse(response));
      }
      models.add(response.modelId);
      usage = addTotals(usage, usageOf(response.usage));
      const { finishReason, text } = response;
      if (finishReason === 'error') return fail('model-error');
      if (finishReason === 'refusal') return fail('refusal');
      if (text.length > maxCharacters) return fail('too-long');
      if (finishReason === 'length') return fail('cut-off');
      if (text.trim() === '') return fail('empty');
      return { text };
    },
    refuse() {
      fail('invalid');
    },
    totals: () => ({
      calls,
      cacheHits,
      cacheFaults,
      failures: { ...failures },
      usage: { ...usage },
      cost: costOf(usage, price),
      modelIds: [...models].sort(),
    }),
  };
}

/** Runs a job for each index, some at a time. A job that throws stops the rest. */
export async function runPool(
  count: number,
  stage: string,
  options: AskOptions,
  job: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      if (options.signal?.aborted === true) {
        next = count;
        throw new SynthproofError('ABORTED', `${stage}: stopped by the signal`, { argument: 'signal' });
      }
      const index = next++;
      try {
        await job(index);
      } catch (error) {
        next = count;
        throw error;
      }
      options.onProgress?.({ stage, done: ++done, total: count });
    }
  };
  if (options.signal?.aborted === true)
    throw new SynthproofError('ABORTED', `${stage}: stopped by the signal`, { argument: 'signal' });
  await Promise.all(Array.from({ length: Math.min(options.concurrency ?? 4, count) }, work));
}

/** Two lines of the same 16 hex digits that no text can hold unless it holds its own hash. */
export function fenced(text: string): string {
  const mark = `=====${sha256Hex(makeWellFormed(text)).slice(0, 16)}=====`;
  return `${mark}\n${makeWellFormed(text)}\n${mark}`;
}
