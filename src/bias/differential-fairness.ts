import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import { checkWhole } from '../stats/internal-options.ts';
import type { Interval, Rng } from '../types.ts';
import { checkRng } from './internal-encode.ts';
import { fillShuffledCounts, logFactorials } from './internal-hypergeometric.ts';
import { rateOptions, zFor } from './internal-rates.ts';

/** Options of {@link differentialFairness}. */
export interface DifferentialFairnessOptions {
  /** Concentration of the Dirichlet smoothing, spread evenly over outcomes; at least 0. Default 1. */
  readonly concentration?: number | undefined;
  /** Coverage of the interval. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups with a smaller total are left out and listed. Default 10. */
  readonly minN?: number | undefined;
  /** Random source of the permutation test. Without it there is neither p-value nor null expectation; counts must be whole with it. */
  readonly rng?: Rng | undefined;
  /** Number of permutations. Default 999. */
  readonly permutations?: number | undefined;
}

/** Result of {@link differentialFairness}. */
export interface DifferentialFairness {
  /** Greatest |ln ratio| of an outcome's probability between two groups, 0 = equal; null when undefined. */
  readonly epsilon: number | null;
  /** exp(epsilon): no outcome is more than this many times likelier in one group than in another. */
  readonly ratioBound: number | null;
  /** Outcome (column) at which the greatest ratio occurs. */
  readonly outcome: number | null;
  /** Group (row) where that outcome is likeliest. */
  readonly highest: number | null;
  /** Group (row) where it is least likely. */
  readonly lowest: number | null;
  /** Groups without rows, left out. */
  readonly empty: readonly number[];
  /** Groups with rows but fewer than `minN`, left out. */
  readonly suppressed: readonly number[];
  /** Rows of the groups compared. */
  readonly n: number;
  /** Interval of epsilon: Katz's for the log-ratios of all outcomes and pairs at once (Bonferroni); null without epsilon. */
  readonly interval: Interval | null;
  /** Mean epsilon when outcomes are shuffled over the groups: what equal groups of these sizes would show; null without `rng`. */
  readonly nullExpectation: number | null;
  /** Permutation p-value of an epsilon this large among equal groups; null without `rng`. */
  readonly pValue: number | null;
  /** Why epsilon is null: `fewer-than-two-groups`, or `zero-probability` without smoothing. */
  readonly reason?: string | undefined;
}

/**
 * Smoothed empirical differential fairness: the greatest log-ratio, over outcomes and pairs of groups, of the
 * probability of an outcome, with Dirichlet smoothing (n + c/K) / (N + c).
 *
 * Range 0 to infinity, 0 = equal; any number of outcomes and (intersectional) groups. The difference between a synthetic
 * table's and its source's epsilon is the bias amplification of Foulds et al.
 * Source: Foulds, Islam, Keya & Pan 2020.
 *
 * @param counts - `counts[group][outcome]`: rows or weights, at least 0.
 * @param options - See {@link DifferentialFairnessOptions}.
 * @returns See {@link DifferentialFairness}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` for ragged counts, `BAD_VALUE` for negative ones (or broken ones with `rng`), `OUT_OF_RANGE`, `BAD_OPTION`.
 * @example
 * differentialFairness([[30, 10], [10, 30]], { concentration: 0 }).ratioBound; // => 3
 */
export function differentialFairness(
  counts: readonly (readonly number[])[],
  options: DifferentialFairnessOptions = {},
): DifferentialFairness {
  const { concentration = 1, rng, permutations = 999 } = options;
  const { level, minN } = rateOptions(options);
  if (rng !== undefined) checkRng(rng, 'rng');
  checkWhole('permutations', permutations, 1, 1e7);
  if (!(concentration >= 0 && concentration < Infinity))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `concentration: expected a finite number of at least 0, received ${concentration}`,
      {
        argument: 'concentration',
      },
    );
  const outcomes = counts[0]?.length ?? 0;
  const empty: number[] = [];
  const suppressed: number[] = [];
  const shown: number[] = [];
  for (let g = 0; g < counts.length; g++) {
    const row = counts[g]!;
    if (row.length !== outcomes)
      throw new SynthproofError(
        'LENGTH_MISMATCH',
        `counts: expected ${outcomes} outcomes in group ${g}, received ${row.length}`,
        { argument: 'counts' },
      );
    let total = 0;
    for (const count of row) {
      if (!(count >= 0 && count < Infinity))
        throw new SynthproofError(
          'BAD_VALUE',
          `counts: expected finite values of at least 0, received ${count} in group ${g}`,
          { argument: 'counts' },
        );
      total += count;
    }
    if (total === 0) empty.push(g);
    else if (total < minN) suppressed.push(g);
    else shown.push(g);
  }
  const rows = shown.map((g) => counts[g]!);
  const found = greatestRatio(rows, concentration);
  const totals = rows.map((row) => row.reduce((a, b) => a + b, 0));
  const rest = { empty, suppressed, n: totals.reduce((a, b) => a + b, 0) };
  if (typeof found === 'string')
    return {
      epsilon: null,
      ratioBound: null,
      outcome: null,
      highest: null,
      lowest: null,
      ...rest,
      interval: null,
      nullExpectation: null,
      pValue: null,
      reason: found,
    };
  const { epsilon, outcome, highest, lowest } = found;
  return {
    epsilon,
    ratioBound: exp(epsilon),
    outcome,
    highest: shown[highest]!,
    lowest: shown[lowest]!,
    ...rest,
    interval: simultaneous(rows, totals, concentration, epsilon, level),
    ...(rng === undefined
      ? { nullExpectation: null, pValue: null }
      : permuted(rows, totals, concentration, epsilon, rng, permutations)),
  };
}

