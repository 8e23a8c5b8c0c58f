import type { Measure } from '../types.ts';

/**
 * How a fidelity measure is computed.
 *
 * `strict` (default): shared bin edges taken from the real column with infinite outer ends, exact counts, no rounding.
 * `compat`: SDMetrics 0.29, bug for bug (values rounded to 14 decimals, novel levels given 1e-6 rows, each table
 * binned by its own edges in the report), so that a figure can be compared with one that was published.
 */
export type QualityMode = 'strict' | 'compat';

/** Why a fidelity measure has no value. */
export type QualityReason =
  | 'NO_REAL_VALUES'
  | 'NO_SYNTHETIC_VALUES'
  | 'TOO_FEW_VALUES'
  | 'CONSTANT_REAL'
  | 'CONSTANT_SYNTHETIC'
  | 'ONE_LEVEL'
  | 'NOT_FINITE'
  | 'BELOW_THRESHOLD'
  | 'NO_TEXTS'
  | 'NOTHING_TO_AVERAGE';

/** A fidelity figure from 0 (nothing alike) to 1 (alike), with the rows behind it on either side. */
export interface QualityMeasure extends Measure {
  /** Real rows that entered the figure: missing cells, and NaN in a numeric column, are left out where the measure says so. */
  readonly nReal: number;
  /** Synthetic rows that entered the figure. */
  readonly nSynthetic: number;
  /** Why `value` is null. */
  readonly reason?: QualityReason | undefined;
}

/** Options that most fidelity measures share. */
export interface QualityMeasureOptions {
  /** See {@link QualityMode}. Default `strict`. */
  readonly mode?: QualityMode | undefined;
  /** Nominal coverage of the interval, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
}
