import { SynthproofError } from '../errors.ts';
import { chiSquareUpperTail } from '../math/chi-square-upper-tail.ts';
import { mantelHaenszel } from '../stats/mantel-haenszel.ts';
import type { Measure } from '../types.ts';
import type { GroupTable } from './group-table.ts';
import { leftOutOf, rateOptions, wilsonEnds, zFor } from './internal-rates.ts';
import { newcombeEnds } from './internal-shares.ts';
import { twoProportionP } from './internal-tests.ts';

/** Options of {@link conditionalDisparity}. */
export interface ConditionalDisparityOptions {
  /** First group (its levels joined with ' × '); differences are first minus second. */
  readonly first: string;
  /** Second group. Default: all other rows. */
  readonly second?: string | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Strata in which a group has fewer rows still count for the pooled figures, but are not shown. Default 10. */
  readonly minN?: number | undefined;
}

/** The two groups within one control level. */
export interface StratumDisparity {
  /** Levels of the control columns. */
  readonly stratum: readonly string[];
  /** Rows of both groups. */
  readonly n: number;
  /** Rate of the first minus rate of the second. */
  readonly difference: Measure;
}

/** A difference as a whole and within strata. */
export interface ConditionalDisparity {
  /** Rate of the first minus rate of the second over all rows. */
  readonly aggregate: Measure;
  /** The same within strata, weighted by the strata's rows. */
  readonly conditional: Measure;
  /** The strata. */
  readonly strata: readonly StratumDisparity[];
  /** Cochran-Mantel-Haenszel test that the groups are equal within strata, with continuity correction; null when undefined. */
  readonly mantelHaenszel: {
    /** Statistic, one degree of freedom. */
    readonly statistic: number;
    /** p-value. */
    readonly pValue: number;
  } | null;
  /** Breslow-Day test that the groups' odds ratio is the same in all strata; null when undefined. */
  readonly homogeneity: {
    /** Statistic. */
    readonly statistic: number;
    /** Degrees of freedom. */
    readonly df: number;
    /** p-value. */
    readonly pValue: number;
  } | null;
  /** True when the aggregate and the conditional difference have opposite signs (Simpson's paradox). */
  readonly reversed: boolean;
  /** Strata where one of the groups has no rows: they say nothing about the difference. */
  readonly emptyStrata: number;
  /** Rows left out because label, prediction or weight is missing. */
  readonly leftOut: number;
}

/**
 * The difference between two groups as a whole and within the levels of the control columns: does it survive
 * conditioning, or turn round (Simpson's paradox)?
 *
 * The conditional difference weighs strata by their rows; its interval is the wider one of the strata's Wilson
 * intervals added up (square-and-add) and the normal one with unbiased variances. The test is Cochran-Mantel-Haenszel's.
 * Uses the selection rate when predictions were counted, else the base rate. Weighted tables are refused: the test
 * needs counts.
 * Source: Mantel & Haenszel 1959; Breslow & Day 1980; Bickel, Hammel & O'Connell 1975 for the classic case.
 *
 * @param cells - From {@link groupTable} with control columns.
 * @param options - See {@link ConditionalDisparityOptions}.
 * @returns See {@link ConditionalDisparity}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` without control columns or outcomes, or with weights; `BAD_OPTION` for an unknown group.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'm', 'm']),
 *   categoryColumn('dept', ['x', 'x', 'x', 'x']),
 *   booleanColumn('in', [true, false, true, true]),
 * ]);
 * const cells = groupTable(rows, { sensitive: ['sex'], control: ['dept'], label: { column: 'in' } });
 * conditionalDisparity(cells, { first: 'f', minN: 1 }).conditional.value; // => -0.5
 */
