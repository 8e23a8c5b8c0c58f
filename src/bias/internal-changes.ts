import { SynthproofError } from '../errors.ts';
import { normalUpperTail } from '../math/normal-upper-tail.ts';
import { quantile } from '../stats/quantile.ts';
import type { Interval, JobOptions, Measure, Rng } from '../types.ts';
import { type Statistic, statisticOf } from './internal-disparity.ts';
import { hypergeometric, logFactorials } from './internal-hypergeometric.ts';
import { wilsonEnds, zFor } from './internal-rates.ts';
import { newcombeEnds } from './internal-shares.ts';
import { twoProportionP } from './internal-tests.ts';
import { zhaoAmplification } from './zhao-amplification.ts';

/** How a disparity between groups changed from source to synthetic. */
export interface ParityChange {
  /** `demographicParityDifference` or `demographicParityRatio` of the label's rate. */
  readonly metric: string;
  /** Value in the source, over the groups that both tables have with `minN` rows. */
  readonly source: number | null;
  /** Value in the synthetic table over the same groups. */
  readonly synthetic: number | null;
  /** Synthetic minus source. */
  readonly change: number | null;
  /** Range of changes that the permutation test does not reject. */
  readonly interval: Interval | null;
  /** Two-sided p-value: rows of each group exchanged between source and synthetic. */
  readonly pValue: number | null;
  /** Number of groups compared. */
  readonly groups: number;
  /** Why figures are null: `fewer-than-two-groups`, `zero-rate`. */
  readonly reason?: string | undefined;
}

/** The gap between the two groups that are furthest apart in the source, followed into the synthetic table. */
export interface GapChange {
  /** Group with the highest rate in the source. */
  readonly highest: string;
  /** Group with the lowest rate in the source. */
  readonly lowest: string;
  /** Rate of the highest minus rate of the lowest, in the source. */
  readonly source: number;
  /** The same two groups in the synthetic table. */
  readonly synthetic: number;
  /** Synthetic minus source: positive, the gap grew. */
  readonly change: number;
  /** Square-and-add interval over the four rates. */
  readonly interval: Interval;
  /** Two-sided p-value (normal). */
  readonly pValue: number;
}

/** One group's labelled rows and positives in source (a) and synthetic table (b). */
export interface GroupPair {
  readonly group: string;
  readonly a: { readonly n: number; readonly k: number };
  readonly b: { readonly n: number; readonly k: number };
}

/** Changes of the disparities, tested by exchanging rows of each group between the tables. */
export function parityChanges(
  both: readonly GroupPair[],
  level: number,
  permutations: number,
  rng: Rng,
  job: JobOptions,
): ParityChange[] {
  const kinds: readonly (readonly [string, Statistic])[] = [
    ['demographicParityDifference', 'difference'],
    ['demographicParityRatio', 'ratio'],
  ];
  if (both.length < 2)
    return kinds.map(([metric]) => ({
      metric,
      source: null,
      synthetic: null,
      change: null,
      interval: null,
      pValue: null,
      groups: both.length,
      reason: 'fewer-than-two-groups',
    }));
  const before = Float64Array.from(both, (one) => one.a.k / one.a.n);
  const after = Float64Array.from(both, (one) => one.b.k / one.b.n);
  const observed = kinds.map(
    ([, kind]) =>
      [statisticOf(before, 0, kind, 'between_groups'), statisticOf(after, 0, kind, 'between_groups')] as const,
  );
  const table = logFactorials(both.reduce((most, { a, b }) => Math.max(most, a.n + b.n), 0));
  const draws: number[][] = kinds.map(() => []);
  const p = new Float64Array(both.length);
  const q = new Float64Array(both.length);
  for (let d = 0; d < permutations; d++) {
    if ((d & 127) === 0) {
      if (job.signal?.aborted)
        throw new SynthproofError('ABORTED', 'biasAmplification: aborted by the caller', { argument: 'signal' });
      job.onProgress?.({ stage: 'permutations', done: d, total: permutations });
    }
    for (let g = 0; g < both.length; g++) {
      const { a, b } = both[g]!;
      const k = hypergeometric(rng, a.n + b.n, a.k + b.k, a.n, table);
      p[g] = k / a.n;
      q[g] = (a.k + b.k - k) / b.n;
    }
    for (let m = 0; m < kinds.length; m++) {
      const x = statisticOf(p, 0, kinds[m]![1], 'between_groups');
      const y = statisticOf(q, 0, kinds[m]![1], 'between_groups');
      if (x !== null && y !== null) draws[m]!.push(y - x);
    }
  }
  job.onProgress?.({ stage: 'permutations', done: permutations, total: permutations });
  return kinds.map(([metric], m) => {
    const [x, y] = observed[m]!;
    const base = { metric, source: x, synthetic: y, groups: both.length };
    if (x === null || y === null) return { ...base, change: null, interval: null, pValue: null, reason: 'zero-rate' };
    const change = y - x;
    const null_ = draws[m]!;
    if (null_.length === 0) return { ...base, change, interval: null, pValue: null, reason: 'zero-rate' };
    return { ...base, change, ...permutationFigures(null_, change, level) };
  });
}

