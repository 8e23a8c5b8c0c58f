import type { Interval } from '../types.ts';
import type { ScorerCalibration } from './calibration/calibrate-scorer.ts';

/** How the items of two profiles belong together. */
export type DriftDesign = 'independent' | 'paired' | 'clustered';

/** A verdict: drift was found, drift beyond the margin was ruled out, or the data do not say. */
export type DriftVerdict = 'drift' | 'no-drift' | 'inconclusive';

/** A verdict that does not count, because the scorer does not agree with people. */
export interface LimitedVerdict {
  /** What the scores alone would say. */
  readonly verdict: DriftVerdict;
  /** Why it does not count, in plain words. */
  readonly reason: string;
}

/** One side of one value. */
export interface DriftSide {
  /** Scores used (pairs: ids). */
  readonly n: number;
  /** Mean; null when there is no score or it overflows. */
  readonly mean: number | null;
  /** Sample standard deviation; null below two scores. */
  readonly sd: number | null;
  /** Items without a score, infinite ones included. */
  readonly missing: number;
}

/** What happened to one value. */
export interface ValueDrift {
  /** Id of the value. */
  readonly id: string;
  /** Name shown to readers. */
  readonly label: string;
  /** The baseline. */
  readonly baseline: DriftSide;
  /** The current data. */
  readonly current: DriftSide;
  /** Change of the mean, current minus baseline, in score units. */
  readonly delta: number | null;
  /** The change in baseline standard deviations; null when they are 0. */
  readonly deltaInSd: number | null;
  /** Interval of the change on its own. */
  readonly interval?: Interval | undefined;
  /** Interval of the change that holds for all values together; from the permutations of the largest statistic. */
  readonly simultaneousInterval?: Interval | undefined;
  /** Hedges' g: the change in pooled standard deviations, corrected for small samples. */
  readonly hedgesG: number | null;
  /** Cliff's delta, -1 to 1: how much likelier a current score beats a baseline score than the reverse. */
  readonly cliffsDelta: number | null;
  /** Kolmogorov-Smirnov statistic, 0 to 1. */
  readonly ks: number | null;
  /** Wasserstein-1 distance, in score units. */
  readonly w1: number | null;
  /** Studentised change, signed: what the permutations compare. Null when it is not finite or not tested. */
  readonly statistic: number | null;
  /** Permutation p-value of this value alone. */
  readonly pValue: number;
  /** Step-down max-t p-value: holds for all values together. */
  readonly pAdjusted: number;
  /** The margin in score units; null when it cannot be computed. */
  readonly margin: number | null;
  /** Whether a change beyond the margin is ruled out (two one-sided tests at 1 - level). */
  readonly equivalent: boolean;
  /** Whether the whole interval lies beyond the margin. */
  readonly exceedsMargin: boolean;
  /** Change, in score units, that the test would find with the stated power. */
  readonly detectable: number | null;
  /** Against the spec's target: a drift towards it, away from it, or neither (also when there is no target or no drift). */
  readonly direction: 'toward' | 'away' | 'none';
  /** This value's verdict. */
  readonly verdict: DriftVerdict;
  /** Set where people's ratings do not let the scorer decide; `verdict` is `inconclusive` then. */
  readonly limited?: LimitedVerdict | undefined;
  /** Why the value was not tested: `too-few-scores` or `constant` (the same score everywhere on both sides). */
  readonly reason?: string | undefined;
}

/** One group's part in the drift of each value, in score units; null where it cannot be computed. */
export interface SliceDrift {
  /** Name of the group; null for items without one. */
  readonly group: string | null;
  /** Share of the baseline's items. */
  readonly shareBaseline: number;
  /** Share of the current items. */
  readonly shareCurrent: number;
  /** Per value: the part that comes from changed scores within the group. */
  readonly within: readonly (number | null)[];
  /** Per value: the part that comes from the group's changed share. */
  readonly between: readonly (number | null)[];
}

/** The outcome of a comparison. JSON-safe. */
export interface DriftReport {
  /** Hash of the value spec of both profiles. */
  readonly specHash: string;
  /** Name and version of the spec. */
  readonly spec: string;
  /** Unit of the scores; empty when the spec names none. */
  readonly unit: string;
  /** Scorer of both profiles. */
  readonly scorerId: string;
  /** How far the scorer agrees with people, as it was handed over. */
  readonly calibration?: ScorerCalibration | undefined;
  /** How items belong together. */
  readonly design: DriftDesign;
  /** What was permuted: items, clusters or pairs on each side. */
  readonly units: {
    /** On the baseline's side. */
    readonly baseline: number;
    /** On the current side. */
    readonly current: number;
  };
  /** Confidence of verdicts and intervals. */
  readonly level: number;
  /** Margin as asked. */
  readonly margin: number;
  /** Its unit. */
  readonly marginUnit: 'sd' | 'score';
  /** Power behind `detectable`. */
  readonly power: number;
  /** The joint test of all values. */
  readonly global: {
    /** Largest studentised change among the values; null when it is infinite or nothing was tested. */
    readonly statistic: number | null;
    /** Its p-value. */
    readonly pValue: number;
    /** Statistic that reaches significance; null when no arrangement can. */
    readonly critical: number | null;
    /** `permutation` (random) or `exact` (all arrangements). */
    readonly method: 'permutation' | 'exact';
    /** Number of arrangements. */
    readonly arrangements: number;
    /** Seed of the random ones. */
    readonly seed: string;
  };
  /** One entry per value, in the order of the spec. */
  readonly values: readonly ValueDrift[];
  /** Parts of groups, when both profiles have groups; over all scored items, also those without a partner. */
  readonly slices?: readonly SliceDrift[] | undefined;
  /** The largest detectable change among the values, in baseline standard deviations. */
  readonly detectableInSd: number | null;
  /** `drift` when a value drifted, `no-drift` when a change beyond the margin is ruled out for every tested value. */
  readonly verdict: DriftVerdict;
  /** What the reader must know. */
  readonly warnings: readonly string[];
}