export function conditionalDisparity(cells: GroupTable, options: ConditionalDisparityOptions): ConditionalDisparity {
  const { level, minN } = rateOptions(options);
  if (cells.control.length === 0 || !(cells.hasLabel || cells.hasPrediction) || cells.weighted)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      'cells: expected unweighted counts with control columns and an outcome',
      { argument: 'cells' },
    );
  const { first, second } = options;
  const known = new Set(cells.cells.map((cell) => cell.group.join(' × ')));
  for (const [name, group] of [
    ['first', first],
    ['second', second],
  ] as const)
    if ((name === 'first' || group !== undefined) && !known.has(group!))
      throw new SynthproofError(
        'BAD_OPTION',
        `${name}: no group "${group}" in the counts; ${known.size === 0 ? 'no row has all that was asked for' : `groups are ${[...known].slice(0, 10).join(', ')}`}`,
        { argument: name },
      );
  const strata = new Map<string, { readonly stratum: readonly string[]; readonly n: number[]; readonly k: number[] }>();
  for (const cell of cells.cells) {
    const label = cell.group.join(' × ');
    const side = label === first ? 0 : second === undefined || label === second ? 1 : -1;
    if (side < 0) continue;
    const key = JSON.stringify(cell.stratum);
    const one = strata.get(key) ?? { stratum: cell.stratum, n: [0, 0], k: [0, 0] };
    strata.set(key, one);
    const [tn, fp, fn, tp] = cell.n as [number, number, number, number];
    one.n[side]! += tn + fp + fn + tp;
    one.k[side]! += tp + (cells.hasPrediction ? fp : fn);
  }
  const z = zFor(level);
  const measure = (n: readonly number[], k: readonly number[]): Measure => {
    const base = { metric: 'rateDifference', range: [-1, 1] as const, goal: 'zero' as const, n: n[0]! + n[1]! };
    if (Math.min(n[0]!, n[1]!) === 0) return { ...base, value: null, reason: 'empty-group' };
    if (Math.min(n[0]!, n[1]!) < minN) return { ...base, value: null, reason: 'suppressed' };
    const [a, b] = [k[0]! / n[0]!, k[1]! / n[1]!];
    const ends = newcombeEnds(a, n[0]!, b, n[1]!, z);
    const pValue = twoProportionP(a, n[0]!, b, n[1]!);
    return {
      ...base,
      value: a - b,
      interval: { lower: ends[0], upper: ends[1], level, method: 'newcombe' },
      ...(pValue === null ? {} : { pValue }),
    };
  };
  const total = { n: [0, 0], k: [0, 0] };
  let size = 0;
  let sum = 0;
  // Square-and-add of Wilson intervals is right for a few large strata, but too short for many small ones, where Wilson's centre
  // lies far from the rate; the unbiased variances are right for many, and 0 for a few rates of 0 or 1. The wider one is taken.
  let down = 0;
  let up = 0;
  let variance = 0;
  let excess = 0;
  let spread = 0;
  let emptyStrata = 0;
  for (const { n, k } of strata.values()) {
    for (const side of [0, 1]) {
      total.n[side]! += n[side]!;
      total.k[side]! += k[side]!;
    }
    const [n1, n2] = n as [number, number];
    if (n1 === 0 || n2 === 0) {
      emptyStrata++;
      continue;
    }
    const all = n1 + n2;
    const marked = k[0]! + k[1]!;
    const [a, b] = [k[0]! / n1, k[1]! / n2];
    size += all;
    sum += all * (a - b);
    const [la, ua] = wilsonEnds(a, n1, z);
    const [lb, ub] = wilsonEnds(b, n2, z);
    down += all * all * ((a - la) * (a - la) + (ub - b) * (ub - b));
    up += all * all * ((ua - a) * (ua - a) + (b - lb) * (b - lb));
    const mean = marked / all;
    const own = (p: number, rows: number): number =>
      rows > 1 ? (p * (1 - p)) / (rows - 1) : (mean * (1 - mean) * all) / (all - 1);
    variance += all * all * (own(a, n1) + own(b, n2));
    excess += k[0]! - (n1 * marked) / all;
    if (all > 1) spread += (n1 * n2 * marked * (all - marked)) / (all * all * (all - 1));
  }
  const aggregate = measure(total.n, total.k);
  const base = { metric: 'conditionalDifference', range: [-1, 1] as const, goal: 'zero' as const, n: size };
  const conditional: Measure =
    size === 0
      ? { ...base, value: null, reason: 'empty-group' }
      : {
          ...base,
          value: sum / size,
          interval: {
            lower: Math.max(-1, (sum - Math.sqrt(Math.max(down, z * z * variance))) / size),
            upper: Math.min(1, (sum + Math.sqrt(Math.max(up, z * z * variance))) / size),
            level,
            method: 'newcombe',
          },
        };
  const tables = [...strata.values()]
    .filter(({ n }) => n[0]! > 0 && n[1]! > 0)
    .map(({ n, k }) => [
      [k[0]!, n[0]! - k[0]!],
      [k[1]!, n[1]! - k[1]!],
    ]);
  const breslowDay = tables.length === 0 ? null : mantelHaenszel(tables, level).homogeneity;
  const reach = Math.max(0, Math.abs(excess) - 0.5);
  const statistic = spread === 0 ? 0 : (reach * reach) / spread;
  return {
    aggregate,
    conditional,
    strata: [...strata.values()].map(({ stratum, n, k }) => ({ stratum, n: n[0]! + n[1]!, difference: measure(n, k) })),
    mantelHaenszel: spread === 0 ? null : { statistic, pValue: chiSquareUpperTail(statistic, 1) },
    homogeneity:
      breslowDay === null || breslowDay.statistic === null
        ? null
        : { statistic: breslowDay.statistic, df: breslowDay.df, pValue: breslowDay.pValue },
    reversed: aggregate.value !== null && conditional.value !== null && aggregate.value * conditional.value < 0,
    emptyStrata,
    leftOut: leftOutOf(cells),
  };
}
