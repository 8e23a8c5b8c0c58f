import type { ValueSpec } from './create-value-spec.ts';

/** Name and version for the spec that a lexicon file becomes. */
export interface LexiconReadOptions {
  /** Name of the spec. */
  readonly id: string;
  /** Version of its content. */
  readonly version: string;
}

/** An entry of a lexicon file that could not be used. */
export interface SkippedEntry {
  /** Line (in CSV: row) of the file, from 1. */
  readonly line: number;
  /** Its start, at most 80 code units. */
  readonly text: string;
  /**
   * `no-words`: a phrase without words (a smiley) or with a `*` inside; `repeated`: the value has the phrase already;
   * `no-category`: a category that the file does not name; `no-weight`: a weight that is no number;
   * `bad-line`: a line of another form.
   */
  readonly reason: 'no-words' | 'repeated' | 'no-category' | 'no-weight' | 'bad-line';
}

/** What a lexicon file holds. */
export interface LexiconReading {
  /** The spec, for {@link lexiconScorer}. Its words are in lower case, as they will be matched. */
  readonly spec: ValueSpec;
  /** Words and phrases taken; one that serves two values counts twice. */
  readonly entries: number;
  /** Entries left out. */
  readonly skipped: number;
  /** The first 100 of them. */
  readonly skippedEntries: readonly SkippedEntry[];
}
