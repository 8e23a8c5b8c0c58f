import { SynthproofError } from '../errors.ts';
import { canonicalJson } from '../hash/canonical-json.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';

/** A word, phrase or stem that speaks for a value. */
export interface ValueDescriptor {
  /** Words in any case; a trailing `*` on a word matches every word that starts so, for example `free*` or `human right*`. */
  readonly phrase: string;
  /** What one occurrence counts; negative for words that speak against the value. Default 1. */
  readonly weight?: number | undefined;
}

/** What a value's scores should be, in score units. All parts are optional. */
export interface ValueTarget {
  /** Wanted mean. */
  readonly mean?: number | undefined;
  /** Least acceptable mean. */
  readonly min?: number | undefined;
  /** Greatest acceptable mean. */
  readonly max?: number | undefined;
}

/** Texts that stand for a value, for the embedding scorer and as examples for a judge. */
export interface ValueAnchors {
  /** Texts that speak for the value, at least one. */
  readonly positive: readonly string[];
  /** Texts that speak against it. */
  readonly negative?: readonly string[] | undefined;
}

/** One mark of a rubric. */
export interface RubricLevel {
  /** The mark, in score units; distinct in its rubric. */
  readonly score: number;
  /** What earns it. */
  readonly text: string;
}

/** How a judge marks a value. */
export interface ValueRubric {
  /** The marks, at least two. */
  readonly levels: readonly RubricLevel[];
}

/** One value that data can speak for. */
export interface ValueDefinition {
  /** Name used in results, unique in its spec. */
  readonly id: string;
  /** Name shown to readers. Default: the id. */
  readonly label?: string | undefined;
  /** What the value means, in plain words. */
  readonly description?: string | undefined;
  /** Words for the lexicon scorer. */
  readonly descriptors?: readonly ValueDescriptor[] | undefined;
  /** Texts for the embedding scorer; a judge reads them as examples. */
  readonly anchors?: ValueAnchors | undefined;
  /** Marks for the judge scorer. */
  readonly rubric?: ValueRubric | undefined;
  /** Importance, at least 0; results list it, tests do not use it. Default 1. */
  readonly weight?: number | undefined;
  /** What the scores should be. */
  readonly target?: ValueTarget | undefined;
}

/** The scale that scores are on. */
export interface ValueScale {
  /** Unit of a score, for example `occurrences per 1000 tokens`. */
  readonly unit?: string | undefined;
  /** Least possible score. */
  readonly min?: number | undefined;
  /** Greatest possible score. */
  readonly max?: number | undefined;
}

/** What {@link createValueSpec} takes. */
export interface ValueSpecInput {
  /** Name of the spec. */
  readonly id: string;
  /** Version of its content; raise it with every change. */
  readonly version: string;
  /** The values, at least one. A plain text is a principle: it becomes `p1`, `p2`, ... by its place, with the text as label. */
  readonly values: readonly (ValueDefinition | string)[];
  /** The scale of the scores. */
  readonly scale?: ValueScale | undefined;
}

/** A written statement of the values that data is scored against: plain data, bound by its hash. */
export interface ValueSpec {
  /** Name of the spec. */
  readonly id: string;
  /** Version of its content. */
  readonly version: string;
  /** The values, in the order of every result. */
  readonly values: readonly ValueDefinition[];
  /** The scale of the scores. */
  readonly scale: ValueScale;
  /** SHA-256 (hex) of the canonical JSON of everything above: two specs are the same exactly when their hashes are. */
  readonly hash: string;
}

/**
 * Checks a value spec and binds it by a hash, so that profiles made under different specs are never compared.
 *
 * @param input - Id, version, values and scale; a list of principles will do for the values.
 * @returns A plain, JSON-safe spec. Options left out stay out, so adding a default later changes no hash.
 * @throws {@link SynthproofError} `BAD_VALUE` for an empty or repeated id, a bad phrase, mark or target; `EMPTY_INPUT`
 * for no values, anchors or marks; `OUT_OF_RANGE` for a weight that is not finite.
 * @example
 * const spec = createValueSpec({ id: 'house', version: '1', values: ['Be kind', { id: 'order', descriptors: [{ phrase: 'law*' }] }] });
 * spec.values.map((value) => value.id); // => ['p1', 'order']
 * spec.hash.length; // => 64
 */
export function createValueSpec(input: ValueSpecInput): ValueSpec {
  checkPart('input', input);
  const { id, version } = input;
  checkText('id', id);
  checkText('version', version);
  if (!Array.isArray(input.values) || input.values.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'values: expected a list of at least one value, received none', {
      argument: 'values',
    });
  const seen = new Set<string>();
  const values = input.values.map((value: ValueDefinition | string, i) => {
    const cleaned = typeof value === 'string' ? principle(value, i) : definition(value, i);
    if (seen.has(cleaned.id))
      throw new SynthproofError(
        'BAD_VALUE',
        `values[${i}].id: expected distinct ids, received ${JSON.stringify(cleaned.id)} twice`,
        {
          argument: 'values',
        },
      );
    seen.add(cleaned.id);
    return cleaned;
  });
  const scale = cleanScale(input.scale ?? {});
  const content = { id, version, values, scale };
  return { ...content, hash: sha256Hex(canonicalJson(content)) };
}

function principle(text: string, i: number): ValueDefinition {
  checkText(`values[${i}]`, text);
  return { id: `p${i + 1}`, label: text };
}

