import type { GroupTable } from './group-table.ts';
import { type Disparity, type DisparityOptions, disparity } from './internal-disparity.ts';

/**
 * Least over greatest rate of the positive outcome over groups: selection rate when predictions were counted, else the
 * base rate of the label.
 *
 * Range 0 to 1, 1 = equal, larger is better; a known rule of thumb looks closer below 0.8. Null when no group has a
 * positive (0/0).
 * The interval holds at its level for all pairs at once (Bonferroni), so it also covers extremes picked from the data.
 * With `rng`: permutation p-value (positives shuffled over groups on the cell table, +1 rule) and the expected value
 * under equality. Groups without a rate are left out and listed; with fewer than two groups the value is null.
 * Weights enter through Kish's effective n.
 * Source: fairlearn, demographic_parity_ratio; EEOC Uniform Guidelines, four-fifths rule.
 *
 * @param cells - From {@link groupTable} with a prediction or a label.
 * @param options - See {@link DisparityOptions}.
 * @returns See {@link Disparity}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` when the table lacks an outcome; `BAD_OPTION`, `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * demographicParityRatio(groupTable(rows, { sensitive: ['sex'], label: { column: 'hired' } }), { minN: 1 }).value; // => 0.5
 */
export function demographicParityRatio(cells: GroupTable, options: DisparityOptions = {}): Disparity {
  return disparity(
    'demographicParityRatio',
    cells,
    [cells.hasPrediction ? 'selectionRate' : 'baseRate'],
    'ratio',
    'worst_case',
    options,
  );
}
