import type { Table } from '../types.ts';
import { mixedDistance } from './internal-mixed-distance.ts';
import type { TwoSampleOptions, TwoSampleScore } from './two-sample-score.ts';

/** Options of {@link tableEnergyDistance} and {@link tableMmd}. `rows` defaults to 1,000 of either table, `noiseFloor.repeats` to 3. */
export interface TableDistanceOptions extends TwoSampleOptions {
  /** Rearrangements behind the p-value, 0 (none) to 100,000. Default 99. */
  readonly permutations?: number | undefined;
}

/** Result of {@link tableEnergyDistance} and {@link tableMmd}. `nReal` and `nSynthetic` are the rows drawn. */
export interface TableDistanceScore extends TwoSampleScore {
  /** Bandwidth of the Gaussian kernel in the unit of the encoded points; null for the energy distance. */
  readonly bandwidth: number | null;
  /** Numeric coordinates and columns of levels that gave a distance. */
  readonly features: number;
}

/**
 * Energy distance of two tables with columns of any kind: 2 E|X - Y| - E|X - X'| - E|Y - Y'|, unbiased.
 *
 * About 0 for the same distribution (it may be slightly negative), larger for a larger difference; smaller is better.
 * Encoding: numbers and times become mid-ranks of both tables together, scaled to deviation 1; two different levels
 * stand at a constant distance; every column gives a random pair of rows the same expected squared distance. Missing is
 * a level. The p-value is by rearrangement, the interval from the spread over random halves.
 * Source: Szekely and Rizzo 2013. Time and memory grow with the square of `rows`.
 *
 * @param real - Real table.
 * @param synthetic - Synthetic table.
 * @param options - See {@link TableDistanceOptions}.
 * @returns See {@link TableDistanceScore}; reasons `TOO_FEW_ROWS` (under 10 of either table), `NO_FEATURES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH`, `UNKNOWN_COLUMN`, `LENGTH_MISMATCH`, `DUPLICATE_COLUMN`, `BAD_OPTION`,
 * `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const table = (shift) => createTable([numberColumn('x', Array.from({ length: 50 }, (_, i) => i + shift))]);
 * tableEnergyDistance(table(0), table(100), { seed: 'demo' }).pValue; // => 0.01
 */
export function tableEnergyDistance(real: Table, synthetic: Table, options: TableDistanceOptions): TableDistanceScore {
  return mixedDistance('tableEnergyDistance', real, synthetic, options);
}
