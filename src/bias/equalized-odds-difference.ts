import type { GroupTable } from './group-table.ts';
import { type Disparity, type DisparityOptions, disparity } from './internal-disparity.ts';

/** Options of {@link equalizedOddsDifference}. */
export interface EqualizedOddsDifferenceOptions extends DisparityOptions {
  /** How the two difference values are joined: the worse one (`worst_case`, default) or their mean. */
  readonly agg?: 'worst_case' | 'mean' | undefined;
}

/**
 * The difference between groups of the true positive rate and of the false positive rate, joined: the larger one, or the mean.
 *
 * Range 0 to 1, 0 = equal, smaller is better. When one of the two is undefined, so is this (in `fairlearn` mode the other one counts alone).
 * The interval holds at its level for all pairs at once (Bonferroni), so it also covers extremes picked from the data.
 * With `rng`: permutation p-value (positives shuffled over groups on the cell table, +1 rule) and the expected value
 * under equality. Groups without a rate are left out and listed; with fewer than two groups the value is null.
 * Weights enter through Kish's effective n.
 * Source: Hardt, Price & Srebro 2016; fairlearn, equalized_odds_difference.
 *
 * @param cells - From {@link groupTable} with label and prediction.
 * @param options - See {@link EqualizedOddsDifferenceOptions}.
 * @returns See {@link Disparity}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` when the table lacks an outcome; `BAD_OPTION`, `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'm', 'm']),
 *   booleanColumn('able', [true, false, true, false]),
 *   booleanColumn('hired', [true, false, true, true]),
 * ]);
 * const cells = groupTable(rows, { sensitive: ['sex'], label: { column: 'able' }, prediction: { column: 'hired' } });
 * equalizedOddsDifference(cells, { minN: 1 }).value; // => 1
 */
export function equalizedOddsDifference(cells: GroupTable, options: EqualizedOddsDifferenceOptions = {}): Disparity {
  return disparity(
    'equalizedOddsDifference',
    cells,
    ['truePositiveRate', 'falsePositiveRate'],
    'difference',
    options.agg ?? 'worst_case',
    options,
  );
}
