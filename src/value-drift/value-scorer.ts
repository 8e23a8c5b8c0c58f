import type { ValueSpec } from './create-value-spec.ts';

/** Scores of items against the values of a spec. */
export interface ValueScores {
  /** Number of items. */
  readonly rows: number;
  /** One array per value, one score per item. NaN: no score (missing text, too few words, missing cell). */
  readonly columns: readonly Float64Array[];
  /**
   * What made the scores, where that is known only afterwards (a judge's model by its own word). It becomes part of the
   * profile's scorer, so that the scores of a judge that was replaced under its name are not compared.
   */
  readonly producedBy?: string | undefined;
}

/** The kind of method behind scores. */
export type ValueScorerKind = 'lexicon' | 'column' | 'feature' | 'embedding' | 'judge' | 'custom';

/** Gives each item one score per value. Any object of this form will do; the library's own are lexicon, column, feature and embedding scorers. */
export interface ValueScorer<Input> {
  /** Names the method, its version and its settings: profiles are compared only when it is equal. */
  readonly id: string;
  /** The kind of method. */
  readonly kind: ValueScorerKind;
  /** The values it scores. */
  readonly spec: ValueSpec;
  /** Whether the same items always get the same scores. */
  readonly deterministic: boolean;
  /** Scores all items. */
  score(input: Input): ValueScores;
}

/** A scorer that has to wait: for a judge, an embedding service. Profiles of it come from {@link profileValuesAsync}. */
export interface AsyncValueScorer<Input, Scores extends ValueScores = ValueScores> {
  /** Names the method, its version and its settings: profiles are compared only when it is equal. */
  readonly id: string;
  /** The kind of method. */
  readonly kind: ValueScorerKind;
  /** The values it scores. */
  readonly spec: ValueSpec;
  /** Whether the same items always get the same scores. */
  readonly deterministic: boolean;
  /** Scores all items. */
  score(input: Input): Promise<Scores>;
}
