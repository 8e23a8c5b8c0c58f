import { SynthproofError } from '../errors.ts';
import { chiSquareUpperTail } from '../math/chi-square-upper-tail.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import type { Interval, Table } from '../types.ts';
import { type GroupTable, groupTable } from './group-table.ts';
import { cellsByGroup } from './internal-disparity.ts';
import { groupLabel, rateOptions } from './internal-rates.ts';
import { distanceIntervals, diversityIntervals } from './internal-share-intervals.ts';
import { type GroupShare, POOLED, shareOf } from './internal-shares.ts';
import { type ShareComparison, shareComparison } from './share-comparison.ts';

/** What shares are compared with. */
export type ShareReference =
  | {
      /** Another table with the same columns, for example the source. */
      readonly table: Table;
    }
  | {
      /** Known shares by group label (levels joined with ' × '); normalised to sum 1. */
      readonly shares: Readonly<Record<string, number>>;
    };

/** Options of {@link representation}. */
export interface RepresentationOptions {
  /** Names of the columns; groups are their combinations. */
  readonly columns: readonly string[];
  /** What to compare with. Default: nothing. */
  readonly reference?: ShareReference | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /**
   * Groups with fewer rows are pooled and only named. With a reference table its rows decide (and a group that is new
   * here by its own rows); with given shares the larger of count and expected count does. Default 10.
   */
  readonly minN?: number | undefined;
}

/** Distances and diversity of shares, without the figures of single groups. */
export type ShareDistances = Omit<ShareComparison, 'share' | 'ratio' | 'difference' | 'z'>;

/** Shares of groups, compared with a reference. */
export interface Representation {
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** Rows of the table. */
  readonly n: number;
  /** Rows of the reference table; null without one. */
  readonly referenceN: number | null;
  /** Shown groups, largest reference count (else count) first. */
  readonly groups: readonly GroupShare[];
  /** All suppressed groups as one; null when there are none or their pool is itself under `minN`. */
  readonly pooled: GroupShare | null;
  /** Groups under `minN`. */
  readonly suppressed: {
    /** Their labels. */
    readonly groups: readonly string[];
    /** Rows in them. */
    readonly rows: number;
    /** Rows in them in the reference table; null without one. */
    readonly referenceRows: number | null;
    /** Those that have 3 x `minN` rows or more here although the reference has fewer than `minN`. */
    readonly grown: readonly string[];
  };
  /** p-values of the shown groups after Holm's adjustment, in their order; null where there is none. */
  readonly adjusted: readonly (number | null)[];
  /** Total variation distance over all groups, suppressed ones included, 0 to 1; null without a reference. */
  readonly totalVariation: number | null;
  /** Its interval, which allows for the distance that chance alone adds; null without a reference. */
  readonly totalVariationInterval: Interval | null;
  /** The distance that samples of this size from one population would show on average; null without a reference. */
  readonly totalVariationExpected: number | null;
  /** p-value of the chi-square test over all groups (goodness of fit, or homogeneity of two tables, small groups pooled). */
  readonly pValue: number | null;
  /** Distances and diversity over all groups, small ones included. Without a reference the distances are 0. */
  readonly comparison: ShareDistances | null;
  /** Interval of `comparison.shannon`; null without groups. */
  readonly shannonInterval: Interval | null;
  /** Interval of `comparison.simpson`; null without groups. */
  readonly simpsonInterval: Interval | null;
}

/**
 * Share of every group with its interval, against a reference population: another table (the source) or known shares.
 *
 * A missing value is the group `(missing)`. Groups that have no row here but some in the reference are `absent`, the
 * other way round `new`. Small groups are pooled, named and counted, never dropped.
 *
 * @param table - The rows.
 * @param options - See {@link RepresentationOptions}.
 * @returns See {@link Representation}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for a table without rows; `UNKNOWN_COLUMN`; `KIND_MISMATCH` for a continuous column.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'm', 'm', 'm'])]);
 * const found = representation(rows, { columns: ['sex'], reference: { shares: { f: 0.5, m: 0.5 } }, minN: 1 });
 * found.groups.map((one) => [one.group, one.share, one.ratio]); // => [['m', 0.75, 1.5], ['f', 0.25, 0.5]]
 */
export function representation(table: Table, options: RepresentationOptions): Representation {
  const spec = { sensitive: options.columns };
  if (!Array.isArray(options.columns) || options.columns.length === 0)
    throw new SynthproofError(
      'BAD_OPTION',
      `columns: expected an array of at least one column name, received ${JSON.stringify(options.columns) ?? 'nothing'}`,
      { argument: 'columns' },
    );
  const here = groupTable(table, spec);
  const { reference } = options;
  if (reference !== undefined && (typeof reference !== 'object' || !('table' in reference || 'shares' in reference)))
    throw new SynthproofError(
      'BAD_OPTION',
      `reference: expected { table } or { shares: { level: share } }, received ${JSON.stringify(reference)}`,
      { argument: 'reference' },
    );
  if (reference !== undefined && 'table' in reference)
    return representationOf(here, groupTable(reference.table, spec), null, options);
  return representationOf(here, null, reference?.shares ?? null, options);
}

function countsOf(cells: GroupTable): Map<string, { readonly values: readonly string[]; readonly n: number }> {
  const counts = new Map<string, { readonly values: readonly string[]; readonly n: number }>();
  for (const { label, values, members } of cellsByGroup(cells, undefined)) {
    let n = 0;
    for (const cell of members) for (const count of cell.n) n += count;
    counts.set(label, { values, n });
  }
  return counts;
}

