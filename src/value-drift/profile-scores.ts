import { SynthproofError } from '../errors.ts';
import { studentTQuantile } from '../math/student-t-quantile.ts';
import { checkShare } from '../stats/internal-options.ts';
import type { ValueSpec } from './create-value-spec.ts';
import { codeTexts, labelTexts, requiredLabels } from './internal-labels.ts';
import { finiteOrNull, finiteValues, momentsOf } from './internal-moments.ts';
import type { GroupProfile, ProfileOptions, TargetRange, ValueProfile, ValueSummary } from './profile-values.ts';
import type { ValueScorerKind, ValueScores } from './value-scorer.ts';

const PROBABILITIES: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95];

/**
 * The profile of scores that are there already, for example a judge's, whose record of the run one wants to keep.
 * {@link profileValues} is this after the scorer's own `score`.
 *
 * @param scores - What a scorer gave.
 * @param scorer - The scorer that gave them.
 * @param options - See {@link ProfileOptions}.
 * @returns The profile.
 * @throws {@link SynthproofError} as {@link profileValues}.
 * @example
 * const scorer = featureScorer(createValueSpec({ id: 'demo', version: '1', values: ['Kind'] }));
 * profileScores(scorer.score([[1], [2], [6]]), scorer).values[0].mean; // => 3
 */
export function profileScores(
  scores: ValueScores,
  scorer: {
    /** The scorer's name. */
    readonly id: string;
    /** Its spec. */
    readonly spec: ValueSpec;
    /** Its kind. */
    readonly kind?: ValueScorerKind | undefined;
  },
  options: ProfileOptions = {},
): ValueProfile {
  const { level = 0.95, keepScores = true } = options;
  checkShare('level', level);
  const { spec, kind } = scorer;
  const { rows, columns, producedBy } = scores;
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
    scorerId: producedBy === undefined ? scorer.id : `${scorer.id}:${producedBy}`,
    ...(kind === undefined ? {} : { scorerKind: kind }),
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
