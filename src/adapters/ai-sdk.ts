import { SynthproofError } from '../errors.ts';
import type { TextModel, TextResponse } from '../types.ts';

/** What {@link aiSdkTextModel} asks a model: the part of the AI SDK's call options that it uses. */
export interface LanguageModelCall {
  /** Messages in order. */
  readonly prompt: readonly (
    | {
        /** Standing instruction. */
        readonly role: 'system';
        /** Its text. */
        readonly content: string;
      }
    | {
        /** The user's turn. */
        readonly role: 'user';
        /** One text part. */
        readonly content: readonly {
          /** Kind of part. */
          readonly type: 'text';
          /** Its text. */
          readonly text: string;
        }[];
      }
  )[];
  /** Most tokens of the answer. */
  readonly maxOutputTokens?: number;
  /** Sampling temperature. */
  readonly temperature?: number;
  /** Wish for a repeatable answer. */
  readonly seed?: number;
  /** Stops the call; the caller's own AbortSignal, handed on. */
  readonly abortSignal?: unknown;
}

/**
 * What the adapter needs of a language model of the AI SDK (`LanguageModelV2`, `V3` or `V4` of `@ai-sdk/provider`), by
 * shape: any provider's model object has it, nothing is imported.
 */
export interface LanguageModelLike {
  /** `v2`, `v3` or `v4`. */
  readonly specificationVersion: string;
  /** Name of the provider. */
  readonly provider: string;
  /** The provider's name of the model. */
  readonly modelId: string;
  /** Answers one call. */
  doGenerate(options: never): PromiseLike<unknown>;
}

/**
 * A language model of the AI SDK behind the model port, for generation and judging.
 *
 * One call of `doGenerate` per request: no retries, no tools, no streaming. Text parts are joined in order; reasoning,
 * files and tool calls are left out. Finish reason and usage are read in both forms (V2: a text and plain numbers; V3 and
 * V4: `{ unified, raw }` and totals inside objects); `content-filter` is a refusal. The answer's model id is what the
 * service reports, otherwise the model's own.
 *
 * @param model - For example `openai('gpt-5')`. A text (a gateway's model name) is none: make the model object first.
 * @param id - Name of the port, part of cache keys and lineage records. Default `provider:modelId`.
 * @returns The model port.
 * @throws `SynthproofError` `BAD_OPTION` when the object is no such model. A call throws what the model throws, and
 * `BAD_VALUE` when its answer has no content.
 * @example
 * const model = aiSdkTextModel({
 *   specificationVersion: 'v3', provider: 'demo', modelId: 'one',
 *   doGenerate: async () => ({ content: [{ type: 'text', text: 'Hello.' }], finishReason: { unified: 'stop' }, usage: { inputTokens: { total: 3 }, outputTokens: { total: 2 } } }),
 * });
 * model.id; // => 'demo:one'
 * (await model.generate({ prompt: 'Hi' })).usage; // => { inputTokens: 3, outputTokens: 2 }
 */
export function aiSdkTextModel(model: LanguageModelLike, id?: string): TextModel {
  if (
    typeof model !== 'object' ||
    model === null ||
    typeof model.doGenerate !== 'function' ||
    typeof model.modelId !== 'string' ||
    !['v2', 'v3', 'v4'].includes(model.specificationVersion)
  )
    throw new SynthproofError(
      'BAD_OPTION',
      'model: expected a language model of the AI SDK with specificationVersion v2, v3 or v4 and doGenerate',
      { argument: 'model' },
    );
  return {
    id: id ?? `${model.provider}:${model.modelId}`,
    async generate({ prompt, system, seed, temperature, maxTokens, signal }) {
      const call: LanguageModelCall = {
        prompt: [
          ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
          { role: 'user', content: [{ type: 'text', text: prompt }] },
        ],
        ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
        ...(temperature === undefined ? {} : { temperature }),
        ...(seed === undefined ? {} : { seed }),
        // Services listen to the signal; a plain `{ aborted }` object has nothing to listen to.
        ...(canListen(signal) ? { abortSignal: signal } : {}),
      };
      // `never` in the port's type lets every provider's option type fit; the call has the common shape of all versions.
      return readResult(await model.doGenerate(call as never), model.modelId);
    },
  };
}

function canListen(signal: unknown): boolean {
  return typeof signal === 'object' && signal !== null && 'addEventListener' in signal;
}

function readResult(result: unknown, modelId: string): TextResponse {
  const { content, finishReason, usage, response } = fields(result);
  if (!Array.isArray(content))
    throw new SynthproofError('BAD_VALUE', 'doGenerate: expected an answer with content parts', { argument: 'model' });
  let text = '';
  for (const part of content) {
    const { type, text: piece } = fields(part);
    if (type === 'text' && typeof piece === 'string') text += piece;
  }
  const { inputTokens, outputTokens } = fields(usage);
  const input = tokenCount(inputTokens);
  const output = tokenCount(outputTokens);
  const reported = fields(response).modelId;
  return {
    text,
    modelId: typeof reported === 'string' ? reported : modelId,
    finishReason: finishOf(finishReason),
    ...(input === null || output === null ? {} : { usage: { inputTokens: input, outputTokens: output } }),
  };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** V2 states a number, V3 and V4 an object with a total. */
function tokenCount(value: unknown): number | null {
  const count = typeof value === 'number' ? value : fields(value).total;
  return Number.isSafeInteger(count) && (count as number) >= 0 ? (count as number) : null;
}

/** V2 states a text, V3 and V4 an object with a unified reason. */
function finishOf(value: unknown): TextResponse['finishReason'] {
  switch (typeof value === 'string' ? value : fields(value).unified) {
    case 'stop':
      return 'stop';
    case 'length':
      return 'length';
    case 'content-filter':
      return 'refusal';
    case 'error':
      return 'error';
    default:
      return 'other';
  }
}
