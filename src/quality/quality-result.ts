import type { ColumnKind } from '../types.ts';
import type { QualityMeasure, QualityMode } from './quality-measure.ts';

/**
 * The same figure between two random parts of the real table, and between a real and a synthetic part of that very
 * size. A figure at one number of rows must not be compared with a floor at another: fewer rows mean more noise and a
 * lower figure. Compare `matched` with `floor`, never `value` with `floor`.
 *
 * A fresh sample of the same population has an expected gap of 0. A generator fitted on all real rows can do slightly
 * better (gap below 0), since both parts of the real table share its rows; a table of copied rows does too, so a gap
 * below 0 is no merit of its own.
 */
export interface NoiseFloor {
  /** Mean figure of real against real over the repeats; null when it could not be computed in any. */
  readonly floor: number | null;
  /** Least and greatest of them. */
  readonly floorRange: readonly [number, number] | null;
  /** Mean figure of real against synthetic at the same number of rows. */
  readonly matched: number | null;
  /** Least and greatest of them. */
  readonly matchedRange: readonly [number, number] | null;
  /** Mean over the repeats of floor - matched: how much is lost beyond sampling noise. Around 0 = nothing to be seen at this size. */
  readonly gap: number | null;
  /** Least and greatest of the repeats' differences. */
  readonly gapRange: readonly [number, number] | null;
}

/** A figure with its noise floor. */
export interface QualityScore extends QualityMeasure {
  /** Null when no floor was asked for or the real table is too small to split. */
  readonly noise: NoiseFloor | null;
}

/** Binned or levelled shares of one column, for a picture; at most 30 entries. Shares are of non-missing cells. */
export interface QualityHistogram {
  /** `bins`: intervals of a number line, the outer two open; `levels`: labels, the rest pooled in the last entry. */
  readonly form: 'bins' | 'levels';
  /** Text of each entry. */
  readonly labels: readonly string[];
  /** Real shares, 0 to 1. */
  readonly real: readonly number[];
  /** Synthetic shares. */
  readonly synthetic: readonly number[];
  /** Number of levels pooled in the last entry; 0 when each has its own. */
  readonly pooledLevels: number;
}

/** One column of a quality result. */
export interface QualityColumn {
  /** Column name. */
  readonly column: string;
  /** Kind in the real table. */
  readonly kind: ColumnKind;
  /** `ksComplement` for numbers and times, `tvComplement` for levels. */
  readonly shape: QualityScore;
  /** Missing cells of the real column, rows. */
  readonly realMissing: number;
  /** Missing cells of the synthetic column, rows. */
  readonly syntheticMissing: number;
  /** One minus the difference of the shares of missing cells; null when a table has no rows. Not part of the score. */
  readonly missingValueSimilarity: number | null;
  /** Shares for a picture; null when switched off. */
  readonly histogram: QualityHistogram | null;
}

/** One pair of columns of a quality result. */
export interface QualityPair {
  /** First column. */
  readonly first: string;
  /** Second column. */
  readonly second: string;
  /** `correlationSimilarity` (Pearson) for two numeric columns, `contingencySimilarity` otherwise. */
  readonly trend: QualityScore;
  /** Real correlation of two numeric columns. */
  readonly realCorrelation: number | null;
  /** Synthetic correlation of two numeric columns; null also under the threshold. */
  readonly syntheticCorrelation: number | null;
  /** Cramer's V of the real pair; null for two numeric columns or a column of one level. */
  readonly realAssociation: number | null;
  /** True when the real relation is strong enough to count (see the thresholds). */
  readonly meetsThreshold: boolean;
}

/** A column that was not scored. */
export interface SkippedColumn {
  /** Column name. */
  readonly column: string;
  /** Kind in the real table, or in the synthetic one when only that has it. */
  readonly kind: ColumnKind;
  /**
   * `TEXT`: free text, names, identifiers; `IDENTIFIER`: a category column in which nearly every real cell has its own
   * level; `BY_REQUEST`: named in `skip`; `NOT_IN_SYNTHETIC`, `NOT_IN_REAL`: only one table has it.
   */
  readonly reason: 'TEXT' | 'IDENTIFIER' | 'BY_REQUEST' | 'NOT_IN_SYNTHETIC' | 'NOT_IN_REAL';
}

/** Result of measureQuality: plain JSON-safe data. */
export interface QualityResult {
  /** `quality/1`: form of this result and definition of its figures. */
  readonly version: 'quality/1';
  /** How the figures were computed. Figures of different modes or thresholds cannot be compared. */
  readonly mode: QualityMode;
  /** Real relations at or below these do not count. */
  readonly thresholds: {
    /** For two numeric columns: size of the real correlation. */
    readonly correlation: number;
    /** For other pairs: real Cramer's V. */
    readonly association: number;
  };
  /** Equal-width bins of a numeric column beside a column of levels. */
  readonly bins: number;
  /** Nominal coverage of the intervals. */
  readonly level: number;
  /** Seed of the splits. */
  readonly seed: string;
  /** Rows of either table. */
  readonly rows: {
    /** Rows of the real table. */
    readonly real: number;
    /** Rows of the synthetic table. */
    readonly synthetic: number;
  };
  /** Mean of the two parts below that can be computed; `nReal`, `nSynthetic` are rows. */
  readonly overall: QualityScore;
  /** Mean of the columns' figures. */
  readonly columnShapes: QualityScore;
  /** Mean of the figures of the pairs that count. */
  readonly columnPairTrends: QualityScore;
  /** Per column, in the real table's order. */
  readonly columns: readonly QualityColumn[];
  /** Per pair, in the real table's order. */
  readonly pairs: readonly QualityPair[];
  /** Columns that were not scored, and why. */
  readonly skipped: readonly SkippedColumn[];
  /** How the noise floor was made; null when there is none. */
  readonly noiseFloor: {
    /** Number of random splits. */
    readonly repeats: number;
    /** Rows on either side of every comparison. */
    readonly rowsPerSide: number;
  } | null;
}