function smoothed(count: number, total: number, outcomes: number, concentration: number): number {
  return (count + concentration / outcomes) / (total + concentration);
}

/** The greatest log-ratio, or why there is none. */
function greatestRatio(
  rows: readonly (readonly number[])[],
  concentration: number,
): { epsilon: number; outcome: number; highest: number; lowest: number } | string {
  if (rows.length < 2) return 'fewer-than-two-groups';
  const outcomes = rows[0]!.length;
  const shares = rows.map((row) => {
    const total = row.reduce((a, b) => a + b, 0);
    return row.map((count) => smoothed(count, total, outcomes, concentration));
  });
  let best = { epsilon: -1, outcome: 0, highest: 0, lowest: 0 };
  for (let k = 0; k < outcomes; k++) {
    let high = 0;
    let low = 0;
    for (let g = 1; g < shares.length; g++) {
      if (shares[g]![k]! > shares[high]![k]!) high = g;
      if (shares[g]![k]! < shares[low]![k]!) low = g;
    }
    if (shares[high]![k] === 0) continue; // An outcome that nobody has tells groups nothing apart.
    if (shares[low]![k] === 0) return 'zero-probability';
    const epsilon = log(shares[high]![k]!) - log(shares[low]![k]!);
    if (epsilon > best.epsilon) best = { epsilon, outcome: k, highest: high, lowest: low };
  }
  return best;
}

/** The greatest lower and upper end among the intervals of all pairs and outcomes, at a level that holds for all at once. */
function simultaneous(
  rows: readonly (readonly number[])[],
  totals: readonly number[],
  concentration: number,
  epsilon: number,
  level: number,
): Interval {
  const outcomes = rows[0]!.length;
  const z = zFor(level, (outcomes * rows.length * (rows.length - 1)) / 2);
  let lower = 0;
  let upper = epsilon;
  for (let k = 0; k < outcomes; k++) {
    if (rows.every((row) => row[k] === 0)) continue;
    // Half a case added, so that an empty cell has a finite and wide interval.
    const logs = rows.map((row, g) => log(smoothed(row[k]!, totals[g]!, outcomes, concentration)));
    const parts = rows.map((row, g) => 1 / (row[k]! + 0.5) - 1 / (totals[g]! + 0.5));
    for (let g = 0; g < rows.length; g++)
      for (let h = 0; h < g; h++) {
        const gap = Math.abs(logs[g]! - logs[h]!);
        const half = z * Math.sqrt(Math.max(0, parts[g]! + parts[h]!));
        lower = Math.max(lower, gap - half);
        upper = Math.max(upper, gap + half);
      }
  }
  return { lower: Math.min(lower, epsilon), upper, level, method: 'katz-simultaneous' };
}

/** Epsilon when outcomes are shuffled over groups: margins fixed, one group after the other takes its share of what is left. */
function permuted(
  rows: readonly (readonly number[])[],
  totals: readonly number[],
  concentration: number,
  epsilon: number,
  rng: Rng,
  permutations: number,
): { readonly nullExpectation: number | null; readonly pValue: number | null } {
  for (const row of rows)
    for (const count of row)
      if (!Number.isSafeInteger(count))
        throw new SynthproofError(
          'BAD_VALUE',
          `counts: expected whole numbers of rows for the permutation test, received ${count}; leave rng out for weights`,
          { argument: 'counts' },
        );
  const outcomes = rows[0]!.length;
  const top = Float64Array.from({ length: outcomes }, (_, k) => rows.reduce((sum, row) => sum + row[k]!, 0));
  const rest = new Float64Array(outcomes);
  const drawn = rows.map(() => new Float64Array(outcomes));
  const table = logFactorials(totals.reduce((a, b) => a + b, 0));
  let sum = 0;
  let known = 0;
  let exceed = 0;
  for (let d = 0; d < permutations; d++) {
    rest.set(top);
    drawn.forEach((row, g) => {
      fillShuffledCounts(row, rest, totals[g]!, rng, table);
      for (let k = 0; k < outcomes; k++) rest[k] = rest[k]! - row[k]!;
    });
    const found = greatestRatio(
      drawn.map((row) => Array.from(row)),
      concentration,
    );
    // Without smoothing a draw may have an empty cell: an infinite epsilon.
    if (typeof found === 'string') exceed++;
    else {
      known++;
      sum += found.epsilon;
      if (found.epsilon >= epsilon - 1e-12) exceed++;
    }
  }
  return { nullExpectation: known === 0 ? null : sum / known, pValue: (1 + exceed) / (1 + permutations) };
}
