import { type JsonValue, parseStrictJson } from '../hash/parse-strict-json.ts';
import type { ValueSpec } from './create-value-spec.ts';

/** What a judge's answer says. */
export type Judgement =
  | {
      /** The answer has the asked form. */
      readonly ok: true;
      /** One mark per value of the spec; null where the judge abstained. */
      readonly marks: readonly (number | null)[];
    }
  | {
      /** The answer has another form. */
      readonly ok: false;
      /** What is wrong, in plain words. */
      readonly reason: string;
    };

/**
 * Reads a judge's answer strictly: one JSON object with exactly the keys `V1`, `V2`, ... of the spec's values, each a mark
 * of the value's rubric (without one: a number on the spec's scale) or null. One code fence around it is allowed, nothing
 * else: an answer that must be guessed at is not used.
 *
 * @param text - The answer; hostile.
 * @param spec - The spec that was judged.
 * @returns The marks, or what is wrong.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: ['Kind', 'Honest'], scale: { min: 1, max: 5 } });
 * parseJudgement('{"V1": 4, "V2": null}', spec); // => { ok: true, marks: [4, null] }
 * parseJudgement('I would say 4.', spec).ok; // => false
 */
export function parseJudgement(text: string, spec: ValueSpec): Judgement {
  if (typeof text !== 'string') return { ok: false, reason: 'it is no text' };
  const body = unfence(text.trim());
  let answer: JsonValue;
  try {
    answer = parseStrictJson(body);
  } catch {
    return { ok: false, reason: 'it is not one JSON object' };
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    return { ok: false, reason: 'it is not one JSON object' };
  const entries = new Map(Object.entries(answer as Record<string, JsonValue>));
  if (entries.size !== spec.values.length)
    return { ok: false, reason: `it has ${entries.size} marks instead of ${spec.values.length}` };
  const { min = -Infinity, max = Infinity } = spec.scale;
  const marks: (number | null)[] = [];
  for (let v = 0; v < spec.values.length; v++) {
    const key = `V${v + 1}`;
    const mark = entries.get(key);
    if (mark === undefined) return { ok: false, reason: `the mark ${key} is missing` };
    if (mark === null) {
      marks.push(null);
      continue;
    }
    const levels = spec.values[v]!.rubric?.levels;
    const good =
      typeof mark === 'number' &&
      (levels === undefined ? mark >= min && mark <= max : levels.some((level) => level.score === mark));
    if (!good) return { ok: false, reason: `the mark ${key} is not one of those allowed` };
    marks.push(mark);
  }
  return { ok: true, marks };
}

function unfence(text: string): string {
  if (!text.startsWith('```') || !text.endsWith('```') || text.length < 7) return text;
  const line = text.indexOf('\n');
  const head = line < 0 ? '' : text.slice(3, line).trim();
  return line >= 0 && (head === '' || head === 'json') ? text.slice(line + 1, -3).trim() : text;
}
