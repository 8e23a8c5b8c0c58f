import type { ValueSpec } from './create-value-spec.ts';

/** Scores of items against the values of a spec. */
export interface ValueScores {
  /** Number of items. */
  readonly rows: number;
  /** One array per value, one score per item. NaN: no score (missing text, too few words, missing cell). */
  readonly columns: readonly Float64Array[];
}

/** Gives each item one score per value. Any object of this form will do; the library's own are lexicon, column and feature scorers. */
export interface ValueScorer<Input> {
  /** Names the method, its version and its settings: profiles are compared only when it is equal. */
  readonly id: string;
  /** The kind of method. */
  readonly kind: 'lexicon' | 'column' | 'feature' | 'custom';
  /** The values it scores. */
  readonly spec: ValueSpec;
  /** Whether the same items always get the same scores. */
  readonly deterministic: boolean;
  /** Scores all items. */
  score(input: Input): ValueScores;
}
