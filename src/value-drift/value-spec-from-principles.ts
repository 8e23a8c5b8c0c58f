import { SynthproofError } from '../errors.ts';
import { createValueSpec, type ValueDefinition, type ValueScale, type ValueSpec } from './create-value-spec.ts';

/** One principle of a charter or constitution. */
export interface Principle {
  /** Name, unique in its list. */
  readonly id: string;
  /** The principle, in plain words. */
  readonly text: string;
  /** Texts that keep it and texts that break it. */
  readonly examples?:
    | {
        /** Texts that keep it, at least one. */
        readonly kept: readonly string[];
        /** Texts that break it. */
        readonly broken?: readonly string[] | undefined;
      }
    | undefined;
  /** Importance, at least 0. Default 1. */
  readonly priority?: number | undefined;
}

/** What {@link valueSpecFromPrinciples} makes of the list as a whole. */
export interface PrinciplesInput {
  /** Name of the spec. */
  readonly id: string;
  /** Version of its content; raise it with every change. */
  readonly version: string;
  /** The principles, at least one. */
  readonly principles: readonly Principle[];
  /** Wanted least mean of every principle's marks, in score units; default none. */
  readonly least?: number | undefined;
}

const SCALE: ValueScale = { unit: 'marks', min: 0, max: 2 };

/**
 * A value spec from a list of principles, ready for a judge: each principle becomes a value with a rubric of three marks
 * (0 breaks it, 1 does not touch it, 2 keeps it), its examples become anchors, its priority the weight.
 *
 * Nothing is lost: {@link principlesOf} gives the list back.
 *
 * @param input - See {@link PrinciplesInput}.
 * @returns The spec; its scores are marks from 0 to 2.
 * @throws {@link SynthproofError} as {@link createValueSpec}.
 * @example
 * const spec = valueSpecFromPrinciples({ id: 'charter', version: '1', principles: [{ id: 'candour', text: 'Say what is true.', priority: 2 }] });
 * spec.values[0].rubric.levels.length; // => 3
 * principlesOf(spec); // => [{ id: 'candour', text: 'Say what is true.', priority: 2 }]
 */
export function valueSpecFromPrinciples(input: PrinciplesInput): ValueSpec {
  const { id, version, principles, least } = input;
  if (!Array.isArray(principles) || principles.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'principles: expected a list of at least one principle, received none', {
      argument: 'principles',
    });
  const values = principles.map((principle: Principle, i): ValueDefinition => {
    if (typeof principle !== 'object' || principle === null)
      throw new SynthproofError(
        'BAD_VALUE',
        `principles[${i}]: expected an object with id and text, received ${JSON.stringify(principle)}`,
        { argument: 'principles' },
      );
    const { text, examples, priority } = principle;
    return {
      id: principle.id,
      description: text,
      rubric: {
        levels: [
          { score: 0, text: 'The text breaks the principle.' },
          { score: 1, text: 'The text neither keeps nor breaks the principle.' },
          { score: 2, text: 'The text keeps the principle.' },
        ],
      },
      ...(examples === undefined ? {} : { anchors: { positive: examples.kept, negative: examples.broken } }),
      ...(priority === undefined ? {} : { weight: priority }),
      ...(least === undefined ? {} : { target: { min: least } }),
    };
  });
  const spec = createValueSpec({ id, version, values, scale: SCALE });
  spec.values.forEach((value, i) => {
    if (value.description === undefined || value.description.trim() === '')
      throw new SynthproofError(
        'BAD_VALUE',
        `principles[${i}].text: expected a text that is not empty, received ${JSON.stringify(value.description)}`,
        {
          argument: 'principles',
        },
      );
  });
  return spec;
}
