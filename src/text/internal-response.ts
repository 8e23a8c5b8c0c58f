import { canonicalJson } from '../hash/canonical-json.ts';
import { type JsonValue, parseStrictJson } from '../hash/parse-strict-json.ts';
import type { TextResponse } from '../types.ts';
import { makeWellFormed } from './make-well-formed.ts';

/** Tokens of one or more answers. */
export interface TokenUsage {
  /** Tokens read. */
  readonly inputTokens: number;
  /** Tokens written. */
  readonly outputTokens: number;
  /** Answers that did not say what they took: not in the sums. */
  readonly unknown: number;
}

/** Price of a model, in one currency. */
export interface TokenPrice {
  /** Price of a million tokens read. */
  readonly inputPerMillion: number;
  /** Price of a million tokens written. */
  readonly outputPerMillion: number;
}

/** An answer whose shape has been checked; its text is well-formed and otherwise untouched. */
export interface CheckedResponse {
  readonly text: string;
  /** Lone surrogates replaced. */
  readonly replaced: number;
  readonly modelId: string;
  readonly finishReason: TextResponse['finishReason'];
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null;
}

const REASONS: readonly string[] = ['stop', 'length', 'refusal', 'error', 'other'];

/** The answer, or null when it does not have the port's shape. */
export function readResponse(response: unknown): CheckedResponse | null {
  if (typeof response !== 'object' || response === null) return null;
  const { text, modelId, finishReason, usage } = response as Partial<Record<keyof TextResponse, unknown>>;
  if (typeof text !== 'string' || typeof modelId !== 'string' || !REASONS.includes(finishReason as string)) return null;
  const whole = makeWellFormed(text);
  return {
    text: whole,
    replaced: whole === text ? 0 : countDifferences(text, whole),
    // Cut first: a cut through a pair leaves half of it, which no cache can write.
    modelId: makeWellFormed(modelId.slice(0, 200)),
    finishReason: finishReason as TextResponse['finishReason'],
    usage: readUsage(usage),
  };
}

function readUsage(usage: unknown): CheckedResponse['usage'] {
  if (typeof usage !== 'object' || usage === null) return null;
  const { inputTokens, outputTokens } = usage as Record<string, unknown>;
  return isCount(inputTokens) && isCount(outputTokens) ? { inputTokens, outputTokens } : null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function countDifferences(a: string, b: string): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a.charCodeAt(i) !== b.charCodeAt(i)) count++;
  return count;
}

/** The cache's text of an answer. */
export function storeResponse({ text, replaced, modelId, finishReason, usage }: CheckedResponse): string {
  return canonicalJson({ text, replaced, modelId, finishReason, usage });
}

/** An answer read back from a cache, or null when the cache holds something else. */
export function restoreResponse(stored: unknown): CheckedResponse | null {
  if (typeof stored !== 'string') return null;
  let value: JsonValue;
  try {
    value = parseStrictJson(stored);
  } catch {
    return null;
  }
  const response = readResponse(value);
  if (response === null) return null;
  const { replaced } = value as Record<string, unknown>;
  return isCount(replaced) ? { ...response, replaced } : null;
}

/** Nothing taken yet. */
export const NO_USAGE: TokenUsage = { inputTokens: 0, outputTokens: 0, unknown: 0 };

/** What one answer took, as a sum. */
export function usageOf(usage: CheckedResponse['usage']): TokenUsage {
  return usage ? { ...usage, unknown: 0 } : { ...NO_USAGE, unknown: 1 };
}

/** Sum of two sums. */
export function addTotals(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    unknown: a.unknown + b.unknown,
  };
}

/** Price of tokens, or null without a price. */
export function costOf(usage: TokenUsage, price: TokenPrice | undefined): number | null {
  return price
    ? (usage.inputTokens * price.inputPerMillion + usage.outputTokens * price.outputPerMillion) / 1_000_000
    : null;
}
