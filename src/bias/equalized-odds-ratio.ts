import type { GroupTable } from './group-table.ts';
import { type Disparity, type DisparityOptions, disparity } from './internal-disparity.ts';

/** Options of {@link equalizedOddsRatio}. */
export interface EqualizedOddsRatioOptions extends DisparityOptions {
  /** How the two ratio values are joined: the worse one (`worst_case`, default) or their mean. */
  readonly agg?: 'worst_case' | 'mean' | undefined;
}

/**
 * The ratio between groups of the true positive rate and of the false positive rate, joined: the smaller one, or the mean.
 *
 * Range 0 to 1, 1 = equal, larger is better. When one of the two is undefined, so is this (in `fairlearn` mode the other one counts alone).
 * The interval holds at its level for all pairs at once (Bonferroni), so it also covers extremes picked from the data.
 * With `rng`: permutation p-value (positives shuffled over groups on the cell table, +1 rule) and the expected value
 * under equality. Groups without a rate are left out and listed; with fewer than two groups the value is null.
 * Weights enter through Kish's effective n.
 * Source: Hardt, Price & Srebro 2016; fairlearn, equalized_odds_ratio.
 *
 * @param cells - From {@link groupTable} with label and prediction.
 * @param options - See {@link EqualizedOddsRatioOptions}.
 * @returns See {@link Disparity}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` when the table lacks an outcome; `BAD_OPTION`, `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'm', 'm']),
 *   booleanColumn('able', [true, false, true, false]),
 *   booleanColumn('hired', [true, false, true, true]),
 * ]);
 * const cells = groupTable(rows, { sensitive: ['sex'], label: { column: 'able' }, prediction: { column: 'hired' } });
 * equalizedOddsRatio(cells, { minN: 1 }).value; // => 0
 */
export function equalizedOddsRatio(cells: GroupTable, options: EqualizedOddsRatioOptions = {}): Disparity {
  return disparity(
    'equalizedOddsRatio',
    cells,
    ['truePositiveRate', 'falsePositiveRate'],
    'ratio',
    options.agg ?? 'worst_case',
    options,
  );
}
