import type { JsonValue } from '../hash/parse-strict-json.ts';

/**
 * A way to compute a figure from parts: what can be computed from mergeable state is one of these.
 *
 * Laws, all on the canonical bytes of {@link Summarizer.encode}: `merge` is associative and commutative with `init()` as
 * identity, updating with two chunks equals merging their separate updates, and neither the order of rows nor of chunks
 * nor the partitioning shows. So one process, workers and a cluster's map stage give the same report to the bit.
 */
export interface Summarizer<Chunk, State, Report> {
  /** Name and version of the state, for example `moments/1`. */
  readonly kind: string;
  /** The state of no rows. */
  init(): State;
  /**
   * Takes in a chunk. May write into `state`: go on with what it returns, and drop the state when it throws. The chunk is
   * never changed.
   */
  update(state: State, chunk: Chunk): State;
  /** The state of the rows of both. Changes neither. Throws `SPEC_MISMATCH` when their parameters differ. */
  merge(a: State, b: State): State;
  /** The figures. All divisions and roots happen here; the state is left as it is. */
  report(state: State): Report;
  /** The state as JSON-safe data; `canonicalJson` of it is one text per state. */
  encode(state: State): JsonValue;
  /** Reads what {@link Summarizer.encode} wrote. Throws `SPEC_MISMATCH` for another kind, version or parameters, `BAD_RECORD` for damage. */
  decode(value: unknown): State;
}

/** The state of a summarizer of table chunks. Opaque: its `encode` shows what it holds. */
export interface SummaryState<Kind extends string> {
  /** Name and version of the state. */
  readonly kind: Kind;
  /** Canonical JSON of the parameters: states merge only when these are equal. */
  readonly parameters: string;
  /** What the summarizer keeps. */
  readonly data: unknown;
}