/** The same from group tables that exist already. */
export function representationOf(
  here: GroupTable,
  there: GroupTable | null,
  shares: Readonly<Record<string, number>> | null,
  options: { readonly level?: number | undefined; readonly minN?: number | undefined },
): Representation {
  const { level, minN } = rateOptions(options);
  const n = here.rows;
  if (n === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      'table: expected at least one row, received none; check the filter or the file',
      {
        argument: 'table',
      },
    );
  if (there !== null && there.rows === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      'reference: expected at least one row, received none; check the filter or the file',
      {
        argument: 'reference',
      },
    );
  const counts = countsOf(here);
  const other = there === null ? null : countsOf(there);
  const given = shares === null ? null : normalise(shares);
  const labels = new Map<string, readonly string[]>();
  for (const [label, one] of counts) labels.set(label, one.values);
  for (const [label, one] of other ?? []) if (!labels.has(label)) labels.set(label, one.values);
  for (const label of given?.keys() ?? []) if (!labels.has(label)) labels.set(label, label.split(' × '));
  // One sensitive column: a level of a category column that no row has is an absent group.
  if (here.levels.length === 1)
    for (const level of here.levels[0]!) if (!labels.has(level)) labels.set(groupLabel([level]), [level]);
  const referenceTotal = there?.rows ?? null;
  const all = [...labels].map(([group, values]) => {
    const own = counts.get(group)?.n ?? 0;
    const referenceN = other === null ? null : (other.get(group)?.n ?? 0);
    const referenceShare =
      referenceN !== null ? referenceN / referenceTotal! : given === null ? null : (given.get(group) ?? 0);
    const size = referenceN !== null ? (referenceN === 0 ? own : referenceN) : Math.max(own, (referenceShare ?? 0) * n);
    return { group, values, n: own, referenceN, referenceShare, size };
  });
  all.sort((a, b) => b.size - a.size || (a.group < b.group ? -1 : a.group > b.group ? 1 : 0));
  const shown = all.filter((one) => one.size >= minN);
  const small = all.filter((one) => one.size < minN && (one.n > 0 || (one.referenceN ?? one.referenceShare ?? 0) > 0));
  const pool = {
    group: POOLED,
    values: [],
    n: small.reduce((sum, one) => sum + one.n, 0),
    referenceN: other === null ? null : small.reduce((sum, one) => sum + one.referenceN!, 0),
    referenceShare: other === null && given === null ? null : small.reduce((sum, one) => sum + one.referenceShare!, 0),
  };
  const strip = ({ size: _, ...one }: (typeof all)[number]): Omit<(typeof all)[number], 'size'> => one;
  const groups = shown.map((one) => shareOf(strip(one), n, referenceTotal, level));
  const pooled =
    small.length === 0 || Math.max(pool.n, pool.referenceN ?? 0) < minN
      ? null
      : shareOf(pool, n, referenceTotal, level);
  const tested = groups.map((one) => one.pValue).filter((p) => p !== null);
  const holm = adjustPValues(tested, 'holm');
  let next = 0;
  const referenced = all.filter((one) => one.referenceShare !== null);
  const comparison =
    all.length === 0
      ? null
      : shareComparison(
          all.map((one) => one.n),
          referenced.length > 0 ? all.map((one) => one.referenceShare!) : all.map((one) => one.n),
        );
  return {
    columns: here.sensitive,
    n,
    referenceN: referenceTotal,
    groups,
    pooled,
    suppressed: {
      groups: small.map((one) => one.group).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
      rows: pool.n,
      referenceRows: pool.referenceN,
      grown: small.filter((one) => one.n >= 3 * Math.max(1, minN)).map((one) => one.group),
    },
    adjusted: groups.map((one) => (one.pValue === null ? null : holm[next++]!)),
    totalVariation: referenced.length === 0 ? null : (comparison?.totalVariation ?? null),
    pValue:
      referenced.length === 0
        ? null
        : other === null
          ? (comparison?.pValue ?? null)
          : homogeneity([...groups, ...(small.length === 0 ? [] : [pool])], n, referenceTotal!),
    comparison: comparison === null ? null : distances(comparison),
    ...distanceIntervals(referenced.length === 0 ? null : comparison, referenceTotal, level),
    ...diversityIntervals(comparison, level),
  };
}

function distances({ share: _, ratio: __, difference: ___, z: ____, ...rest }: ShareComparison): ShareDistances {
  return rest;
}

/** Chi-square test that two tables have the same shares. */
function homogeneity(
  groups: readonly { readonly n: number; readonly referenceN: number | null }[],
  n: number,
  referenceTotal: number,
): number {
  let statistic = 0;
  let df = -1;
  for (const one of groups) {
    const both = one.n + one.referenceN!;
    if (both === 0) continue;
    df++;
    const a = (both * n) / (n + referenceTotal);
    const b = both - a;
    statistic += ((one.n - a) * (one.n - a)) / a + ((one.referenceN! - b) * (one.referenceN! - b)) / b;
  }
  return df < 1 ? 1 : chiSquareUpperTail(statistic, df);
}

function normalise(shares: Readonly<Record<string, number>>): Map<string, number> {
  let sum = 0;
  for (const [group, share] of Object.entries(shares)) {
    if (!(share >= 0 && share < Infinity))
      throw new SynthproofError(
        'BAD_VALUE',
        `reference.shares: expected a finite share of at least 0 for "${group}", received ${share}`,
        {
          argument: 'reference.shares',
        },
      );
    sum += share;
  }
  if (!(sum > 0))
    throw new SynthproofError('EMPTY_INPUT', 'reference.shares: expected a positive sum', {
      argument: 'reference.shares',
    });
  return new Map(Object.entries(shares).map(([group, share]) => [group, share / sum]));
}
