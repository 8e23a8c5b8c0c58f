import type { JobOptions, Measure } from '../types.ts';
import type { SkippedColumn } from './quality-result.ts';

/**
 * The same score between two random parts of the real table (the floor: sampling noise alone), and between one of these
 * parts and as many synthetic rows. Smaller is better. Compare `matched` with `floor`, never a score at another number
 * of rows.
 */
export interface TwoSampleFloor {
  /** Random splits of the real table. */
  readonly repeats: number;
  /** Rows on either side of every comparison. */
  readonly rowsPerSide: number;
  /** Mean score of real against real; null when it could not be computed in any split. */
  readonly floor: number | null;
  /** Least and greatest of them. */
  readonly floorRange: readonly [number, number] | null;
  /** Mean score of real against synthetic at the same number of rows. */
  readonly matched: number | null;
  /** Least and greatest of them. */
  readonly matchedRange: readonly [number, number] | null;
  /** Mean of matched - floor: difference beyond sampling noise. Around 0 = none to be seen at this size. */
  readonly excess: number | null;
  /** Least and greatest of these differences. */
  readonly excessRange: readonly [number, number] | null;
}

/** Why a two-sample score has no value. */
export type TwoSampleReason = 'TOO_FEW_ROWS' | 'NO_FEATURES' | 'TOO_FEW_COLUMNS';

/** A score of how different two tables are; smaller is better. */
export interface TwoSampleScore extends Measure {
  /** Real rows that entered the figure. */
  readonly nReal: number;
  /** Synthetic rows that entered the figure. */
  readonly nSynthetic: number;
  /** Columns that were left out, and why. */
  readonly skipped: readonly SkippedColumn[];
  /** Real against real at equal size; null when not asked for or when there are too few rows. */
  readonly noise: TwoSampleFloor | null;
  /** Why `value` is null. */
  readonly reason?: TwoSampleReason | undefined;
}

/** Options that the two-sample scores share. */
export interface TwoSampleOptions extends JobOptions {
  /** Seed of subsamples, folds, splits and rearrangements; any text. */
  readonly seed: string;
  /** Names of columns to leave out. Default none. */
  readonly skip?: readonly string[] | undefined;
  /** Most rows of either table that enter, drawn by the seed; each function states its default. */
  readonly rows?: number | undefined;
  /** Nominal coverage of the interval, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
  /** Random splits behind the noise floor, 0 (no floor) to 1000; each function states its default. */
  readonly noiseFloor?:
    | {
        /** Number of splits. */
        readonly repeats?: number | undefined;
      }
    | undefined;
}
