import type { Model } from '../../types.ts';

/** What a fit saw and left out. */
export interface NgramFitReport {
  /** Texts read. */
  readonly texts: number;
  /** Texts without a word: not used. */
  readonly emptyTexts: number;
  /** Words and punctuation marks read. */
  readonly tokens: number;
  /** Distinct words and marks kept. */
  readonly words: number;
  /** Distinct words and marks in fewer than `minTexts` texts: never written. */
  readonly pooledWords: number;
  /** How often those stood in the texts. */
  readonly pooledTokens: number;
  /** Distinct runs of two and more tokens kept. */
  readonly keptRuns: number;
  /** Distinct runs in fewer than `minTexts` texts: forgotten. */
  readonly droppedRuns: number;
}

/** Runs of one length, by the words before the last. Flat lists, so that the model stays small. */
export interface NgramLevel {
  /** Numbers of the context words, as many a context as the level's number. */
  readonly contexts: readonly number[];
  /** Continuations of context c stand from `starts[c]` to `starts[c + 1]`. */
  readonly starts: readonly number[];
  /** Number of the word that follows; 0 = the text ends. */
  readonly next: readonly number[];
  /** How often it follows. */
  readonly counts: readonly number[];
  /** Weight with which a context gives way to the shorter one. */
  readonly rest: readonly number[];
}

/** A word-level n-gram model of texts. */
export interface NgramModel extends Model {
  /** Discriminant. */
  readonly kind: 'ngram-text';
  /** Version of format and sampling. */
  readonly version: 1;
  /** Longest run in tokens. */
  readonly order: number;
  /** Texts that a word or run must stand in to be kept. */
  readonly minTexts: number;
  /** Words and marks by number less 1, as they are written inside a sentence. */
  readonly words: readonly string[];
  /** Level k: contexts of k words. */
  readonly levels: readonly NgramLevel[];
  /** What the fit saw. */
  readonly report: NgramFitReport;
  /** SHA-256 of the canonical JSON of all the rest, in hex. */
  readonly digest: string;
}