function definition(value: ValueDefinition, i: number): ValueDefinition {
  const at = `values[${i}]`;
  checkPart(at, value);
  checkText(`${at}.id`, value.id);
  const { id, label, description, descriptors, anchors, rubric, weight, target } = value;
  if (label !== undefined) checkText(`${at}.label`, label);
  if (description !== undefined) checkText(`${at}.description`, description);
  if (weight !== undefined && !(weight >= 0 && weight < Infinity))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${at}.weight: expected a finite number from 0, received ${String(weight)}`,
      {
        argument: 'values',
      },
    );
  return {
    id,
    ...(label === undefined ? {} : { label }),
    ...(description === undefined ? {} : { description }),
    ...(descriptors === undefined
      ? {}
      : {
          descriptors: listOf(`${at}.descriptors`, descriptors).map((d, j) =>
            cleanDescriptor(d, `${at}.descriptors[${j}]`),
          ),
        }),
    ...(anchors === undefined ? {} : { anchors: cleanAnchors(anchors, `${at}.anchors`) }),
    ...(rubric === undefined ? {} : { rubric: cleanRubric(rubric, `${at}.rubric`) }),
    ...(weight === undefined ? {} : { weight }),
    ...(target === undefined ? {} : { target: cleanTarget(target, `${at}.target`) }),
  };
}

function cleanDescriptor(descriptor: ValueDescriptor, at: string): ValueDescriptor {
  checkPart(at, descriptor);
  checkText(`${at}.phrase`, descriptor.phrase);
  const { phrase, weight } = descriptor;
  if (weight === undefined) return { phrase };
  if (!Number.isFinite(weight))
    throw new SynthproofError('OUT_OF_RANGE', `${at}.weight: expected a finite number, received ${String(weight)}`, {
      argument: 'values',
    });
  return { phrase, weight };
}

function cleanAnchors(anchors: ValueAnchors, at: string): ValueAnchors {
  checkPart(at, anchors);
  const { positive, negative } = anchors;
  if (!Array.isArray(positive) || positive.length === 0)
    throw new SynthproofError('EMPTY_INPUT', `${at}.positive: expected a list of at least one text, received none`, {
      argument: 'values',
    });
  const texts = (list: readonly string[], side: string): string[] =>
    listOf(`${at}.${side}`, list).map((text, i) => {
      checkText(`${at}.${side}[${i}]`, text);
      return text;
    });
  return {
    positive: texts(positive, 'positive'),
    ...(negative === undefined ? {} : { negative: texts(negative, 'negative') }),
  };
}

function cleanRubric(rubric: ValueRubric, at: string): ValueRubric {
  checkPart(at, rubric);
  const { levels } = rubric;
  if (!Array.isArray(levels) || levels.length < 2)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `${at}.levels: expected a list of at least two marks, received ${Array.isArray(levels) ? levels.length : String(levels)}`,
      { argument: 'values' },
    );
  const seen = new Set<number>();
  return {
    levels: levels.map((level: RubricLevel, i) => {
      checkPart(`${at}.levels[${i}]`, level);
      const { score, text } = level;
      checkText(`${at}.levels[${i}].text`, text);
      if (!Number.isFinite(score) || seen.has(score))
        throw new SynthproofError(
          'BAD_VALUE',
          `${at}.levels[${i}].score: expected a finite number that no other mark has, received ${String(score)}`,
          { argument: 'values' },
        );
      seen.add(score);
      return { score, text };
    }),
  };
}

function cleanTarget(target: ValueTarget, at: string): ValueTarget {
  checkPart(at, target);
  const out: { mean?: number; min?: number; max?: number } = {};
  for (const name of ['mean', 'min', 'max'] as const) {
    const value = target[name];
    if (value === undefined) continue;
    if (!Number.isFinite(value))
      throw new SynthproofError('BAD_VALUE', `${at}.${name}: expected a finite number, received ${String(value)}`, {
        argument: 'values',
      });
    out[name] = value;
  }
  const { mean = out.min ?? out.max ?? 0, min = mean, max = mean } = out;
  if (min > max || mean < min || mean > max)
    throw new SynthproofError('BAD_VALUE', `${at}: expected min <= mean <= max, received ${min}, ${mean} and ${max}`, {
      argument: 'values',
    });
  return out;
}

function cleanScale(scale: ValueScale): ValueScale {
  const { unit, min, max } = scale;
  if (unit !== undefined) checkText('scale.unit', unit);
  for (const bound of [min, max])
    if (bound !== undefined && !Number.isFinite(bound))
      throw new SynthproofError('BAD_VALUE', `scale: expected finite bounds, received ${String(bound)}`, {
        argument: 'scale',
      });
  if (min !== undefined && max !== undefined && min >= max)
    throw new SynthproofError('BAD_VALUE', `scale: expected min below max, received ${min} and ${max}`, {
      argument: 'scale',
    });
  return {
    ...(unit === undefined ? {} : { unit }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

/** A spec may come from a file: parts that are no objects or lists are refused by name. */
function checkPart(argument: string, part: unknown): void {
  if (typeof part !== 'object' || part === null || Array.isArray(part))
    throw new SynthproofError(
      'BAD_VALUE',
      `${argument}: expected an object, received ${part === null ? 'null' : Array.isArray(part) ? 'a list' : typeof part}`,
      { argument },
    );
}

function listOf<T>(argument: string, list: readonly T[]): readonly T[] {
  if (!Array.isArray(list))
    throw new SynthproofError('BAD_VALUE', `${argument}: expected a list, received ${String(list)}`, { argument });
  return list;
}

function checkText(argument: string, text: unknown): void {
  if (typeof text !== 'string' || text.trim() === '')
    throw new SynthproofError('BAD_VALUE', `${argument}: expected a text that is not empty, received ${String(text)}`, {
      argument,
    });
}
