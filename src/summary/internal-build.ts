import { SynthproofError } from '../errors.ts';
import { canonicalJson } from '../hash/canonical-json.ts';
import type { JsonValue } from '../hash/parse-strict-json.ts';
import type { Table } from '../types.ts';
import { badSummary, readField } from './internal-read.ts';
import type { Summarizer, SummaryState } from './summarizer.ts';

/** What differs from one summarizer to another. */
export interface SummaryCore<Data, Report> {
  /** Data of no rows. */
  empty(): Data;
  /** Takes the rows of a table into `data`. */
  add(data: Data, table: Table): void;
  /** Takes the rows behind `from` into `into`; leaves `from` as it is and shares nothing mutable with it. */
  combine(into: Data, from: Data): void;
  /** The figures. */
  report(data: Data): Report;
  /** JSON-safe fields, in one form per state. */
  write(data: Data): { readonly [key: string]: JsonValue };
  /** Reads what `write` made and checks every part; another form of the same state is refused by the caller. */
  read(value: unknown): Data;
}

/** A summarizer with the checks that all have in common: kind, parameters, canonical form. */
export function buildSummarizer<Kind extends string, Data, Report>(
  kind: Kind,
  parameters: { readonly [key: string]: JsonValue },
  core: SummaryCore<Data, Report>,
): Summarizer<Table, SummaryState<Kind>, Report> {
  const spec = canonicalJson(parameters);
  const wrap = (data: Data): SummaryState<Kind> => ({ kind, parameters: spec, data });
  const open = (state: SummaryState<Kind>, argument: string): Data => {
    if (state?.kind !== kind || state.parameters !== spec)
      throw new SynthproofError(
        'SPEC_MISMATCH',
        `${argument}: expected a state of ${kind} with the parameters ${spec}, received ${state?.kind} with ${state?.parameters}; only states of one and the same summarizer go together`,
        { argument },
      );
    return state.data as Data;
  };
  const encode = (state: SummaryState<Kind>): JsonValue => ({
    kind,
    parameters,
    state: core.write(open(state, 'state')),
  });
  return {
    kind,
    init: () => wrap(core.empty()),
    update(state, chunk) {
      core.add(open(state, 'state'), chunk);
      return state;
    },
    merge(a, b) {
      const data = core.empty();
      core.combine(data, open(a, 'a'));
      core.combine(data, open(b, 'b'));
      return wrap(data);
    },
    report: (state) => core.report(open(state, 'state')),
    encode,
    decode(value) {
      const received = readField(value, 'kind', '');
      const theirs = received === kind ? canonicalJson(readField(value, 'parameters', '')) : 'others';
      if (theirs !== spec)
        throw new SynthproofError(
          'SPEC_MISMATCH',
          `value: expected a summary of kind ${kind} with the parameters ${spec}, received ${typeof received === 'string' ? received.slice(0, 60) : typeof received} with ${theirs.slice(0, 400)}`,
          { argument: 'value' },
        );
      const state = wrap(core.read(readField(value, 'state', '')));
      // One state has one form. This refuses unknown fields, other orders and repeated entries at once.
      if (canonicalJson(encode(state)) !== canonicalJson(value))
        throw badSummary('', 'the canonical form: known fields only, entries sorted, none repeated');
      return state;
    },
  };
}
