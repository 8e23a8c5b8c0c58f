import type { JobOptions, Measure } from '../types.ts';
import type { BiasAmplification } from './bias-amplification.ts';
import type { ReversalCheck, Reversals } from './find-reversals.ts';
import type { Disparity } from './internal-disparity.ts';
import type { OutcomeSpec } from './internal-encode.ts';
import type { FrameGroup } from './internal-frame.ts';
import type { Representation } from './representation.ts';
import type { SpontaneousBias } from './spontaneous-bias.ts';

/** What {@link auditBias} looks at. */
export interface BiasAuditSpec extends JobOptions {
  /** Names of the sensitive columns. Continuous columns must be binned first. */
  readonly sensitive: readonly string[];
  /** The outcome whose rate per group is measured. Default: none, shares only. */
  readonly label?: OutcomeSpec | undefined;
  /** A prediction or decision to be judged against the label. Default: none. */
  readonly prediction?: OutcomeSpec | undefined;
  /** Columns to condition on: disparities are also given within each of their levels. Default: none. */
  readonly control?: readonly string[] | undefined;
  /** Population shares by column, then by level, for example `{ sex: { female: 0.5, male: 0.5 } }`. */
  readonly reference?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
  /** Seed of the permutation tests; any text. */
  readonly seed: string;
  /** Permutations per test. Default 999. */
  readonly permutations?: number | undefined;
  /** Coverage of intervals; tests look at 1 - level. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups with fewer rows are pooled and only named. Default 10. */
  readonly minN?: number | undefined;
  /** Whether to look at all sensitive columns together too. Default true when there are two or more. */
  readonly intersections?: boolean | undefined;
  /**
   * Columns that are searched beside the sensitive ones: associations that came up or changed, and differences between groups
   * that turn round within their levels (see {@link BiasSearch}). Default: all columns that both tables have. `[]` searches none.
   */
  readonly columns?: readonly string[] | undefined;
  /** Adjustment of p-values over families of tests. Default `holm`; `benjamini-hochberg` for the search over associations. */
  readonly adjust?: 'holm' | 'benjamini-hochberg' | undefined;
}

/** A disparity with its place in the audit and its p-value adjusted over all disparities of the audit. */
export interface AuditDisparity extends Disparity {
  /** Levels of the control columns; null for all rows. */
  readonly stratum: readonly string[] | null;
  /** p-value adjusted over all disparities of the audit; null without a p-value. */
  readonly pAdjusted: number | null;
}

/** One table's figures in a facet. */
export interface FacetSide {
  /** Rows of the table. */
  readonly n: number;
  /** Rows whose sensitive value (any of them) is missing. */
  readonly missing: number;
  /** Rows without a label or prediction: they count for shares, not for rates. */
  readonly leftOut: number;
  /** Metrics over all rows, suppressed groups included; empty without outcomes. */
  readonly overall: readonly Measure[];
  /** Metrics of the groups with at least `minN` rows; empty without outcomes. */
  readonly groups: readonly FrameGroup[];
  /** Groups under `minN` and the rows in them. */
  readonly suppressed: {
    /** Number of groups. */
    readonly groups: number;
    /** Rows in them. */
    readonly rows: number;
  };
  /** Disparities over all rows, then within control levels; empty without outcomes. */
  readonly disparities: readonly AuditDisparity[];
}

/** One way of forming groups: a sensitive column, or all of them together. */
export interface BiasFacet {
  /** The columns. */
  readonly sensitive: readonly string[];
  /** Their names joined with ' × '. */
  readonly name: string;
  /** Figures of the source. */
  readonly source: FacetSide;
  /** Figures of the synthetic table; null when there is none. */
  readonly synthetic: FacetSide | null;
  /** Shares of the source, against the reference population where one was given. */
  readonly sourceShares: Representation;
  /** Shares of the synthetic table against the reference population; null without either. */
  readonly syntheticShares: Representation | null;
  /** What changed from source to synthetic; null without a synthetic table. */
  readonly change: BiasAmplification | null;
}

/** One group and stratum column in both tables: did the difference within levels change? */
export interface ReversalChange {
  /** The group; differences are its rate minus that of all other rows. */
  readonly group: string;
  /** Column conditioned on. */
  readonly stratum: string;
  /** Verdict in the source; null where the source has no such check. */
  readonly source: ReversalCheck['verdict'] | null;
  /** Verdict in the synthetic table; null where it has no such check. */
  readonly synthetic: ReversalCheck['verdict'] | null;
  /** Conditional difference, synthetic minus source, with Newcombe's square-and-add interval and a normal p-value. */
  readonly change: Measure;
  /** p-value adjusted over all changes of this sensitive column (Holm); null without a p-value. */
  readonly pAdjusted: number | null;
}

/** Simpson's paradox by one sensitive column, in the source and in the synthetic table. */
export interface AuditReversals {
  /** The sensitive column. */
  readonly sensitive: string;
  /** Search of the source ({@link findReversals}). */
  readonly source: Reversals;
  /** Search of the synthetic table; null when there is none. */
  readonly synthetic: Reversals | null;
  /** Both compared, least adjusted p first; empty without a synthetic table. */
  readonly changes: readonly ReversalChange[];
}

/** What a search over the other columns found. */
export interface BiasSearch {
  /** Every sensitive column with every other, and with one another, in both tables ({@link spontaneousBias}); null without a synthetic table. */
  readonly associations: SpontaneousBias | null;
  /** Differences in the label's rate that turn round within levels of another column, by sensitive column; empty without a label. */
  readonly reversals: readonly AuditReversals[];
  /** Columns of the source that the synthetic table lacks, so that nothing could be compared. */
  readonly notInSynthetic: readonly string[];
}

/** Everything {@link auditBias} found, as plain data that survives JSON. */
export interface BiasAudit {
  /** Discriminant. */
  readonly kind: 'bias-audit';
  /** Version of this format and of the figures' definitions. */
  readonly version: 1;
  /** What was asked, defaults filled in. */
  readonly spec: {
    /** Sensitive columns. */
    readonly sensitive: readonly string[];
    /** The label and its positive value; null without one. */
    readonly label: {
      /** Column. */
      readonly column: string;
      /** Positive value or threshold. */
      readonly positive: string | number | boolean;
    } | null;
    /** The prediction and its positive value; null without one. */
    readonly prediction: {
      /** Column. */
      readonly column: string;
      /** Positive value or threshold. */
      readonly positive: string | number | boolean;
    } | null;
    /** Control columns. */
    readonly control: readonly string[];
    /** Columns that have reference shares. */
    readonly reference: readonly string[];
    /** Seed of the permutation tests. */
    readonly seed: string;
    /** Permutations per test. */
    readonly permutations: number;
    /** Coverage of intervals. */
    readonly level: number;
    /** Least rows of a shown group. */
    readonly minN: number;
    /** Adjustment of p-values. */
    readonly adjust: 'holm' | 'benjamini-hochberg';
  };
  /** Names of the metrics, in the order of `groups[].measures`. */
  readonly metrics: readonly string[];
  /** One facet per sensitive column, then the intersection. */
  readonly facets: readonly BiasFacet[];
  /** What the search over the other columns found; null when `columns` is empty. */
  readonly search: BiasSearch | null;
  /** Number of disparities tested: the family of their adjusted p-values. */
  readonly tests: number;
}
