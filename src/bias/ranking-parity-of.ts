import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import { log2 } from '../math/log2.ts';
import { fillShuffled } from '../random/fill-shuffled.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import { checkWhole } from '../stats/internal-options.ts';
import type { Interval, Measure, Rng } from '../types.ts';
import { checkRng } from './internal-encode.ts';
import { groupLabel, rateOptions, wilsonEnds, zFor } from './internal-rates.ts';
import { cellsByGroup, checkScoreTable, joinScores, rowsIn } from './internal-score-entries.ts';
import { simultaneousEnds } from './internal-simultaneous.ts';
import { fisherTwoSided } from './internal-tests.ts';
import type { ScoreTable } from './score-table.ts';

/** Options of {@link rankingParityOf}. */
export interface RankingParityOptions {
  /** Number of places at the top. Rows that tie with the last of them are counted in. */
  readonly k: number;
  /** Coverage of intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups with fewer rows get no figure. Default 10. */
  readonly minN?: number | undefined;
  /** Random source of the permutation test of exposure. Without it there is no p-value. */
  readonly rng?: Rng | undefined;
  /** Number of permutations. Default 999. */
  readonly permutations?: number | undefined;
}

/** One group in the ranking. */
export interface RankedGroup {
  /** The group's levels joined with ' × '. */
  readonly group: string;
  /** The group's levels. */
  readonly values: readonly string[];
  /** Rows; null when suppressed. */
  readonly n: number | null;
  /** Share of all ranked rows; null when suppressed. */
  readonly share: number | null;
  /** Share of the top places; null when suppressed. */
  readonly topShare: number | null;
  /** Rate of its rows that stand at the top, with Wilson's interval. */
  readonly topRate: Measure;
  /** Top share over share: 1 = as many as chance would give; null when suppressed or nobody is at the top. */
  readonly skew: number | null;
  /** Interval of the skew: that of `topRate` over the rate of all rows; null without a skew. */
  readonly skewInterval: Interval | null;
  /** Exact p-value (hypergeometric) that place and group are unrelated; null when suppressed. */
  readonly pValue: number | null;
  /** The same, adjusted over groups (Holm). */
  readonly pAdjusted: number | null;
  /** Mean exposure of its rows over that of all rows: 1 = equal; null when suppressed. */
  readonly exposure: number | null;
  /** Interval of the exposure (normal on the log scale); null when suppressed or of a single row. */
  readonly exposureInterval: Interval | null;
}

/** Result of {@link rankingParity}. */
export interface RankingParity {
  /** The groups that occur. */
  readonly groups: readonly RankedGroup[];
  /** Rows at the top: `k`, more with ties. */
  readonly top: number;
  /** Greatest minus least top rate over groups with a figure. */
  readonly topRateDifference: Measure;
  /** Least over greatest mean exposure over groups with a figure, with permutation p and null expectation. */
  readonly exposureRatio: Measure & {
    /** Mean of the ratio when groups are shuffled over places. */
    readonly nullExpectation?: number | undefined;
  };
  /** Rows ranked. */
  readonly rows: number;
  /** Rows left out because the score is missing. */
  readonly leftOut: number;
  /** Groups under `minN` and the rows in them. */
  readonly suppressed: {
    /** Number of groups. */
    readonly groups: number;
    /** Rows in them. */
    readonly rows: number;
  };
}

/**
 * Groups in a ranking, as {@link rankingParity} gives them, from a score table. Groups are those of the sensitive columns;
 * labels and control columns are added up over.
 *
 * @param cells - From {@link scoreTable} without weights, or {@link mergeScoreTables}.
 * @param options - See {@link RankingParityOptions}.
 * @returns See {@link RankingParity}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for a weighted table; `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), numberColumn('score', [0.9, 0.1, 0.8, 0.7])]);
 * const cells = scoreTable(rows, { sensitive: ['sex'], score: 'score' });
 * rankingParityOf(cells, { k: 2, minN: 1 }).groups.map((one) => [one.group, one.topShare]); // => [['f', 0.5], ['m', 0.5]]
 */
