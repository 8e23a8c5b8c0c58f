import type { Interval, Measure } from '../types.ts';
import { type ExcludedGroup, type ZeroDivision, zFor } from './internal-rates.ts';

/** One group's figures in a frame. */
export interface FrameGroup {
  /** The group's levels joined with ' × '. */
  readonly group: string;
  /** The group's levels, in the order of the sensitive columns. */
  readonly values: readonly string[];
  /** Number of rows; null when the group is suppressed. */
  readonly n: number | null;
  /** True when the group has rows, but fewer than `minN`. */
  readonly suppressed: boolean;
  /** One measure per metric, in the frame's order. */
  readonly measures: readonly Measure[];
}

/** How one metric differs between the groups of a stratum. Nulls mean: not defined, see `reason`. */
export interface FrameAggregate {
  /** The metric. */
  readonly metric: string;
  /** Least value over groups. */
  readonly min: number | null;
  /** Greatest value over groups. */
  readonly max: number | null;
  /** Greatest minus least, 0 = equal. */
  readonly differenceBetweenGroups: number | null;
  /**
   * Interval of that difference which holds for all pairs of groups at once (square-and-add, Bonferroni), from 0; null when it
   * or an interval of a group is not defined, or with more than 300 groups.
   */
  readonly differenceInterval: Interval | null;
  /** Least over greatest, 1 = equal. */
  readonly ratioBetweenGroups: number | null;
  /** Greatest absolute distance of a group from the overall value, 0 = equal. */
  readonly differenceToOverall: number | null;
  /** Least of min(r, 1/r) with r = group / overall, 1 = equal. */
  readonly ratioToOverall: number | null;
  /** p-value that scores go by label alone, not by group, from {@link scoreFrameOf} with a random source (rocAuc only). */
  readonly pValue?: number | undefined;
  /** Mean of `differenceBetweenGroups` in that case: it is never 0 in a sample. */
  readonly nullExpectation?: number | undefined;
  /** Number of groups with a value. */
  readonly groups: number;
  /** Groups left out, each with its reason. */
  readonly excluded: readonly ExcludedGroup[];
  /** Why figures are null: `no-defined-group`, `single-group`, or `zero-rate` (ratios only). */
  readonly reason?: string | undefined;
}

/** All groups of one control level (or of the whole table without control columns). */
export interface FrameStratum {
  /** Levels of the control columns; empty without them. */
  readonly values: readonly string[];
  /** Number of rows. */
  readonly n: number;
  /** The metrics over all rows of the stratum, suppressed groups included. */
  readonly overall: readonly Measure[];
  /** One entry per group. */
  readonly groups: readonly FrameGroup[];
  /** One entry per metric. */
  readonly aggregates: readonly FrameAggregate[];
}

/** Metrics by group, with aggregates. */
export interface MetricFrame {
  /** Names of the sensitive columns. */
  readonly sensitive: readonly string[];
  /** Names of the control columns. */
  readonly control: readonly string[];
  /** Names of the metrics, in the order of every list of measures. */
  readonly metrics: readonly string[];
  /** One stratum, or one per control level. */
  readonly strata: readonly FrameStratum[];
  /** Rows in all groups. */
  readonly rows: number;
  /** Rows left out because label, prediction, score or weight is missing. */
  readonly leftOut: number;
  /** Groups under `minN` and the rows in them. */
  readonly suppressed: {
    /** Number of groups. */
    readonly groups: number;
    /** Rows in them. */
    readonly rows: number;
  };
}

/** Groups up to which all pairs are gone through. */
const MOST_PAIRED = 300;

