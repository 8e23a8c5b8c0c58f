import { SynthproofError } from '../errors.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import type { Interval } from '../types.ts';
import type { GroupTable } from './group-table.ts';
import { groupLabel, leftOutOf, rateOptions } from './internal-rates.ts';
import { newcombeEnds } from './internal-shares.ts';
import { twoProportionP } from './internal-tests.ts';

/** Options of {@link demographicDisparity}. */
export interface DemographicDisparityOptions {
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups with fewer rows are named, but get no figure of their own; they count for the mean. Default 10. */
  readonly minN?: number | undefined;
}

/** One group's part of {@link demographicDisparity}. */
export interface GroupDisparity {
  /** The group's levels joined with ' × '. */
  readonly group: string;
  /** Rows. */
  readonly n: number;
  /** Share among the rejected minus share among the accepted, -1 to 1; above 0 the group is rejected more than accepted. Null when suppressed. */
  readonly disparity: number | null;
  /** Newcombe's interval; null when suppressed. */
  readonly interval: Interval | null;
  /** p-value that group and outcome are unrelated; null when suppressed. */
  readonly pValue: number | null;
  /** The same, adjusted over groups (Holm). */
  readonly pAdjusted: number | null;
  /** Why there is no figure: `suppressed`. */
  readonly reason?: string | undefined;
}

/** Result of {@link demographicDisparity}. */
export interface DemographicDisparity {
  /** The groups. */
  readonly groups: readonly GroupDisparity[];
  /** Mean over groups, weighted by their weight; AIF360 calls it conditional demographic disparity. */
  readonly mean: number | null;
  /** Interval of the mean (delta method); null without one. */
  readonly interval: Interval | null;
  /** Rows counted. */
  readonly n: number;
  /** Rows left out because label, prediction or weight is missing. */
  readonly leftOut: number;
  /** Why there is no figure: `one-outcome` when nobody, or everybody, has the positive outcome. */
  readonly reason?: string | undefined;
}

/**
 * Demographic disparity of each group: its share of the negative outcomes minus its share of the positive ones.
 *
 * Uses predictions when they were counted, else labels. No strata are involved: for Clarify's conditional figure see
 * {@link clarifyMetrics}.
 * Source: Wachter, Mittelstadt & Russell 2021, section V; mean over groups as AIF360's sklearn interface.
 *
 * @param cells - From {@link groupTable}; strata are added up.
 * @param options - See {@link DemographicDisparityOptions}.
 * @returns See {@link DemographicDisparity}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` when neither labels nor predictions were counted.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * demographicDisparity(groupTable(rows, { sensitive: ['sex'], label: { column: 'hired' } }), { minN: 1 }).groups.map((one) => one.disparity); // => [0.6666666666666667, -0.6666666666666666]
 */
export function demographicDisparity(
  cells: GroupTable,
  options: DemographicDisparityOptions = {},
): DemographicDisparity {
  const { level, minN, z } = rateOptions(options);
  if (!cells.hasLabel && !cells.hasPrediction)
    throw new SynthproofError('SPEC_MISMATCH', "cells: expected labels or predictions; name one in groupTable's spec", {
      argument: 'cells',
    });
  // Bits of [TN, FP, FN, TP] that are positive.
  const positive = cells.hasPrediction ? [0, 1, 0, 1] : [0, 0, 1, 1];
  const groups = new Map<string, { n: number; accepted: number; rejected: number; squares: [number, number] }>();
  // Sums of squared weights of the rejected and the accepted: Kish's effective numbers need them.
  const squares: [number, number] = [0, 0];
  let accepted = 0;
  let rejected = 0;
  for (const cell of cells.cells) {
    const key = groupLabel(cell.group);
    const known = groups.get(key) ?? { n: 0, accepted: 0, rejected: 0, squares: [0, 0] };
    groups.set(key, known);
    for (let k = 0; k < 4; k++) {
      known.n += cell.n[k]!;
      if (positive[k] === 1) known.accepted += cell.w[k]!;
      else known.rejected += cell.w[k]!;
      known.squares[positive[k] as 0 | 1] += cell.w2[k]!;
      squares[positive[k] as 0 | 1] += cell.w2[k]!;
    }
  }
  for (const group of groups.values()) {
    accepted += group.accepted;
    rejected += group.rejected;
  }
  if (accepted === 0 || rejected === 0)
    return { groups: [], mean: null, interval: null, n: cells.rows, leftOut: leftOutOf(cells), reason: 'one-outcome' };
  const total = accepted + rejected;
  const [nRejected, nAccepted] = [(rejected * rejected) / squares[0], (accepted * accepted) / squares[1]];
  let mean = 0;
  let fromRejected = 0;
  let fromAccepted = 0;
  const found: GroupDisparity[] = [];
  for (const [group, one] of groups) {
    const [r, a] = [one.rejected / rejected, one.accepted / accepted];
    const share = (one.accepted + one.rejected) / total;
    mean += share * (r - a);
    fromRejected += share * r;
    fromAccepted += share * a;
    if (one.n < minN) {
      const none = { disparity: null, interval: null, pValue: null, pAdjusted: null };
      found.push({ group, n: one.n, ...none, reason: 'suppressed' });
      continue;
    }
    const ends = newcombeEnds(r, nRejected, a, nAccepted, z);
    found.push({
      group,
      n: one.n,
      disparity: r - a,
      interval: { lower: ends[0], upper: ends[1], level, method: 'newcombe' },
      pValue: twoProportionP(r, nRejected, a, nAccepted),
      pAdjusted: null,
    });
  }
  // Derivatives of the mean by the weight of each cell (group x outcome).
  let variance = 0;
  for (const one of groups.values()) {
    const gap = one.rejected / rejected - one.accepted / accepted;
    const share = (one.accepted + one.rejected) / total;
    const byRejected = (gap - mean) / total + (share - fromRejected) / rejected;
    const byAccepted = (gap - mean) / total - (share - fromAccepted) / accepted;
    variance += one.squares[0] * byRejected * byRejected + one.squares[1] * byAccepted * byAccepted;
  }
  const half = z * Math.sqrt(variance);
  return {
    groups: adjusted(found),
    mean,
    interval: { lower: Math.max(-1, mean - half), upper: Math.min(1, mean + half), level, method: 'delta' },
    n: cells.rows,
    leftOut: leftOutOf(cells),
  };
}

function adjusted(groups: readonly GroupDisparity[]): GroupDisparity[] {
  const p = adjustPValues(
    groups.map((one) => one.pValue).filter((one) => one !== null),
    'holm',
  );
  let next = 0;
  return groups.map((one) => (one.pValue === null ? one : { ...one, pAdjusted: p[next++]! }));
}
