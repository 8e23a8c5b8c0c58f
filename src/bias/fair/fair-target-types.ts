import type { OutcomeSpec } from '../internal-encode.ts';

/** One cell of a wanted joint distribution. */
export interface WantedCell {
  /** The group's levels, in the order of the sensitive columns. */
  readonly group: readonly string[];
  /** Level of the label. */
  readonly label: string;
  /** Wanted share of all rows, 0 to 1. */
  readonly share: number;
}

/** What {@link fairTarget} aims at. */
export interface FairTargetSpec {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** The label that is to be independent of the group; any number of levels. `positive` is needed by the label-side tilt only. */
  readonly label: OutcomeSpec;
  /**
   * How far to go from the source (0) to independence (1), along the geometric path P^(1 - strength) T^strength: the log
   * odds ratios between group and label shrink by the factor 1 - strength. Group and label totals are those of the target
   * at every strength. Default 1.
   */
  readonly strength?: number | undefined;
  /** Wanted shares of the levels of sensitive columns, by column and level, each column adding up to 1. Default: the source's. */
  readonly groupShares?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
  /** A wanted joint distribution of group and label instead of independence; its shares add up to 1, cells not listed are 0. */
  readonly target?: readonly WantedCell[] | undefined;
  /** Margins that are to stay as in the source, each a list of columns (sensitive, label, or others with few levels). Default none. */
  readonly keep?: readonly (readonly string[])[] | undefined;
  /** Fewest rows of a group, from 1; smaller groups are refused. Default 10. */
  readonly minGroupRows?: number | undefined;
  /**
   * A group without rows of a label that the target asks for: `refuse` (default), or `back-off`: the group keeps its own
   * labels, the others share what is left, and the result lists it.
   */
  readonly emptyCells?: 'refuse' | 'back-off' | undefined;
}

/** One cell of a {@link FairTarget}. */
export interface FairTargetCell {
  /** Levels in the order of `columns`. */
  readonly values: readonly string[];
  /** Source rows. */
  readonly rows: number;
  /** Share of the source, 0 to 1. */
  readonly source: number;
  /** Share of the target, 0 to 1. */
  readonly target: number;
}

/** One group of a {@link FairTarget}. */
export interface FairTargetGroup {
  /** The group's levels. */
  readonly values: readonly string[];
  /** Source rows. */
  readonly rows: number;
  /** Share of the source, 0 to 1. */
  readonly sourceShare: number;
  /** Share of the target, 0 to 1. */
  readonly targetShare: number;
  /** Share of each label level within the group in the source, in the order of `classes`. */
  readonly sourceLabels: readonly number[];
  /** The same in the target; the source's where the target has no such group. */
  readonly targetLabels: readonly number[];
}

/** A wanted joint distribution of groups and labels: plain data for the tilts and for the lineage record. */
export interface FairTarget {
  /** Discriminant. */
  readonly kind: 'fair-target';
  /** Version of this form. */
  readonly version: 1;
  /** Names of the sensitive columns. */
  readonly sensitive: readonly string[];
  /** Name of the label column. */
  readonly label: string;
  /** Its positive level; null when none was named. */
  readonly positive: string | null;
  /** Its levels. */
  readonly classes: readonly string[];
  /** Columns of the cells: sensitive ones, label, then those of kept margins. */
  readonly columns: readonly string[];
  /** Strength, 0 to 1. */
  readonly strength: number;
  /** What the target was made from. */
  readonly aim: 'independence' | 'given';
  /** Margins kept as in the source. */
  readonly keep: readonly (readonly string[])[];
  /** Cells with source rows, in order of their levels. */
  readonly cells: readonly FairTargetCell[];
  /** Groups with source rows. */
  readonly groups: readonly FairTargetGroup[];
  /** Groups that keep their own labels, because they lack a label's rows. */
  readonly backedOff: readonly (readonly string[])[];
  /** Largest difference between two groups in the share of any label level, 0 to 1. */
  readonly labelGap: {
    /** In the source. */
    readonly source: number;
    /** In the target. */
    readonly target: number;
  };
  /** Effective share of source rows when weighted to the target, 1 / sum(target^2 / source), 0 to 1. */
  readonly effectiveShare: number;
  /** Greatest weight, target / source. */
  readonly maxWeight: number;
  /** What makes the tilt unreliable: less than 0.3 of the rows effective, or a weight above 20. */
  readonly warnings: readonly ('LOW_EFFECTIVE_SHARE' | 'LARGE_WEIGHT')[];
  /** Source rows counted. */
  readonly rows: number;
  /** Source rows left out because the label is missing. */
  readonly leftOut: number;
}
