import type { TokenPrice, TokenUsage } from '../../text/internal-response.ts';
import type { TextResponse } from '../../types.ts';

export type { TokenPrice, TokenUsage };

/** Where answers are kept between runs, by the SHA-256 of everything that made them. Yours: a map, a file, a database. */
export interface TextCache {
  /** The stored text of a key, or undefined. */
  get(key: string): string | undefined | Promise<string | undefined>;
  /** Stores a text under a key. */
  set(key: string, value: string): void | Promise<void>;
}

/** What a validator says of an answer. */
export type TextCheck<T> =
  | {
      /** The answer is usable. */
      readonly ok: true;
      /** What was read from it. */
      readonly value: T;
    }
  | {
      /** The answer is not usable. */
      readonly ok: false;
      /** Why, in plain words: the model reads them when it is asked again. */
      readonly reason: string;
    };

/** Why an answer was not used. */
export type TextFailureReason =
  | 'model-error'
  | 'bad-response'
  | 'too-long'
  | 'empty'
  | 'refusal'
  | 'cut-off'
  | 'invalid';

/** Where a generated text comes from. */
export interface TextOrigin {
  /** Synthetic throughout: no part of it is a real record. */
  readonly kind: 'synthetic';
  /** Name of the model port. */
  readonly model: string;
  /** Model that answered, by its own word. */
  readonly modelId: string;
  /** Hash of the prompt template. */
  readonly templateHash: string;
  /** SHA-256 of the prompt that gave the text, in hex. */
  readonly promptHash: string;
  /** SHA-256 of the UTF-8 of the answer before cleaning (lone surrogates as U+FFFD), in hex. */
  readonly rawOutputHash: string;
  /** Steps it went through, with versions. */
  readonly steps: readonly string[];
  /** Answers asked for until this one, from 1. */
  readonly attempts: number;
  /** Seed sent with the request: a wish, services keep it at best effort. */
  readonly requestSeed: number | null;
  /** Why the answer stopped. */
  readonly finishReason: TextResponse['finishReason'];
  /** Control characters removed and lone surrogates replaced. */
  readonly cleaned: number;
  /** Tokens of all attempts. */
  readonly usage: TokenUsage;
  /** Price of all attempts that stated their tokens, where a price was given. */
  readonly cost: number | null;
}

/** A generated text. */
export interface GeneratedText<T> {
  /** Index of its item. */
  readonly index: number;
  /** Values of its item. */
  readonly values: Readonly<Record<string, string>>;
  /** The cleaned text. */
  readonly text: string;
  /** What the validator read from it; null without a validator. */
  readonly value: T | null;
  /** Where it comes from. */
  readonly origin: TextOrigin;
}

/** An item without a usable text. */
export interface TextFailure {
  /** Index of the item. */
  readonly index: number;
  /** Values of the item. */
  readonly values: Readonly<Record<string, string>>;
  /** Why the last answer was not used. */
  readonly reason: TextFailureReason;
  /** The same in words, at most 200 characters, without control characters. */
  readonly detail: string;
  /** Answers asked for. */
  readonly attempts: number;
}
