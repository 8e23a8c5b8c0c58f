import { SynthproofError } from '../../errors.ts';
import { createRng } from '../../random/create-rng.ts';
import { permutation } from '../../random/permutation.ts';
import { checkWhole } from '../../stats/internal-options.ts';
import type { ValueSpec } from '../create-value-spec.ts';

/** Options of {@link documentBriefs}. */
export interface DocumentBriefOptions {
  /** Briefs to make, from 1. */
  readonly count: number;
  /** Fields of life the documents are set in, at least one. */
  readonly domains: readonly string[];
  /** Kinds of document, at least one: a letter, a news report, a dialogue. */
  readonly formats: readonly string[];
  /** Who writes or acts, at least one. */
  readonly personas: readonly string[];
  /** Values to write for, by id. Default: all of the spec. */
  readonly values?: readonly string[] | undefined;
  /** Seed; any text. */
  readonly seed: string;
}

/** What a document is to be about. */
export interface DocumentBrief {
  /** Value it is to speak for. */
  readonly value: string;
  /** Field of life. */
  readonly domain: string;
  /** Kind of document. */
  readonly format: string;
  /** Who writes or acts. */
  readonly persona: string;
  /** The request for a model. */
  readonly prompt: string;
}

/**
 * Briefs for synthetic documents that live a spec's values: a grid of value, field, kind of document and person. Each
 * value gets the same number of briefs (one more for the first ones where it does not divide), no combination comes
 * twice before all have come once, and every field, kind and person is used about equally.
 *
 * Briefs ask for the reasons behind the conduct, not for praise of the value, and tell the writer not to name it.
 *
 * @param spec - The values.
 * @param options - See {@link DocumentBriefOptions}.
 * @returns The briefs, value by value in turn; feed them to {@link writeDocuments}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `OUT_OF_RANGE`, `BAD_VALUE` for an unknown value.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: ['Kind', 'Honest'] });
 * const briefs = documentBriefs(spec, { count: 4, domains: ['work'], formats: ['letter', 'diary'], personas: ['a nurse'], seed: 'demo' });
 * briefs.map((brief) => brief.value); // => ['p1', 'p2', 'p1', 'p2']
 */
export function documentBriefs(spec: ValueSpec, options: DocumentBriefOptions): DocumentBrief[] {
  const { count, domains, formats, personas, seed, values = spec.values.map((value) => value.id) } = options;
  checkWhole('count', count, 1);
  for (const [argument, list] of [
    ['domains', domains],
    ['formats', formats],
    ['personas', personas],
    ['values', values],
  ] as const)
    if (!Array.isArray(list) || list.length === 0)
      throw new SynthproofError('EMPTY_INPUT', `${argument}: expected at least one, received none`, { argument });
  const cells = domains.length * formats.length * personas.length;
  if (cells > 10_000_000)
    throw new SynthproofError('OUT_OF_RANGE', `domains: expected at most 10 million combinations, received ${cells}`, {
      argument: 'domains',
    });
  const definitions = values.map((id) => {
    const found = spec.values.find((value) => value.id === id);
    if (found === undefined)
      throw new SynthproofError(
        'BAD_VALUE',
        `values: expected ids of the spec (${spec.values.map((value) => value.id).join(', ')}), received ${JSON.stringify(id)}`,
        {
          argument: 'values',
        },
      );
    return found;
  });
  const rng = createRng(seed).stream('document-briefs/1');
  const orders = definitions.map((_, v) => permutation(rng.stream(v), cells));
  return Array.from({ length: count }, (_, i): DocumentBrief => {
    const { id, label = id, description } = definitions[i % definitions.length]!;
    const cell = orders[i % definitions.length]![Math.floor(i / definitions.length) % cells]!;
    const domain = domains[cell % domains.length]!;
    const format = formats[Math.floor(cell / domains.length) % formats.length]!;
    const persona = personas[Math.floor(cell / (domains.length * formats.length))]!;
    return {
      value: id,
      domain,
      format,
      persona,
      prompt: `Write a document.\nKind: ${format}\nField: ${domain}\nPerson: ${persona}\n\nIn it someone acts on this: ${label}${description === undefined ? '' : `. ${description}`}\nShow what they do in a concrete situation and their reasons for it, also what it costs them. Do not name or praise the value, do not mention this request, and write nothing but the document.`,
    };
  });
}