/** Two-sided p-value of a change among the draws of exchanged rows, and the changes that these do not reject. */
export function permutationFigures(
  draws: readonly number[],
  change: number,
  level: number,
): { readonly interval: Interval; readonly pValue: number } {
  let above = 1;
  let below = 1;
  for (const draw of draws) {
    if (draw >= change - 1e-12) above++;
    if (draw <= change + 1e-12) below++;
  }
  const tail = (1 - level) / 2;
  return {
    interval: {
      lower: change - quantile(draws, 1 - tail),
      upper: change - quantile(draws, tail),
      level,
      method: 'permutation',
    },
    pValue: Math.min(1, (2 * Math.min(above, below)) / (1 + draws.length)),
  };
}

/** The source's widest gap followed into the synthetic table. */
export function gapOf(both: readonly GroupPair[], level: number): GapChange | null {
  if (both.length < 2) return null;
  let high = both[0]!;
  let low = both[0]!;
  for (const one of both) {
    if (one.a.k / one.a.n > high.a.k / high.a.n) high = one;
    if (one.a.k / one.a.n < low.a.k / low.a.n) low = one;
  }
  if (high === low) low = both.find((one) => one !== high)!;
  const z = zFor(level);
  const terms = [
    [high.b, 1],
    [low.b, -1],
    [high.a, -1],
    [low.a, 1],
  ] as const;
  let change = 0;
  let down = 0;
  let up = 0;
  let variance = 0;
  for (const [{ n, k }, sign] of terms) {
    const p = k / n;
    const [l, u] = wilsonEnds(p, n, z);
    change += sign * p;
    // Square-and-add: a term with a minus sign pulls the other way.
    down += sign > 0 ? (p - l) * (p - l) : (u - p) * (u - p);
    up += sign > 0 ? (u - p) * (u - p) : (p - l) * (p - l);
    // Agresti-Coull's plus-four keeps the variance positive at 0 and 1.
    const shrunk = (k + 2) / (n + 4);
    variance += (shrunk * (1 - shrunk)) / (n + 4);
  }
  return {
    highest: high.group,
    lowest: low.group,
    source: high.a.k / high.a.n - low.a.k / low.a.n,
    synthetic: high.b.k / high.b.n - low.b.k / low.b.n,
    change,
    interval: { lower: change - Math.sqrt(down), upper: change + Math.sqrt(up), level, method: 'newcombe' },
    pValue: Math.min(1, 2 * normalUpperTail(Math.abs(change) / Math.sqrt(variance))),
  };
}

/** Zhao's amplification for one outcome, as a measure. */
export function zhaoOf(
  left: ReadonlyMap<string, { n: number; k: number }>,
  right: ReadonlyMap<string, { n: number; k: number }>,
  level: number,
): Measure {
  const groups = [...new Set([...left.keys(), ...right.keys()])];
  const before = groups.map((group) => left.get(group)?.k ?? 0);
  const after = groups.map((group) => right.get(group)?.k ?? 0);
  const n1 = before.reduce((a, b) => a + b, 0);
  const n2 = after.reduce((a, b) => a + b, 0);
  const base = { metric: 'zhaoAmplification', range: [-1, 1] as const, goal: 'zero' as const, n: n1 + n2 };
  if (n1 === 0 || n2 === 0) return { ...base, value: null, reason: n1 === 0 ? 'no-positives' : 'outcome-absent' };
  const { value, contributions } = zhaoAmplification([before], [after]);
  // With one outcome the figure is the change of one share: that of all over-represented groups together.
  const k1 = contributions.reduce((sum, one) => sum + before[one.group]!, 0);
  const k2 = contributions.reduce((sum, one) => sum + after[one.group]!, 0);
  const ends = newcombeEnds(k2 / n2, n2, k1 / n1, n1, zFor(level));
  const pValue = twoProportionP(k2 / n2, n2, k1 / n1, n1);
  return {
    ...base,
    value,
    interval: { lower: ends[0], upper: ends[1], level, method: 'newcombe' },
    ...(pValue === null ? {} : { pValue }),
  };
}
