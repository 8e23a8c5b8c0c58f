import type { GroupTable } from './group-table.ts';
import { type Disparity, type DisparityOptions, disparity } from './internal-disparity.ts';

/**
 * Least over greatest true positive rate over groups.
 *
 * Range 0 to 1, 1 = equal, larger is better. A group without positive labels has no true positive rate and is left out.
 * The interval holds at its level for all pairs at once (Bonferroni), so it also covers extremes picked from the data.
 * With `rng`: permutation p-value (positives shuffled over groups on the cell table, +1 rule) and the expected value
 * under equality. Groups without a rate are left out and listed; with fewer than two groups the value is null.
 * Weights enter through Kish's effective n.
 * Source: fairlearn, equal_opportunity_ratio.
 *
 * @param cells - From {@link groupTable} with label and prediction.
 * @param options - See {@link DisparityOptions}.
 * @returns See {@link Disparity}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` when the table lacks an outcome; `BAD_OPTION`, `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'm', 'm']),
 *   booleanColumn('able', [true, true, true, true]),
 *   booleanColumn('hired', [true, false, true, true]),
 * ]);
 * const cells = groupTable(rows, { sensitive: ['sex'], label: { column: 'able' }, prediction: { column: 'hired' } });
 * equalOpportunityRatio(cells, { minN: 1 }).value; // => 0.5
 */
export function equalOpportunityRatio(cells: GroupTable, options: DisparityOptions = {}): Disparity {
  return disparity('equalOpportunityRatio', cells, ['truePositiveRate'], 'ratio', 'worst_case', options);
}
