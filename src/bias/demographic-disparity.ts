import { SynthproofError } from '../errors.ts';
import type { GroupTable } from './group-table.ts';
import { groupLabel } from './internal-rates.ts';

/** One group's part of {@link demographicDisparity}. */
export interface GroupDisparity {
  /** The group's levels joined with ' × '. */
  readonly group: string;
  /** Rows. */
  readonly n: number;
  /** Share among the rejected minus share among the accepted, -1 to 1; above 0 the group is rejected more than accepted. */
  readonly disparity: number;
}

/** Result of {@link demographicDisparity}. */
export interface DemographicDisparity {
  /** The groups. */
  readonly groups: readonly GroupDisparity[];
  /** Mean over groups, weighted by their weight; AIF360 calls it conditional demographic disparity. */
  readonly mean: number | null;
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
 * @returns See {@link DemographicDisparity}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` when neither labels nor predictions were counted.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * demographicDisparity(groupTable(rows, { sensitive: ['sex'], label: { column: 'hired' } })).groups.map((one) => one.disparity); // => [0.6666666666666667, -0.6666666666666666]
 */
export function demographicDisparity(cells: GroupTable): DemographicDisparity {
  if (!cells.hasLabel && !cells.hasPrediction)
    throw new SynthproofError('SPEC_MISMATCH', "cells: expected labels or predictions; name one in groupTable's spec", {
      argument: 'cells',
    });
  // Bits of [TN, FP, FN, TP] that are positive.
  const positive = cells.hasPrediction ? [0, 1, 0, 1] : [0, 0, 1, 1];
  const groups = new Map<string, { n: number; accepted: number; rejected: number }>();
  let accepted = 0;
  let rejected = 0;
  for (const cell of cells.cells) {
    const key = groupLabel(cell.group);
    const known = groups.get(key) ?? { n: 0, accepted: 0, rejected: 0 };
    groups.set(key, known);
    for (let k = 0; k < 4; k++) {
      known.n += cell.n[k]!;
      if (positive[k] === 1) known.accepted += cell.w[k]!;
      else known.rejected += cell.w[k]!;
    }
  }
  for (const group of groups.values()) {
    accepted += group.accepted;
    rejected += group.rejected;
  }
  if (accepted === 0 || rejected === 0) return { groups: [], mean: null, reason: 'one-outcome' };
  let mean = 0;
  const found: GroupDisparity[] = [];
  for (const [group, one] of groups) {
    const disparity = one.rejected / rejected - one.accepted / accepted;
    found.push({ group, n: one.n, disparity });
    mean += ((one.accepted + one.rejected) * disparity) / (accepted + rejected);
  }
  return { groups: found, mean };
}
