import { SynthproofError } from '../../errors.ts';
import type { Table } from '../../types.ts';
import type { FairTarget } from './fair-target-types.ts';
import { codesOf, countJoint, widestGap } from './internal-joint.ts';

/** Options of {@link achievedTilt}. */
export interface AchievedTiltOptions {
  /** Where the tilt acted: on the features given group and label, on the labels given the features, or on the rows of a pool. */
  readonly direction: 'feature' | 'label' | 'pool';
  /** Seed of the sample; any text. */
  readonly seed: string;
  /** For example the id of the generator, or the `tilt` of {@link tiltLabels} or {@link tiltPool}: kept as given. It must be JSON-safe. Default null. */
  readonly details?: unknown;
}

/** Result of {@link achievedTilt}: JSON-safe, made for the lineage record. */
export interface AchievedTilt {
  /** Version of this form. */
  readonly version: 'achieved-tilt/1';
  /** Where the tilt acted. */
  readonly direction: 'feature' | 'label' | 'pool';
  /** Seed of the sample. */
  readonly seed: string;
  /** What the target was made from. */
  readonly aim: 'independence' | 'given';
  /** Strength of the tilt, 0 to 1. */
  readonly strength: number;
  /** Columns of the cells: sensitive ones, label, then those of kept margins. */
  readonly columns: readonly string[];
  /** Margins kept as in the source. */
  readonly keep: readonly (readonly string[])[];
  /** Rows counted. */
  readonly rows: number;
  /** Rows left out because the label is missing. */
  readonly leftOut: number;
  /** Rows whose levels the target does not list. */
  readonly outside: number;
  /** Cells wanted and achieved. */
  readonly cells: readonly {
    /** Levels. */
    readonly values: readonly string[];
    /** Share of the source, 0 to 1. */
    readonly source: number;
    /** Wanted share, 0 to 1. */
    readonly target: number;
    /** Rows. */
    readonly rows: number;
    /** Achieved share of the rows counted, 0 to 1. */
    readonly share: number;
  }[];
  /** Groups with rows. */
  readonly groups: readonly {
    /** Levels of the sensitive columns. */
    readonly values: readonly string[];
    /** Rows. */
    readonly rows: number;
    /** Wanted share of each label level within the group. */
    readonly targetLabels: readonly number[];
    /** Achieved share of each label level within the group. */
    readonly labels: readonly number[];
  }[];
  /** Largest difference between two groups in the share of any label level. */
  readonly labelGap: {
    /** In the source. */
    readonly source: number;
    /** In the target. */
    readonly target: number;
    /** In the table; null without rows. */
    readonly achieved: number | null;
  };
  /** The same in the table by each sensitive column alone. */
  readonly labelGaps: readonly {
    /** Name of the column. */
    readonly column: string;
    /** Gap; null without rows. */
    readonly achieved: number | null;
  }[];
  /** Largest error of a cell's share. The label side does not set group shares. */
  readonly largestError: number | null;
  /** Largest error of a label's share within a group. */
  readonly largestLabelError: number | null;
  /** Effective share of the source rows under the target. */
  readonly effectiveShare: number;
  /** Greatest weight, target share over source share. */
  readonly maxWeight: number;
  /** What makes the tilt unreliable. */
  readonly warnings: FairTarget['warnings'];
  /** What the caller added; null when nothing. */
  readonly details: unknown;
}

/**
 * What a tilt reached, counted on the rows themselves: margins, label gaps, strength, effective share and seed.
 *
 * @param table - The tilted rows.
 * @param target - The target they were tilted to.
 * @param options - See {@link AchievedTiltOptions}.
 * @returns See {@link AchievedTilt}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `BAD_OPTION`.
 * @example
 * const source = fromColumns({ sex: ['f', 'f', 'f', 'm', 'm', 'm'], hired: [true, false, false, true, true, false] });
 * const target = fairTarget(source, { sensitive: ['sex'], label: { column: 'hired' }, minGroupRows: 1 });
 * const { table, tilt } = tiltPool(source, target, { rows: 4, seed: 'demo' });
 * achievedTilt(table, target, { direction: 'pool', seed: 'demo', details: tilt }).labelGap.achieved; // => 0
 */
