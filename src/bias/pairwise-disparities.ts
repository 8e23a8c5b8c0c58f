import { adjustPValues } from '../stats/adjust-p-values.ts';
import type { Interval } from '../types.ts';
import type { GroupTable } from './group-table.ts';
import { componentOf } from './internal-disparity.ts';
import { type ExcludedGroup, type GroupMetricName, rateOptions, type ZeroDivision, zFor } from './internal-rates.ts';
import { newcombeEnds } from './internal-shares.ts';
import { twoProportionP } from './internal-tests.ts';

/** Options of {@link pairwiseDisparities}. */
export interface PairwiseDisparitiesOptions {
  /** The rate to compare; any rate except `count`, `f1` and `balancedAccuracy`. Default: selection rate, else base rate. */
  readonly metric?: Exclude<GroupMetricName, 'count' | 'f1' | 'balancedAccuracy'> | undefined;
  /** Compare every group with this one (levels joined with ' × ') instead of all pairs. */
  readonly reference?: string | undefined;
  /** Coverage of all intervals together. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups, and denominators, with fewer rows are left out and listed. Default 10. */
  readonly minN?: number | undefined;
  /** What 0/0 becomes. Default `'undefined'`. */
  readonly zeroDivision?: ZeroDivision | undefined;
  /** Levels of the control columns: only that stratum counts. Default: all strata together. */
  readonly stratum?: readonly string[] | undefined;
}

/** Two groups compared. */
export interface PairDisparity {
  /** First group. */
  readonly first: string;
  /** Second group. */
  readonly second: string;
  /** Rate of the first minus rate of the second. */
  readonly difference: number;
  /** Newcombe's interval at the Bonferroni level: all intervals hold together with the stated coverage. */
  readonly interval: Interval;
  /** p-value that the rates are equal (Fisher when an expected count is under 10, else score test). */
  readonly pValue: number | null;
  /** The same after Holm's adjustment over all pairs. */
  readonly pAdjusted: number | null;
}

/** Every pair of groups compared. */
export interface PairwiseDisparities {
  /** The rate. */
  readonly metric: string;
  /** The pairs, in group order. */
  readonly pairs: readonly PairDisparity[];
  /** Groups left out, each with its reason. */
  readonly excluded: readonly ExcludedGroup[];
}

/**
 * Every pair of groups compared, with simultaneous Newcombe intervals and Holm-adjusted p-values: which groups differ,
 * where the greatest difference only says that some do.
 *
 * Source: Newcombe 1998, method 10; Holm 1979.
 *
 * @param cells - From {@link groupTable}.
 * @param options - See {@link PairwiseDisparitiesOptions}.
 * @returns See {@link PairwiseDisparities}; no pairs when fewer than two groups have a rate.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` when the table lacks an outcome; `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * const cells = groupTable(rows, { sensitive: ['sex'], label: { column: 'hired' } });
 * pairwiseDisparities(cells, { minN: 1 }).pairs.map((pair) => [pair.first, pair.second, pair.difference]); // => [['f', 'm', -0.5]]
 */
export function pairwiseDisparities(cells: GroupTable, options: PairwiseDisparitiesOptions = {}): PairwiseDisparities {
  const rates = rateOptions(options);
  const metric = options.metric ?? (cells.hasPrediction ? 'selectionRate' : 'baseRate');
  const { labels, p, n, excluded } = componentOf(cells, metric, rates, options.stratum);
  const { reference } = options;
  const at: [number, number][] = [];
  for (let a = 0; a < labels.length; a++)
    for (let b = a + 1; b < labels.length; b++) {
      if (reference === undefined) at.push([a, b]);
      else if (labels[b] === reference) at.push([a, b]);
      else if (labels[a] === reference) at.push([b, a]);
    }
  const z = zFor(rates.level, at.length);
  const pValues = at.map(([a, b]) => twoProportionP(p[a]!, n[a]!, p[b]!, n[b]!));
  const adjusted = adjustPValues(
    pValues.filter((one) => one !== null),
    'holm',
  );
  let next = 0;
  const pairs = at.map(([a, b], k): PairDisparity => {
    const ends = newcombeEnds(p[a]!, n[a]!, p[b]!, n[b]!, z);
    return {
      first: labels[a]!,
      second: labels[b]!,
      difference: p[a]! - p[b]!,
      interval: { lower: ends[0], upper: ends[1], level: rates.level, method: 'newcombe-bonferroni' },
      pValue: pValues[k]!,
      pAdjusted: pValues[k] === null ? null : adjusted[next++]!,
    };
  });
  return { metric, pairs, excluded };
}
