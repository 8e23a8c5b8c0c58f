import { type JsonValue, parseStrictJson } from '../../hash/parse-strict-json.ts';
import type { TextCheck } from './text-types.ts';

/** Anything that reads a value or throws: a schema of zod and its kind, or your own. */
export interface RecordParser<T> {
  /** Gives the value of its type, or throws why it is none. */
  parse(value: unknown): T;
}

/** Options of {@link jsonRecordCheck}. */
export interface JsonRecordOptions<T> {
  /** Reads the JSON value. */
  readonly schema: RecordParser<T>;
  /** Longest answer that is parsed, in code units. Default 200,000. */
  readonly maxCharacters?: number | undefined;
}

/**
 * A validator for {@link generateTexts} that reads one strict JSON value from an answer and hands it to a schema.
 *
 * White space and one Markdown code fence around the JSON are taken off, nothing else: text before or after it, two
 * documents, duplicate keys, trailing commas and numbers that do not fit are refused with the place of the first fault,
 * which the model is told when it is asked again.
 *
 * @param options - See {@link JsonRecordOptions}.
 * @returns A validator.
 * @example
 * const check = jsonRecordCheck({ schema: { parse: (value) => value } });
 * check('```json\n{"age": 41}\n```'); // => { ok: true, value: { age: 41 } }
 * check('Sure! {"age": 41}').ok; // => false
 */
export function jsonRecordCheck<T>(options: JsonRecordOptions<T>): (text: string) => TextCheck<T> {
  const { schema, maxCharacters = 200_000 } = options;
  return (text) => {
    if (text.length > maxCharacters)
      return { ok: false, reason: `expected at most ${maxCharacters} characters of JSON, received ${text.length}` };
    let value: JsonValue;
    try {
      value = parseStrictJson(withoutFence(text));
    } catch (error) {
      return { ok: false, reason: `expected JSON alone; ${messageOf(error)}` };
    }
    try {
      return { ok: true, value: schema.parse(value) };
    } catch (error) {
      return { ok: false, reason: messageOf(error) };
    }
  };
}

/** The text without white space and one code fence around it. */
function withoutFence(text: string): string {
  const inner = text.trim();
  if (!inner.startsWith('```') || !inner.endsWith('```') || inner.length < 6) return inner;
  const lineEnd = inner.indexOf('\n');
  return lineEnd < 0 || lineEnd > 20 ? inner : inner.slice(lineEnd + 1, -3).trim();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