export function achievedTilt(table: Table, target: FairTarget, options: AchievedTiltOptions): AchievedTilt {
  const { direction, seed, details = null } = options;
  if (!['feature', 'label', 'pool'].includes(direction))
    throw new SynthproofError('BAD_OPTION', `direction: expected feature, label or pool, received ${direction}`, {
      argument: 'direction',
    });
  if (target.kind !== 'fair-target' || target.version !== 1)
    throw new SynthproofError('BAD_OPTION', 'target: expected the result of fairTarget; pass it unchanged', {
      argument: 'target',
    });
  const joint = countJoint(table, target.columns, target.label);
  const cellOf = new Map(target.cells.map((cell, k) => [JSON.stringify(cell.values), k]));
  const counts = new Float64Array(target.cells.length);
  const width = target.sensitive.length;
  const byGroup = new Map<string, number[]>();
  const bySingle = target.sensitive.map(() => new Map<string, number[]>());
  let outside = 0;
  for (let at = 0; at < joint.counts.length; at++) {
    const n = joint.counts[at]!;
    if (n === 0) continue;
    const values = codesOf(at, joint.shape).map((code, k) => joint.levels[k]![code]!);
    const cell = cellOf.get(JSON.stringify(values));
    if (cell === undefined) outside += n;
    else counts[cell]! += n;
    const y = target.classes.indexOf(values[width]!);
    if (y < 0) continue;
    addTo(byGroup, JSON.stringify(values.slice(0, width)), y, n, target.classes.length);
    for (let k = 0; k < width; k++) addTo(bySingle[k]!, values[k]!, y, n, target.classes.length);
  }
  const { rows, leftOut } = joint;
  const shares = (list: readonly number[]): number[] => {
    const total = list.reduce((sum, n) => sum + n, 0);
    return list.map((n) => n / total);
  };
  const cells = target.cells.map((cell, k) => ({
    values: cell.values,
    source: cell.source,
    target: cell.target,
    rows: counts[k]!,
    share: rows === 0 ? 0 : counts[k]! / rows,
  }));
  const groups = target.groups.flatMap((group) => {
    const found = byGroup.get(JSON.stringify(group.values));
    if (found === undefined) return [];
    const n = found.reduce((sum, one) => sum + one, 0);
    return [{ values: group.values, rows: n, targetLabels: group.targetLabels, labels: shares(found) }];
  });
  const gapOf = (lists: readonly (readonly number[])[]): number | null =>
    lists.length === 0 ? null : widestGap(lists.map(shares));
  const errors = groups.flatMap((group) => group.labels.map((share, y) => Math.abs(share - group.targetLabels[y]!)));
  return {
    version: 'achieved-tilt/1',
    direction,
    seed,
    aim: target.aim,
    strength: target.strength,
    columns: target.columns,
    keep: target.keep,
    rows,
    leftOut,
    outside,
    cells,
    groups,
    labelGap: { ...target.labelGap, achieved: gapOf([...byGroup.values()]) },
    labelGaps: target.sensitive.map((column, k) => ({ column, achieved: gapOf([...bySingle[k]!.values()]) })),
    largestError: rows === 0 ? null : cells.reduce((most, one) => Math.max(most, Math.abs(one.share - one.target)), 0),
    largestLabelError: errors.length === 0 ? null : Math.max(...errors),
    effectiveShare: target.effectiveShare,
    maxWeight: target.maxWeight,
    warnings: target.warnings,
    details,
  };
}

function addTo(table: Map<string, number[]>, key: string, y: number, n: number, classes: number): void {
  const known = table.get(key) ?? new Array<number>(classes).fill(0);
  known[y]! += n;
  table.set(key, known);
}
