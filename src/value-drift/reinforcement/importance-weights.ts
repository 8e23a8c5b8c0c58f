import { SynthproofError } from '../../errors.ts';
import { fitLogistic } from '../../learners/fit-logistic.ts';
import { exp } from '../../math/exp.ts';
import { checkRange } from '../../stats/internal-options.ts';
import { requireSameScorer, requireScores } from '../internal-profiles.ts';
import type { ValueProfile } from '../profile-values.ts';
import { effectiveSize, scoresHash } from './internal-targets.ts';
import type { ReinforcementStep } from './reinforcement-types.ts';

/** Options of {@link importanceWeights}. */
export interface ImportanceOptions {
  /** Largest weight; the mean before clipping is about 1. Default 20. */
  readonly clip?: number | undefined;
  /** Ridge of the logistic regression, see {@link fitLogistic}. Default 1. */
  readonly l2?: number | undefined;
}

/** Result of {@link importanceWeights}. */
export interface ImportanceResult {
  /** One weight per current item, mean 1 over items with all scores; 0 for the others. */
  readonly weights: Float64Array;
  /** Effective number of current items. */
  readonly effectiveSize: number;
  /** Current items whose weight was clipped. */
  readonly clipped: number;
  /** Current items without all scores: weight 0. */
  readonly leftOut: number;
  /** The record of this step. */
  readonly record: ReinforcementStep;
}

/**
 * Weights that make the current data look like the baseline in all its scores at once: the density ratio from a logistic
 * regression that tells the two apart, clipped. For wanted means only, {@link reweightToTargets} is exact and cheaper in
 * effective items; this needs no targets and follows the baseline's joint distribution as far as a linear score does.
 *
 * Source: Bickel, Brückner and Scheffer 2009 (density ratio by classification).
 *
 * @param current - Profile with scores, to be weighted.
 * @param baseline - Profile with scores, of the same spec and scorer, to be matched.
 * @param options - See {@link ImportanceOptions}.
 * @returns See {@link ImportanceResult}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH`; `BAD_VALUE` without scores; `EMPTY_INPUT` when a side has no item with
 * all scores; `OUT_OF_RANGE`.
 * @example
 * const scorer = featureScorer(createValueSpec({ id: 'demo', version: '1', values: ['Kind'] }));
 * const baseline = profileValues([[0], [0], [0], [1]], scorer);
 * const { weights } = importanceWeights(profileValues([[0], [1], [1], [1]], scorer), baseline);
 * weights[0] > weights[1]; // => true
 */
export function importanceWeights(
  current: ValueProfile,
  baseline: ValueProfile,
  options: ImportanceOptions = {},
): ImportanceResult {
  const { clip = 20, l2 = 1 } = options;
  checkRange('clip', clip, 1);
  requireSameScorer(current, 'baseline', baseline);
  const mine = requireScores('current', current).columns;
  const theirs = requireScores('baseline', baseline).columns;
  const rows = complete(mine, current.n);
  const others = complete(theirs, baseline.n);
  if (rows.length === 0 || others.length === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `profiles: expected items with all scores on both sides, received ${rows.length} and ${others.length}`,
      {
        argument: rows.length === 0 ? 'current' : 'baseline',
      },
    );
  const columns = mine.map((column, v) =>
    Float64Array.from({ length: rows.length + others.length }, (_, i) =>
      i < rows.length ? column[rows[i]!]! : theirs[v]![others[i - rows.length]!]!,
    ),
  );
  const labels = Uint8Array.from({ length: rows.length + others.length }, (_, i) => (i < rows.length ? 0 : 1));
  const { intercept, coefficients } = fitLogistic(columns, labels, { l2 });
  const weights = new Float64Array(current.n);
  let clipped = 0;
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    let logit = intercept;
    for (let v = 0; v < columns.length; v++) logit += coefficients[v]! * columns[v]![i]!;
    // Odds of the baseline, brought to equal sample sizes.
    const ratio = (exp(Math.min(logit, 700)) * rows.length) / others.length;
    if (ratio > clip) clipped++;
    weights[rows[i]!] = Math.min(ratio, clip);
    total += Math.min(ratio, clip);
  }
  if (total > 0) for (const row of rows) weights[row] = (weights[row]! * rows.length) / total;
  const effective = effectiveSize(weights);
  return {
    weights,
    effectiveSize: effective,
    clipped,
    leftOut: current.n - rows.length,
    record: {
      step: 'importance-weights/1',
      inputHash: scoresHash([...mine, ...theirs]),
      settings: { specHash: current.specHash, scorerId: current.scorerId, clip, l2 },
      outcome: { effectiveSize: effective, clipped, leftOut: current.n - rows.length },
    },
  };
}

function complete(columns: readonly Float64Array[], n: number): number[] {
  const rows: number[] = [];
  for (let i = 0; i < n; i++) if (columns.every((column) => column[i]! - column[i]! === 0)) rows.push(i);
  return rows;
}