/** The interval of greatest minus least from those of the groups. */
function pairedInterval(groups: readonly FrameGroup[], position: number): Interval | null {
  const found: Measure[] = [];
  for (const { measures } of groups) {
    const one = measures[position]!;
    if (one.value === null) continue;
    if (one.interval === undefined) return null;
    found.push(one);
  }
  if (found.length < 2 || found.length > MOST_PAIRED) return null;
  const { level } = found[0]!.interval!;
  // Half-widths grow with the normal quantile: near enough for Wilson's and Student's intervals too.
  const widen = found.length === 2 ? 1 : zFor(level, (found.length * (found.length - 1)) / 2) / zFor(level);
  let lower = 0;
  let upper = 0;
  for (let a = 0; a < found.length; a++)
    for (let b = 0; b < a; b++) {
      const [x, y] = [found[a]!, found[b]!];
      const d = x.value! - y.value!;
      const [up, down] = [x.interval!.upper - x.value!, x.value! - x.interval!.lower];
      const [otherUp, otherDown] = [y.interval!.upper - y.value!, y.value! - y.interval!.lower];
      const low = d - widen * Math.sqrt(down * down + otherUp * otherUp);
      const high = d + widen * Math.sqrt(up * up + otherDown * otherDown);
      lower = Math.max(lower, low, -high);
      upper = Math.max(upper, high, -low);
    }
  return { lower, upper, level, method: 'square-and-add-bonferroni' };
}

/** Aggregates of one metric over groups, by fairlearn's definitions. */
export function aggregateMetric(
  metric: string,
  overall: number | null,
  groups: readonly FrameGroup[],
  position: number,
  zeroDivision: ZeroDivision,
): FrameAggregate {
  const excluded: ExcludedGroup[] = [];
  let min = Infinity;
  let max = -Infinity;
  let distance = 0;
  let closeness = Infinity;
  let defined = 0;
  for (const { group, measures } of groups) {
    const { value, reason } = measures[position]!;
    if (value === null) {
      excluded.push({ group, reason: reason ?? 'undefined' });
      continue;
    }
    defined++;
    if (value < min) min = value;
    if (value > max) max = value;
    if (overall === null) continue;
    distance = Math.max(distance, Math.abs(value - overall));
    // r > 1 counts as 1/r; x/0 is infinite, so 0 after inversion; 0/0 is skipped.
    if (overall === 0 && value === 0) continue;
    const r = overall === 0 ? (value > 0 ? 0 : -Infinity) : value / overall;
    closeness = Math.min(closeness, r > 1 ? 1 / r : r);
  }
  const base = { metric, groups: defined, excluded };
  if (defined === 0)
    return {
      ...base,
      min: null,
      max: null,
      differenceBetweenGroups: null,
      differenceInterval: null,
      ratioBetweenGroups: null,
      differenceToOverall: null,
      ratioToOverall: null,
      reason: 'no-defined-group',
    };
  const lonely =
    defined === 1 &&
    (zeroDivision !== 'fairlearn' || (groups.length > 1 && excluded.some((one) => one.reason === 'suppressed')));
  if (lonely)
    return {
      ...base,
      min,
      max,
      differenceBetweenGroups: null,
      differenceInterval: null,
      ratioBetweenGroups: null,
      differenceToOverall: null,
      ratioToOverall: null,
      reason: 'single-group',
    };
  const ratio = max === 0 ? null : min / max;
  const toOverall = overall === null || !(closeness < Infinity && closeness > -Infinity) ? null : closeness;
  return {
    ...base,
    min,
    max,
    differenceBetweenGroups: max - min,
    differenceInterval: pairedInterval(groups, position),
    ratioBetweenGroups: ratio,
    differenceToOverall: overall === null ? null : distance,
    ratioToOverall: toOverall,
    ...(ratio === null || toOverall === null ? { reason: 'zero-rate' } : {}),
  };
}

/** All combinations of levels, in order; only those in `present` when there would be more than `limit`. */
export function listGroups(
  levels: readonly (readonly string[])[],
  present: readonly (readonly string[])[],
  limit = 10_000,
): (readonly string[])[] {
  let product = 1;
  for (const list of levels) product *= list.length;
  if (product > limit) return [...present];
  let all: string[][] = [[]];
  for (const list of levels) {
    const next: string[][] = [];
    for (const head of all) for (const level of list) next.push([...head, level]);
    all = next;
  }
  return all;
}