export function rankingParityOf(cells: ScoreTable, options: RankingParityOptions): RankingParity {
  const { k, rng, permutations = 999 } = options;
  const { level, minN } = rateOptions(options);
  checkWhole('k', k, 1);
  checkWhole('permutations', permutations, 1);
  if (rng !== undefined) checkRng(rng, 'rng');
  checkScoreTable(cells, { plain: true });
  const members = cellsByGroup(cells.cells);
  const { scores, n: joined } = joinScores(cells.cells, () => 0, 1);
  const ties = joined[0]!;
  const n = cells.rows;
  // Places by falling score: rows of equal score share the mean exposure of theirs.
  const exposure = new Float64Array(n);
  const places = new Float64Array(scores.length);
  let top = 0;
  for (let s = scores.length - 1, start = 0; s >= 0; s--) {
    const end = start + ties[s]!;
    places[s] = start;
    let sum = 0;
    for (let place = start; place < end; place++) sum += 1 / log2(place + 2);
    exposure.fill(sum / (end - start), start, end);
    if (start < k) top = end;
    start = end;
  }
  const group = new Int32Array(n);
  members.forEach((own, g) => {
    for (const cell of own)
      for (let i = 0, at = 0; i < cell.n.length; i++) {
        while (scores[at] !== cell.scores[i]) at++;
        const place = places[at]!;
        places[at]! += cell.n[i]!;
        group.fill(g, place, places[at]);
      }
  });
  const size = Float64Array.from(members, rowsIn);
  const first = new Float64Array(members.length);
  for (let i = 0; i < top; i++) first[group[i]!]!++;
  const present = Array.from(members.keys());
  const shown = present.filter((g) => size[g]! >= minN);
  const means = meanExposure(exposure, group, members.length);
  const all = exposure.reduce((sum, x) => sum + x, 0) / Math.max(1, n);
  const p = new Map(shown.map((g) => [g, fisherTwoSided(first[g]!, size[g]!, top - first[g]!, n - size[g]!)]));
  const adjusted = adjustPValues([...p.values()], 'holm');
  const z = zFor(level);
  const spreads = exposureErrors(exposure, group, means, size);
  const groups = present.map((g): RankedGroup => {
    const values = [...members[g]![0]!.group];
    const base = { group: groupLabel(values), values };
    const rate = { metric: 'topRate', range: [0, 1], goal: 'none' } as const;
    const at = shown.indexOf(g);
    if (at < 0)
      return {
        ...base,
        n: null,
        share: null,
        topShare: null,
        topRate: { ...rate, value: null, n: 0, reason: 'suppressed' },
        skew: null,
        skewInterval: null,
        pValue: null,
        pAdjusted: null,
        exposure: null,
        exposureInterval: null,
      };
    const value = first[g]! / size[g]!;
    const ends = wilsonEnds(value, size[g]!, z);
    const interval: Interval = { lower: ends[0], upper: ends[1], level, method: 'wilson' };
    return {
      ...base,
      n: size[g]!,
      share: size[g]! / n,
      topShare: top === 0 ? null : first[g]! / top,
      topRate: { ...rate, value, n: size[g]!, interval },
      skew: top === 0 ? null : first[g]! / top / (size[g]! / n),
      skewInterval:
        top === 0 ? null : { lower: (ends[0] * n) / top, upper: (ends[1] * n) / top, level, method: 'wilson' },
      pValue: p.get(g)!,
      pAdjusted: adjusted[at]!,
      exposure: means[g]! / all,
      exposureInterval: spreads[g] === null ? null : aroundExposure(means[g]!, spreads[g]!, all, z, level),
    };
  });
  const rates = shown.map((g) => first[g]! / size[g]!);
  const lonely = shown.length === 0 ? 'no-defined-group' : 'single-group';
  const difference = { metric: 'topRateDifference', range: [0, 1], goal: 'zero', n } as const;
  const ratio = { metric: 'exposureRatio', range: [0, 1], goal: 'one', n } as const;
  const value = shown.length < 2 ? null : exposureRatio(means, shown);
  return {
    groups,
    top,
    topRateDifference:
      shown.length < 2
        ? { ...difference, value: null, reason: lonely }
        : {
            ...difference,
            value: Math.max(...rates) - Math.min(...rates),
            interval: widest(shown, rates, size, level),
          },
    exposureRatio:
      value === null
        ? { ...ratio, value, reason: lonely }
        : {
            ...ratio,
            value,
            ...ratioInterval(means, spreads, shown, level),
            ...testExposure(exposure, group, members.length, shown, value, rng, permutations),
          },
    rows: n,
    leftOut: cells.leftOut.missingScore + cells.leftOut.missingLabel,
    suppressed: {
      groups: present.length - shown.length,
      rows: present.filter((g) => size[g]! < minN).reduce((sum, g) => sum + size[g]!, 0),
    },
  };
}

