import { SynthproofError } from '../errors.ts';
import { studentTQuantile } from '../math/student-t-quantile.ts';
import type { Interval } from '../types.ts';
import type { ValueSpec } from './create-value-spec.ts';
import { codeTexts, type ItemLabels, labelTexts, requiredLabels } from './internal-labels.ts';
import { finiteOrNull, finiteValues, momentsOf } from './internal-moments.ts';
import type { ValueScorer } from './value-scorer.ts';

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

const PROBABILITIES: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95];

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
  const { level = 0.95, keepScores = true } = options;
  if (!(level > 0 && level < 1))
    throw new SynthproofError('OUT_OF_RANGE', `level: expected a number between 0 and 1, received ${String(level)}`, {
      argument: 'level',
    });
  const { spec } = scorer;
  const { rows, columns } = scorer.score(items);
  if (columns.length !== spec.values.length)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `scorer: expected ${spec.values.length} columns of scores, received ${columns.length}`,
      {
        argument: 'scorer',
      },
    );
  for (const column of columns)
    if (column.length !== rows)
      throw new SynthproofError(
        'LENGTH_MISMATCH',
        `scorer: expected ${rows} scores per value, received ${column.length}`,
        {
          argument: 'scorer',
        },
      );
  const ids = options.ids === undefined ? undefined : requiredLabels('ids', options.ids, rows);
  const clusters = options.clusters === undefined ? undefined : requiredLabels('clusters', options.clusters, rows);
  const clusterCodes = clusters === undefined ? null : codeTexts(clusters).codes;
  const groups =
    options.groups === undefined ? undefined : groupProfiles(columns, labelTexts('groups', options.groups, rows));
  return {
    specHash: spec.hash,
    spec: `${spec.id} ${spec.version}`,
    unit: spec.scale.unit ?? '',
    scorerId: scorer.id,
    n: rows,
    values: spec.values.map(({ id, label = id }, v) => summarize(id, label, columns[v]!, level, clusterCodes)),
    ...(groups === undefined ? {} : { groups }),
    targets: targetsOf(spec),
    ...(keepScores
      ? { scores: { columns, ...(ids === undefined ? {} : { ids }), ...(clusters === undefined ? {} : { clusters }) } }
      : {}),
  };
}

function summarize(
  id: string,
  label: string,
  scores: Float64Array,
  level: number,
  clusters: Int32Array | null,
): ValueSummary {
  const values = finiteValues(scores);
  const n = values.length;
  let invalid = 0;
  for (let i = 0; i < scores.length; i++) if (Math.abs(scores[i]!) === Infinity) invalid++;
  const counts = { id, label, n, missing: scores.length - n - invalid, invalid };
  if (n === 0)
    return { ...counts, mean: null, sd: null, se: null, quantiles: [], floorShare: null, reason: 'no-scores' };
  const { mean, sd } = momentsOf(values);
  const sorted = values.slice().sort();
  let least = 0;
  while (least < n && sorted[least] === sorted[0]) least++;
  const base = {
    ...counts,
    mean: finiteOrNull(mean),
    sd: n < 2 ? null : finiteOrNull(sd),
    quantiles: PROBABILITIES.map((p) => sortedQuantile(sorted, p)),
    floorShare: least / n,
  };
  if (base.mean === null) return { ...base, se: null, reason: 'overflow' };
  const { se, df } = clusters === null ? { se: sd / Math.sqrt(n), df: n - 1 } : clusterError(scores, clusters, mean, n);
  if (df < 1 || finiteOrNull(se) === null) return { ...base, se: null };
  const reach = studentTQuantile(0.5 + level / 2, df) * se;
  const lower = finiteOrNull(mean - reach);
  const upper = finiteOrNull(mean + reach);
  if (lower === null || upper === null) return { ...base, se };
  return {
    ...base,
    se,
    interval: { lower, upper, level, method: clusters === null ? 'student-t' : 'student-t-clusters' },
  };
}

/** Standard error of a mean whose items come in clusters: sums of residuals by cluster, G / (G - 1). */
function clusterError(scores: Float64Array, clusters: Int32Array, mean: number, n: number): { se: number; df: number } {
  const sums: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    const x = scores[i]!;
    if (x - x !== 0) continue;
    const c = clusters[i]!;
    while (sums.length <= c) sums.push(Number.NaN);
    sums[c] = (Number.isNaN(sums[c]!) ? 0 : sums[c]!) + (x - mean);
  }
  let total = 0;
  let used = 0;
  for (const s of sums) {
    if (Number.isNaN(s)) continue;
    total += s * s;
    used++;
  }
  return { se: used < 2 ? Number.NaN : Math.sqrt((total * used) / (used - 1)) / n, df: used - 1 };
}

function sortedQuantile(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length - 1);
  const index = Math.floor(position);
  const low = sorted[index]!;
  const high = sorted[Math.min(index + 1, sorted.length - 1)]!;
  const weight = position - index;
  // Two products instead of low + w (high - low): the difference of two huge numbers would overflow.
  return low === high ? low : low * (1 - weight) + high * weight;
}

function groupProfiles(columns: readonly Float64Array[], labels: readonly (string | null)[]): GroupProfile[] {
  const rowsOf = new Map<string | null, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const rows = rowsOf.get(labels[i]!);
    if (rows === undefined) rowsOf.set(labels[i]!, [i]);
    else rows.push(i);
  }
  const names = [...rowsOf.keys()].sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : a > b ? 1 : 0));
  return names.map((group) => {
    const rows = rowsOf.get(group)!;
    const parts = columns.map((column) => momentsOf(finiteValues(Float64Array.from(rows, (row) => column[row]!))));
    return {
      group,
      n: rows.length,
      counts: parts.map((part) => part.n),
      means: parts.map((part) => (part.n === 0 ? null : finiteOrNull(part.mean))),
    };
  });
}

function targetsOf(spec: ValueSpec): (TargetRange | null)[] {
  return spec.values.map(({ target }) => {
    if (target === undefined) return null;
    const { mean, min, max } = target;
    if (mean !== undefined) return { lower: mean, upper: mean };
    if (min === undefined && max === undefined) return null;
    return { lower: min ?? null, upper: max ?? null };
  });
}
