import type { GroupTable } from './group-table.ts';
import { type Disparity, type DisparityOptions, disparity } from './internal-disparity.ts';

/**
 * Greatest minus least rate of the positive outcome over groups: selection rate when predictions were counted, else the
 * base rate of the label.
 *
 * Range 0 to 1, 0 = equal, smaller is better.
 * The interval holds at its level for all pairs at once (Bonferroni), so it also covers extremes picked from the data.
 * With `rng`: permutation p-value (positives shuffled over groups on the cell table, +1 rule) and the expected value
 * under equality. Groups without a rate are left out and listed; with fewer than two groups the value is null.
 * Weights enter through Kish's effective n.
 * Source: fairlearn, demographic_parity_difference.
 *
 * @param cells - From {@link groupTable} with a prediction or a label.
 * @param options - See {@link DisparityOptions}.
 * @returns See {@link Disparity}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` when the table lacks an outcome; `BAD_OPTION`, `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * const cells = groupTable(rows, { sensitive: ['sex'], label: { column: 'hired' } });
 * demographicParityDifference(cells, { minN: 1 }).value; // => 0.5
 * demographicParityDifference(cells).reason; // => 'no-defined-group'
 */
export function demographicParityDifference(cells: GroupTable, options: DisparityOptions = {}): Disparity {
  return disparity(
    'demographicParityDifference',
    cells,
    [cells.hasPrediction ? 'selectionRate' : 'baseRate'],
    'difference',
    'worst_case',
    options,
  );
}