function meanExposure(exposure: Float64Array, group: Int32Array, groups: number): Float64Array {
  const sum = new Float64Array(groups);
  const n = new Float64Array(groups);
  for (let i = 0; i < group.length; i++) {
    sum[group[i]!]! += exposure[i]!;
    n[group[i]!]!++;
  }
  return sum.map((x, g) => (n[g] === 0 ? 0 : x / n[g]!));
}

/**
 * Standard error of each group's mean exposure; null for fewer than two rows. Never less than what the spread of all rows gives: few
 * rows have nearly all exposure, so a group that misses them by chance has too small a spread of its own.
 */
function exposureErrors(
  exposure: Float64Array,
  group: Int32Array,
  means: Float64Array,
  size: Float64Array,
): (number | null)[] {
  const squares = new Float64Array(size.length);
  const rows = group.length;
  const centre = exposure.reduce((sum, x) => sum + x, 0) / Math.max(1, rows);
  let all = 0;
  for (let i = 0; i < rows; i++) {
    const gap = exposure[i]! - means[group[i]!]!;
    squares[group[i]!]! += gap * gap;
    all += (exposure[i]! - centre) * (exposure[i]! - centre);
  }
  return Array.from(size, (n, g) =>
    n < 2 ? null : Math.sqrt(Math.max(squares[g]! / (n - 1), all / Math.max(1, rows - 1)) / n),
  );
}

function aroundExposure(mean: number, error: number, all: number, z: number, level: number): Interval {
  const factor = exp((z * error) / mean);
  return { lower: mean / factor / all, upper: (mean * factor) / all, level, method: 'log-normal' };
}

/** Greatest minus least top rate: Newcombe's interval for all pairs at once. */
function widest(shown: readonly number[], rates: readonly number[], size: Float64Array, level: number): Interval {
  const component = { p: Float64Array.from(rates), n: Float64Array.from(shown, (g) => size[g]!) };
  const ends = simultaneousEnds(component, 'difference', 'between_groups', level, 1);
  return { lower: ends[0], upper: ends[1], level, method: 'newcombe-bonferroni' };
}

/** Least over greatest mean exposure: log intervals of all pairs at once. */
function ratioInterval(
  means: Float64Array,
  errors: readonly (number | null)[],
  shown: readonly number[],
  level: number,
): { readonly interval?: Interval } {
  if (shown.some((g) => errors[g] === null || means[g] === 0)) return {};
  const z = zFor(level, (shown.length * (shown.length - 1)) / 2);
  let lower = 1;
  let upper = 1;
  for (const g of shown)
    for (const h of shown) {
      if (g >= h) continue;
      const gap = Math.abs(log(means[g]! / means[h]!));
      const [a, b] = [errors[g]! / means[g]!, errors[h]! / means[h]!];
      const half = z * Math.sqrt(a * a + b * b);
      lower = Math.min(lower, exp(-gap - half));
      upper = Math.min(upper, exp(Math.min(0, half - gap)));
    }
  return { interval: { lower, upper, level, method: 'log-normal-bonferroni' } };
}

function exposureRatio(means: Float64Array, shown: readonly number[]): number {
  let least = Infinity;
  let most = 0;
  for (const g of shown) {
    least = Math.min(least, means[g]!);
    most = Math.max(most, means[g]!);
  }
  return least / most;
}

function testExposure(
  exposure: Float64Array,
  group: Int32Array,
  groups: number,
  shown: readonly number[],
  value: number,
  rng: Rng | undefined,
  permutations: number,
): { readonly pValue?: number; readonly nullExpectation?: number } {
  if (rng === undefined) return {};
  const shuffled = group.slice();
  let exceed = 0;
  let sum = 0;
  for (let d = 0; d < permutations; d++) {
    fillShuffled(shuffled, rng);
    const drawn = exposureRatio(meanExposure(exposure, shuffled, groups), shown);
    sum += drawn;
    if (drawn <= value + 1e-12) exceed++;
  }
  return { pValue: (1 + exceed) / (1 + permutations), nullExpectation: sum / permutations };
}
