import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';

/** Options of {@link differentialFairness}. */
export interface DifferentialFairnessOptions {
  /** Concentration of the Dirichlet smoothing, spread evenly over outcomes; at least 0. Default 1. */
  readonly concentration?: number | undefined;
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
  /** Groups without weight, left out. */
  readonly empty: readonly number[];
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
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` for ragged counts, `BAD_VALUE` for negative ones, `OUT_OF_RANGE` for the concentration.
 * @example
 * differentialFairness([[30, 10], [10, 30]], { concentration: 0 }).ratioBound; // => 3
 */
export function differentialFairness(
  counts: readonly (readonly number[])[],
  options: DifferentialFairnessOptions = {},
): DifferentialFairness {
  const { concentration = 1 } = options;
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
  const shares: { readonly group: number; readonly p: readonly number[] }[] = [];
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
    else shares.push({ group: g, p: row.map((count) => (count + concentration / outcomes) / (total + concentration)) });
  }
  const none = { epsilon: null, ratioBound: null, outcome: null, highest: null, lowest: null, empty };
  if (shares.length < 2) return { ...none, reason: 'fewer-than-two-groups' };
  let best = { epsilon: -1, outcome: 0, highest: 0, lowest: 0 };
  for (let k = 0; k < outcomes; k++) {
    let high = shares[0]!;
    let low = shares[0]!;
    for (const one of shares) {
      if (one.p[k]! > high.p[k]!) high = one;
      if (one.p[k]! < low.p[k]!) low = one;
    }
    if (high.p[k] === 0) continue; // An outcome that nobody has tells groups nothing apart.
    if (low.p[k] === 0) return { ...none, reason: 'zero-probability' };
    const epsilon = log(high.p[k]!) - log(low.p[k]!);
    if (epsilon > best.epsilon) best = { epsilon, outcome: k, highest: high.group, lowest: low.group };
  }
  return { ...best, ratioBound: exp(best.epsilon), empty };
}
