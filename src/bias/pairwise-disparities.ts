import { SynthproofError } from '../errors.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import type { Interval, Rng } from '../types.ts';
import type { GroupTable } from './group-table.ts';
import { cellsByGroup, componentOf, type Disparity, disparity, excludedRows } from './internal-disparity.ts';
import {
  type ExcludedGroup,
  type GroupMetricName,
  leftOutOf,
  rateOf,
  rateOptions,
  sumCells,
  type ZeroDivision,
  zFor,
} from './internal-rates.ts';
import { newcombeEnds } from './internal-shares.ts';
import { ratioEnds } from './internal-simultaneous.ts';
import { twoProportionP } from './internal-tests.ts';

/** Options of {@link pairwiseDisparities}. */
export interface PairwiseDisparitiesOptions {
  /** The rate to compare; any rate except `count`, `f1` and `balancedAccuracy`. Default: selection rate, else base rate. */
  readonly metric?: Exclude<GroupMetricName, 'count' | 'f1' | 'balancedAccuracy'> | undefined;
  /** Compare every group with this one (levels joined with ' × ') instead of all pairs. */
  readonly reference?: string | undefined;
  /** `each-other` (default): all pairs; `rest`: every group with all other rows together, small groups among them. */
  readonly against?: 'each-other' | 'rest' | undefined;
  /** Coverage of all intervals together. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups, and denominators, with fewer rows are left out and listed. Default 10. */
  readonly minN?: number | undefined;
  /** What 0/0 becomes. Default `'undefined'`. */
  readonly zeroDivision?: ZeroDivision | undefined;
  /** Levels of the control columns: only that stratum counts. Default: all strata together. */
  readonly stratum?: readonly string[] | undefined;
  /** Random source of the permutation test of `greatest`. Without it that has no p-value. */
  readonly rng?: Rng | undefined;
  /** Number of permutations. Default 999. */
  readonly permutations?: number | undefined;
}

/** Two groups compared. */
export interface PairDisparity {
  /** First group. */
  readonly first: string;
  /** Second group; `(all others)` against the rest. */
  readonly second: string;
  /** Rows under the two rates (Kish's effective numbers with weights). */
  readonly n: readonly [number, number];
  /** Rate of the first minus rate of the second. */
  readonly difference: number;
  /** Newcombe's interval at the Bonferroni level: all intervals hold together with the stated coverage. */
  readonly interval: Interval;
  /** Rate of the first over rate of the second; null when that is 0. */
  readonly ratio: number | null;
  /** Katz's interval of the ratio with half a case added, at the same level; null without a ratio. */
  readonly ratioInterval: Interval | null;
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
  /** The greatest difference between any two groups, with what equal groups would show and, with `rng`, its permutation p-value. */
  readonly greatest: Disparity;
  /** Groups left out, each with its reason. */
  readonly excluded: readonly ExcludedGroup[];
  /** Rows in these groups. */
  readonly excludedRows: number;
  /** Rows left out because label, prediction or weight is missing. */
  readonly leftOut: number;
}

/**
 * Every pair of groups compared, or each group with a reference or with all others: differences and ratios with simultaneous
 * intervals and Holm-adjusted p-values. It says which groups differ, where the greatest difference only says that some do.
 *
 * Source: Newcombe 1998, method 10; Holm 1979.
 *
 * @param cells - From {@link groupTable}.
 * @param options - See {@link PairwiseDisparitiesOptions}.
 * @returns See {@link PairwiseDisparities}; no pairs when fewer than two groups have a rate.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` when the table lacks an outcome; `BAD_OPTION` for an unknown metric, reference or
 * way of comparing; `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * const cells = groupTable(rows, { sensitive: ['sex'], label: { column: 'hired' } });
 * pairwiseDisparities(cells, { minN: 1 }).pairs.map((pair) => [pair.first, pair.second, pair.difference]); // => [['f', 'm', -0.5]]
 */
export function pairwiseDisparities(cells: GroupTable, options: PairwiseDisparitiesOptions = {}): PairwiseDisparities {
  const rates = rateOptions(options);
  const metric = options.metric ?? (cells.hasPrediction ? 'selectionRate' : 'baseRate');
  const { labels, p, n, excluded: without } = componentOf(cells, metric, rates, options.stratum);
  const excluded = [...without];
  const { reference, against = 'each-other' } = options;
  if (against !== 'each-other' && against !== 'rest')
    throw new SynthproofError('BAD_OPTION', `against: expected 'each-other' or 'rest', received ${String(against)}`, {
      argument: 'against',
    });
  const groups = cellsByGroup(cells, options.stratum);
  if (reference !== undefined && (against === 'rest' || !groups.some((one) => one.label === reference)))
    throw new SynthproofError(
      'BAD_OPTION',
      against === 'rest'
        ? 'reference: expected none when groups are compared with the rest; leave one of the two out'
        : `reference: expected one of the groups ${groups
            .slice(0, 10)
            .map((one) => one.label)
            .join(', ')}, received "${reference}"`,
      { argument: 'reference' },
    );
  const sides: (readonly [Side, Side])[] = [];
  const side = (k: number): Side => ({ label: labels[k]!, p: p[k]!, n: n[k]! });
  for (let a = 0; a < labels.length; a++) {
    if (against === 'rest') {
      const others = groups.filter((one) => one.label !== labels[a]).flatMap((one) => one.members);
      const rate = rateOf(sumCells(others), metric, rates);
      if (rate.value !== null) sides.push([side(a), { label: REST, p: rate.value, n: rate.effective }]);
      else excluded.push({ group: labels[a]!, reason: `rest-${rate.reason}` });
      continue;
    }
    for (let b = a + 1; b < labels.length; b++) {
      if (reference === undefined || labels[b] === reference) sides.push([side(a), side(b)]);
      else if (labels[a] === reference) sides.push([side(b), side(a)]);
    }
  }
  const z = zFor(rates.level, sides.length);
  const pValues = sides.map(([a, b]) => twoProportionP(a.p, a.n, b.p, b.n));
  const adjusted = adjustPValues(
    pValues.filter((one) => one !== null),
    'holm',
  );
  let next = 0;
  const pairs = sides.map(([a, b], k): PairDisparity => {
    const ends = newcombeEnds(a.p, a.n, b.p, b.n, z);
    const around = ratioEnds(a.p * a.n, a.n, b.p * b.n, b.n, z);
    const ratio = b.p === 0 ? null : a.p / b.p;
    return {
      first: a.label,
      second: b.label,
      n: [a.n, b.n],
      difference: a.p - b.p,
      interval: { lower: ends[0], upper: ends[1], level: rates.level, method: 'newcombe-bonferroni' },
      ratio,
      ratioInterval:
        ratio === null
          ? null
          : {
              lower: Math.min(ratio, around[0]),
              upper: Math.max(ratio, around[1]),
              level: rates.level,
              method: 'katz-bonferroni',
            },
      pValue: pValues[k]!,
      pAdjusted: pValues[k] === null ? null : adjusted[next++]!,
    };
  });
  const { rng, permutations, stratum } = options;
  const shared = { level: rates.level, minN: rates.minN, zeroDivision: rates.zeroDivision, stratum, rng, permutations };
  return {
    metric,
    pairs,
    greatest: disparity(`${metric}Difference`, cells, [metric], 'difference', 'worst_case', shared),
    excluded,
    excludedRows: excludedRows(cells, stratum, excluded),
    leftOut: leftOutOf(cells),
  };
}

/** Name of all rows outside a group. */
const REST = '(all others)';

interface Side {
  readonly label: string;
  readonly p: number;
  readonly n: number;
}
