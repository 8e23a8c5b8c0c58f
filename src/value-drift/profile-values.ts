import type { Interval } from '../types.ts';
import type { ItemLabels } from './internal-labels.ts';
import { profileScores } from './profile-scores.ts';
import type { ValueScorer, ValueScorerKind } from './value-scorer.ts';

/** Options of {@link profileValues}. */
export interface ProfileOptions {
  /** Coverage of the intervals, default 0.95. */
  readonly level?: number | undefined;
  /** Names that pair items of two profiles (the prompt, the person). */
  readonly ids?: ItemLabels | undefined;
  /** Cluster of each item (the document, the author), when items of one cluster are alike. */
  readonly clusters?: ItemLabels | undefined;
  /** Group of each item, for means by group and the attribution of a drift to groups. */
  readonly groups?: ItemLabels | undefined;
  /** Keep the scores of single items, which {@link compareProfiles} needs. Default true. */
  readonly keepScores?: boolean | undefined;
}

/** One value's scores in one data set. */
export interface ValueSummary {
  /** Id of the value. */
  readonly id: string;
  /** Name shown to readers. */
  readonly label: string;
  /** Items with a score. */
  readonly n: number;
  /** Items without a score. */
  readonly missing: number;
  /** Items whose score is infinite; left out like missing ones. */
  readonly invalid: number;
  /** Mean score; null when there is none. */
  readonly mean: number | null;
  /** Sample standard deviation; null below two scores. */
  readonly sd: number | null;
  /** Standard error of the mean, over clusters where given; null below two scores or clusters. */
  readonly se: number | null;
  /** Student t interval of the mean. */
  readonly interval?: Interval | undefined;
  /** Type-7 quantiles at .05, .25, .5, .75, .95; empty when there is no score. */
  readonly quantiles: readonly number[];
  /** Share of scores equal to the least score: high for rates of rare words, where most texts have none. */
  readonly floorShare: number | null;
  /** Why `mean` is null: `no-scores` or `overflow`. */
  readonly reason?: string | undefined;
}

/** One group's part of a profile. */
export interface GroupProfile {
  /** Name of the group; null for items without one. */
  readonly group: string | null;
  /** Items in the group. */
  readonly n: number;
  /** Items with a score, per value. */
  readonly counts: readonly number[];
  /** Mean score per value; null where there is none. */
  readonly means: readonly (number | null)[];
}

/** The scores of single items, with what pairs and clusters them. Not JSON: missing scores are NaN. */
export interface ProfileScores {
  /** One array per value, one score per item. */
  readonly columns: readonly Float64Array[];
  /** Names that pair items. */
  readonly ids?: readonly string[] | undefined;
  /** Cluster of each item. */
  readonly clusters?: readonly string[] | undefined;
}

/** How a data set scores against a value spec. JSON-safe apart from `scores`. */
export interface ValueProfile {
  /** Hash of the spec. */
  readonly specHash: string;
  /** Name and version of the spec, for readers. */
  readonly spec: string;
  /** Unit of the scores; empty when the spec names none. */
  readonly unit: string;
  /** The scorer, with its settings. */
  readonly scorerId: string;
  /** Kind of the scorer, where it says so. */
  readonly scorerKind?: ValueScorerKind | undefined;
  /** Items. */
  readonly n: number;
  /** One entry per value, in the order of the spec. */
  readonly values: readonly ValueSummary[];
  /** Means by group, in code-unit order of the names; items without a group come last. */
  readonly groups?: readonly GroupProfile[] | undefined;
  /** Wanted means of the spec's targets, per value; null where there is none. */
  readonly targets: readonly (TargetRange | null)[];
  /** The single scores; left out on request. */
  readonly scores?: ProfileScores | undefined;
}

/** Where a value's mean should lie. Equal ends for a wanted mean; null for an open end. */
export interface TargetRange {
  /** Least wanted mean. */
  readonly lower: number | null;
  /** Greatest wanted mean. */
  readonly upper: number | null;
}

/**
 * Scores a data set against a value spec and sums it up: per value the mean with its interval, spread, quantiles and
 * missing count.
 *
 * @param items - What the scorer takes: texts, a text column, a table, rows of features.
 * @param scorer - For example from {@link lexiconScorer}, {@link columnScorer} or {@link featureScorer}.
 * @param options - See {@link ProfileOptions}.
 * @returns The profile; feed two of them to {@link compareProfiles}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when labels do not match the items or scores the spec; `BAD_VALUE`
 * for an item without id or cluster; `OUT_OF_RANGE` for an impossible level.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: ['Kind'] });
 * const profile = profileValues([[1], [2], [6]], featureScorer(spec));
 * profile.values[0].mean; // => 3
 * profile.values[0].quantiles[2]; // => 2
 */
export function profileValues<Input>(
  items: Input,
  scorer: ValueScorer<Input>,
  options: ProfileOptions = {},
): ValueProfile {
  return profileScores(scorer.score(items), scorer, options);
}
