import { SynthproofError } from '../../errors.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import {
  addTotals,
  type CheckedResponse,
  costOf,
  NO_USAGE,
  readResponse,
  restoreResponse,
  storeResponse,
  usageOf,
} from '../../text/internal-response.ts';
import { makeWellFormed } from '../../text/make-well-formed.ts';
import type { TextRequest } from '../../types.ts';
import type { GenerateTextsOptions } from './generate-texts.ts';
import type { TextItem } from './quota-grid.ts';
import type { GeneratedText, TextCheck, TextFailure, TextFailureReason, TokenUsage } from './text-types.ts';

/** Name and version of the step: part of every cache key and origin. */
export const GENERATE_STEP = 'generate-texts/1';

/** One item to be made. */
export interface TextJob {
  readonly index: number;
  readonly item: TextItem;
  readonly prompt: string;
  /** How many earlier items have the same prompt: keeps their cache entries apart. */
  readonly occurrence: number;
  /** Seed of each attempt, null where none is sent. */
  readonly seeds: readonly (number | null)[];
}

/** What became of an item. */
export interface ItemResult<T> {
  readonly text: GeneratedText<T> | null;
  readonly failure: TextFailure | null;
  readonly calls: number;
  readonly cacheHits: number;
  readonly cacheFaults: number;
  readonly usage: TokenUsage;
}

/** An answer that was not used. */
interface Refused {
  readonly reason: TextFailureReason;
  readonly detail: string;
}

/** Asks for one item until an answer is usable or the attempts are spent. */
export async function runItem<T>(
  job: TextJob,
  options: GenerateTextsOptions<T>,
  maxCharacters: number,
): Promise<ItemResult<T>> {
  const { model, cache, price, repairPrompt = askAgain } = options;
  let calls = 0;
  let cacheHits = 0;
  let cacheFaults = 0;
  let usage = NO_USAGE;
  let refused: Refused = { reason: 'model-error', detail: '' };
  const attempts = job.seeds.length;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (options.signal?.aborted)
      throw new SynthproofError('ABORTED', 'generate: stopped by the signal', { argument: 'signal' });
    const prompt = attempt === 0 ? job.prompt : repairPrompt(job.prompt, refused.detail);
    const seed = job.seeds[attempt]!;
    const request: TextRequest = {
      prompt,
      ...(options.system === undefined ? {} : { system: options.system }),
      ...(seed === null ? {} : { seed }),
      ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
      ...(options.maxTokens === undefined ? {} : { maxTokens: options.maxTokens }),
    };
    const key = keyOf(model.id, request, attempt, job.occurrence);
    const stored = cache ? await cache.get(key) : undefined;
    let response: CheckedResponse | null = null;
    if (stored !== undefined && stored !== null) {
      response = restoreResponse(stored);
      if (response) cacheHits++;
      else cacheFaults++;
    }
    if (response === null) {
      calls++;
      const answer = await call(model, options.signal ? { ...request, signal: options.signal } : request);
      if ('reason' in answer) {
        refused = answer;
        continue;
      }
      response = answer;
      // Errors pass and overlong answers have no place in a cache; everything else is what the model says.
      if (cache && response.finishReason !== 'error' && response.text.length <= maxCharacters)
        await cache.set(key, storeResponse(response));
    }
    usage = addTotals(usage, usageOf(response.usage));
    const { text, removed } =
      response.text.length <= maxCharacters ? removeControls(response.text) : { text: '', removed: 0 };
    const check = judge(response, text, job.item, options, maxCharacters);
    if ('reason' in check) {
      refused = check;
      continue;
    }
    return {
      text: {
        index: job.index,
        values: job.item.values,
        text,
        value: check.value,
        origin: {
          kind: 'synthetic',
          model: model.id,
          modelId: response.modelId,
          templateHash: options.template.hash,
          promptHash: sha256Hex(makeWellFormed(prompt)),
          rawOutputHash: sha256Hex(response.text),
          steps: [GENERATE_STEP],
          attempts: attempt + 1,
          requestSeed: seed,
          finishReason: response.finishReason,
          cleaned: removed + response.replaced,
          usage,
          cost: costOf(usage, price),
        },
      },
      failure: null,
      calls,
      cacheHits,
      cacheFaults,
      usage,
    };
  }
  const failure = { index: job.index, values: job.item.values, ...refused, attempts };
  return { text: null, failure, calls, cacheHits, cacheFaults, usage };
}

function keyOf(model: string, request: TextRequest, attempt: number, occurrence: number): string {
  const { prompt, system = null, seed = null, temperature = null, maxTokens = null } = request;
  const hash = (text: string | null): string | null => (text === null ? null : sha256Hex(makeWellFormed(text)));
  return sha256Hex(
    canonicalJson({
      step: GENERATE_STEP,
      model: makeWellFormed(model),
      prompt: hash(prompt),
      system: hash(system),
      seed,
      temperature,
      maxTokens,
      attempt,
      occurrence,
    }),
  );
}

/** One request; what the model throws is an answer that cannot be used. */
async function call(
  model: GenerateTextsOptions<unknown>['model'],
  request: TextRequest,
): Promise<CheckedResponse | Refused> {
  try {
    // Read here too: an answer may be an object whose getters throw.
    return (
      readResponse(await model.generate(request)) ?? {
        reason: 'bad-response',
        detail: 'the answer did not have the shape of a TextResponse',
      }
    );
  } catch (error) {
    return { reason: 'model-error', detail: inShort(error instanceof Error ? error.message : String(error)) };
  }
}

/** Whether an answer can be used. */
function judge<T>(
  response: CheckedResponse,
  text: string,
  item: TextItem,
  options: GenerateTextsOptions<T>,
  maxCharacters: number,
): { readonly value: T | null } | Refused {
  const { finishReason } = response;
  if (finishReason === 'error') return { reason: 'model-error', detail: 'the model stopped with an error' };
  if (finishReason === 'refusal') return { reason: 'refusal', detail: 'the model refused to answer' };
  if (response.text.length > maxCharacters)
    return {
      reason: 'too-long',
      detail: `the answer has ${response.text.length} characters, at most ${maxCharacters} are allowed`,
    };
  if (finishReason === 'length' && options.acceptCutOff !== true)
    return { reason: 'cut-off', detail: 'the answer was cut off at its length limit' };
  if (text.trim() === '') return { reason: 'empty', detail: 'the answer was empty' };
  if (!options.validate) return { value: null };
  let check: TextCheck<T>;
  try {
    check = options.validate(text, item);
  } catch (error) {
    return { reason: 'invalid', detail: inShort(error instanceof Error ? error.message : String(error)) };
  }
  return check.ok ? { value: check.value } : { reason: 'invalid', detail: inShort(check.reason) };
}

/** Text without control characters except tab and line feed (carriage returns go too), and how many were removed. */
function removeControls(text: string): { text: string; removed: number } {
  let result = '';
  let start = 0;
  let removed = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x09 || code === 0x0a || (code >= 0x20 && code < 0x7f) || code > 0x9f) continue;
    result += text.slice(start, i);
    start = i + 1;
    removed++;
  }
  return { text: removed === 0 ? text : result + text.slice(start), removed };
}

/** At most 200 characters of a foreign message, on one line. */
function inShort(message: string): string {
  const line = message.slice(0, 1000).replace(/[\t\n ]+/g, ' ');
  return makeWellFormed(removeControls(line).text.slice(0, 200)).trim();
}

function askAgain(prompt: string, reason: string): string {
  return `${prompt}\n\nYour last answer could not be used: ${reason}. Answer the task above again.`;
}
