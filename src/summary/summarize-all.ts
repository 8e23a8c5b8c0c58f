import { SynthproofError } from '../errors.ts';
import { canonicalJson } from '../hash/canonical-json.ts';
import type { JsonValue } from '../hash/parse-strict-json.ts';
import { badSummary, readField } from './internal-read.ts';
import type { Summarizer } from './summarizer.ts';

/** Summarizers by name, all of the same kind of chunk. */
export type SummarizerParts = { readonly [name: string]: Summarizer<never, unknown, unknown> };

/** The kind of chunk that all parts take. */
export type ChunkOfParts<Parts extends SummarizerParts> =
  Parts[keyof Parts] extends Summarizer<infer Chunk, infer _State, infer _Report> ? Chunk : never;

/** The states of the parts, by name. */
export type StatesOfParts<Parts extends SummarizerParts> = {
  readonly [Name in keyof Parts]: Parts[Name] extends Summarizer<infer _Chunk, infer State, infer _Report>
    ? State
    : never;
};

/** The reports of the parts, by name. */
export type ReportsOfParts<Parts extends SummarizerParts> = {
  readonly [Name in keyof Parts]: Parts[Name] extends Summarizer<infer _Chunk, infer _State, infer Report>
    ? Report
    : never;
};

const KIND = 'all/1';

/**
 * Several summarizers as one: a single pass over the chunks feeds them all, and the laws of each hold for the whole.
 *
 * @param parts - Summarizers by name; at least one.
 * @returns A summarizer whose state and report are objects with the same names.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for no parts.
 * @example
 * const both = summarizeAll({ age: momentsSummary({ columns: ['age'] }), sex: contingencySummary({ columns: ['sex'] }) });
 * const rows = createTable([integerColumn('age', [20, 40]), categoryColumn('sex', ['f', 'f'])]);
 * const report = both.report(summarize(both, [rows]));
 * report.age.columns[0].sum; // => 60
 * report.sex.cells; // => [{ levels: ['f'], count: 2 }]
 */
export function summarizeAll<Parts extends SummarizerParts>(
  parts: Parts,
): Summarizer<ChunkOfParts<Parts>, StatesOfParts<Parts>, ReportsOfParts<Parts>> {
  type States = StatesOfParts<Parts>;
  const entries = Object.entries(parts) as [string, Summarizer<unknown, unknown, unknown>][];
  if (entries.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'parts: expected at least one summarizer', { argument: 'parts' });
  const each = <T>(make: (name: string, part: Summarizer<unknown, unknown, unknown>) => unknown): T =>
    Object.fromEntries(entries.map(([name, part]) => [name, make(name, part)])) as T;
  const of = (states: States, name: string): unknown => {
    if (typeof states !== 'object' || states === null || !Object.hasOwn(states, name))
      throw new SynthproofError('SPEC_MISMATCH', `state: expected a state of the part "${name}"`, {
        argument: 'state',
      });
    return states[name];
  };
  const encode = (states: States): JsonValue => ({
    kind: KIND,
    parts: each<JsonValue>((name, part) => part.encode(of(states, name))),
  });
  return {
    kind: KIND,
    init: () => each<States>((_, part) => part.init()),
    update: (states, chunk) => each<States>((name, part) => part.update(of(states, name), chunk)),
    merge: (a, b) => each<States>((name, part) => part.merge(of(a, name), of(b, name))),
    report: (states) => each((name, part) => part.report(of(states, name))),
    encode,
    decode(value) {
      const kind = readField(value, 'kind', '');
      const list = kind === KIND ? readField(value, 'parts', '') : null;
      const names = typeof list === 'object' && list !== null ? Object.keys(list).sort() : [];
      const wanted = entries.map(([name]) => name).sort();
      if (kind !== KIND || canonicalJson(names) !== canonicalJson(wanted))
        throw new SynthproofError(
          'SPEC_MISMATCH',
          `value: expected a summary of kind ${KIND} with the parts ${wanted.join(', ')}`,
          { argument: 'value' },
        );
      if (Object.keys(value as object).length !== 2) throw badSummary('', 'the fields "kind" and "parts" only');
      return each<States>((name, part) => part.decode(readField(list, name, '/parts')));
    },
  };
}
