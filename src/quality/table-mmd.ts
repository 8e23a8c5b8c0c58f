import type { Table } from '../types.ts';
import { mixedDistance } from './internal-mixed-distance.ts';
import type { TableDistanceOptions, TableDistanceScore } from './table-energy-distance.ts';

/**
 * Squared maximum mean discrepancy of two tables with columns of any kind, with a Gaussian kernel, unbiased.
 *
 * About 0 for the same distribution (it may be slightly negative), at most 2; smaller is better. Encoded as for
 * {@link tableEnergyDistance}; the bandwidth is the median distance of all pairs of rows over the root of 2. The p-value
 * is by rearrangement, the interval from the spread over random halves. Source: Gretton et al. 2012, lemma 6.
 *
 * @param real - Real table.
 * @param synthetic - Synthetic table.
 * @param options - See {@link TableDistanceOptions}.
 * @returns See {@link TableDistanceScore}; reasons `TOO_FEW_ROWS` (under 10 of either table), `NO_FEATURES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH`, `UNKNOWN_COLUMN`, `LENGTH_MISMATCH`, `DUPLICATE_COLUMN`, `BAD_OPTION`,
 * `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const table = (shift) => createTable([numberColumn('x', Array.from({ length: 50 }, (_, i) => i + shift))]);
 * tableMmd(table(0), table(100), { seed: 'demo' }).pValue; // => 0.01
 */
export function tableMmd(real: Table, synthetic: Table, options: TableDistanceOptions): TableDistanceScore {
  return mixedDistance('tableMmd', real, synthetic, options);
}
