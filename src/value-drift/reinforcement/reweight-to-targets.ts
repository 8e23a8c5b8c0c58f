import { SynthproofError } from '../../errors.ts';
import { entropyBalance } from '../../stats/entropy-balance.ts';
import { checkOneOf, checkRange } from '../../stats/internal-options.ts';
import { requireScores } from '../internal-profiles.ts';
import type { ValueProfile } from '../profile-values.ts';
import { completeRows, scoresHash, targetDrift, type Wanted, wantedOf } from './internal-targets.ts';
import type { ReinforcementStep, WantedMeans } from './reinforcement-types.ts';

/** Options of {@link reweightToTargets}. */
export interface ReweightOptions {
  /** Wanted means by value id. Default: the spec's targets. */
  readonly targets?: WantedMeans | undefined;
  /**
   * When the targets cannot be met: `refuse` (default) gives no weights; `nearest` goes as far along the straight way from
   * the present means to the targets as the data allow.
   */
  readonly onInfeasible?: 'refuse' | 'nearest' | undefined;
  /** Least effective share of the items, 0 to 1; weights below it count as infeasible. Default 0. */
  readonly leastEffectiveShare?: number | undefined;
}

/** A target that stands in the way. */
export interface BlockingTarget {
  /** Id of the value. */
  readonly id: string;
  /** The wanted mean. */
  readonly target: number;
  /** Least score of any item. */
  readonly least: number;
  /** Greatest score of any item. */
  readonly greatest: number;
  /**
   * `out-of-range`: no item scores beyond it, no weights can help. `together`: it can be met, but not with the others.
   * `too-few-items`: it can be met only by weights below the least effective share.
   */
  readonly reason: 'out-of-range' | 'together' | 'too-few-items';
}

/** Result of {@link reweightToTargets}. JSON-safe but for the weights. */
export interface ReweightResult {
  /** `met`, `nearest` (part of the way) or `infeasible`. */
  readonly status: 'met' | 'nearest' | 'infeasible';
  /** One weight per item, mean 1; 0 for items without a score of a wanted value. Null when `infeasible`. */
  readonly weights: Float64Array | null;
  /** Share of the way to the targets that the weights go, 0 to 1. */
  readonly share: number;
  /** The wanted values. */
  readonly values: readonly {
    /** Id of the value. */
    readonly id: string;
    /** Wanted mean. */
    readonly target: number;
    /** Mean without weights. */
    readonly before: number;
    /** Mean with weights; the same as before when there are none. */
    readonly after: number;
  }[];
  /** Targets that stand in the way; empty when `met`. */
  readonly blocking: readonly BlockingTarget[];
  /** Distance to the targets before: root mean square, in standard deviations. */
  readonly driftBefore: number;
  /** The same with the weights. */
  readonly driftAfter: number;
  /** Effective number of items with the weights. */
  readonly effectiveSize: number;
  /** Largest weight; the mean is 1. */
  readonly largestWeight: number;
  /** Items without a score of a wanted value: weight 0. */
  readonly leftOut: number;
  /** Log-weight per score unit of each wanted value, in the order of `values`: applies to items not seen. Null when `infeasible`. */
  readonly coefficients: readonly number[] | null;
  /** The record of this step. */
  readonly record: ReinforcementStep;
}

/**
 * Weights that bring the mean scores to their targets and change the data no more than that: entropy balancing
 * ({@link entropyBalance}). No item is dropped, so diversity falls far less than by keeping the best.
 *
 * @param profile - Profile with scores.
 * @param options - See {@link ReweightOptions}.
 * @returns Weights, what they reach, what they cost, and the targets that stand in the way if any do.
 * @throws {@link SynthproofError} `EMPTY_INPUT` without targets or items; `BAD_VALUE` for a target of an unknown value or
 * a profile without scores; `OUT_OF_RANGE`; `BAD_OPTION`.
 * @example
 * const scorer = featureScorer(createValueSpec({ id: 'demo', version: '1', values: ['Kind'] }));
 * const profile = profileValues([[0], [0], [1], [1]], scorer);
 * Array.from(reweightToTargets(profile, { targets: { p1: 0.75 } }).weights, (w) => Math.round(w * 1000)); // => [500, 500, 1500, 1500]
 * reweightToTargets(profile, { targets: { p1: 2 } }).blocking[0].reason; // => 'out-of-range'
 */
export function reweightToTargets(profile: ValueProfile, options: ReweightOptions = {}): ReweightResult {
  const { onInfeasible = 'refuse', leastEffectiveShare = 0 } = options;
  checkOneOf('onInfeasible', onInfeasible, ['refuse', 'nearest']);
  checkRange('leastEffectiveShare', leastEffectiveShare, 0, 1);
  const wanted = wantedOf(profile, options.targets);
  const rows = completeRows(profile, wanted);
  if (rows.length === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `profile: expected items with scores of all wanted values, received none among ${profile.n}`,
      {
        argument: 'profile',
      },
    );
  const { columns } = requireScores('profile', profile);
  const features = wanted.map(({ place }) => Float64Array.from(rows, (row) => columns[place]![row]!));
  const before = features.map((feature) => weightedMean(feature, null));
  const least = leastEffectiveShare * rows.length;
  const at = (share: number): Balanced | null => balance(wanted, features, before, share, least);
  let found = at(1);
  let share = found === null ? 0 : 1;
  const blocking = found === null ? blockingOf(wanted, features, least) : [];
  if (found === null && onInfeasible === 'nearest') {
    // The feasible shares are an interval from 0 (the targets' hull is convex, and weights grow with the distance).
    let high = 1;
    for (let step = 0; step < 20; step++) {
      const middle = (share + high) / 2;
      const one = at(middle);
      if (one === null) high = middle;
      else {
        found = one;
        share = middle;
      }
    }
  }
  const after = features.map((feature, k) => (found === null ? before[k]! : weightedMean(feature, found.weights)));
  let weights: Float64Array | null = null;
  let largestWeight = 1;
  if (found !== null) {
    weights = new Float64Array(profile.n);
    for (let k = 0; k < rows.length; k++) weights[rows[k]!] = found.weights[k]! * profile.n;
    largestWeight = weights.reduce((most, w) => Math.max(most, w), 0);
  }
  const status = found === null ? 'infeasible' : share === 1 ? 'met' : 'nearest';
  const driftBefore = targetDrift(wanted, before);
  const driftAfter = targetDrift(wanted, after);
  const effective = found === null ? rows.length : found.effectiveSize;
  return {
    status,
    weights,
    share,
    values: wanted.map(({ id, target }, k) => ({ id, target, before: before[k]!, after: after[k]! })),
    blocking,
    driftBefore,
    driftAfter,
    effectiveSize: effective,
    largestWeight,
    leftOut: profile.n - rows.length,
    coefficients: found === null ? null : Array.from(found.coefficients),
    record: {
      step: 'reweight-to-targets/1',
      inputHash: scoresHash(columns),
      settings: {
        specHash: profile.specHash,
        scorerId: profile.scorerId,
        targets: JSON.stringify(wanted.map(({ id, target }) => [id, target])),
        onInfeasible,
        leastEffectiveShare,
      },
      outcome: { status, share, driftBefore, driftAfter, effectiveSize: effective, leftOut: profile.n - rows.length },
    },
  };
}

interface Balanced {
  readonly weights: Float64Array;
  readonly coefficients: Float64Array;
  readonly effectiveSize: number;
}

function balance(
  wanted: readonly Wanted[],
  features: readonly Float64Array[],
  before: readonly number[],
  share: number,
  least: number,
): Balanced | null {
  const targets = wanted.map(({ target }, k) => before[k]! + share * (target - before[k]!));
  const result = entropyBalance(features, targets);
  return result.status === 'met' && result.effectiveSize >= least ? result : null;
}

/** The targets that block: those out of range; else those left out until the rest can be met. */
function blockingOf(wanted: readonly Wanted[], features: readonly Float64Array[], least: number): BlockingTarget[] {
  const named = (k: number, reason: BlockingTarget['reason']): BlockingTarget => {
    const feature = features[k]!;
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < feature.length; i++) {
      low = Math.min(low, feature[i]!);
      high = Math.max(high, feature[i]!);
    }
    return { id: wanted[k]!.id, target: wanted[k]!.target, least: low, greatest: high, reason };
  };
  let left = wanted.map((_, k) => k);
  const out: BlockingTarget[] = [];
  for (const k of left) {
    const one = entropyBalance([features[k]!], [wanted[k]!.target]);
    if (one.status !== 'met') out.push(named(k, 'out-of-range'));
    else if (one.effectiveSize < least) out.push(named(k, 'too-few-items'));
  }
  if (out.length > 0) return out;
  while (left.length > 0) {
    const result = entropyBalance(
      left.map((k) => features[k]!),
      left.map((k) => wanted[k]!.target),
    );
    const enough = result.effectiveSize >= least;
    if (result.status === 'met' && enough) return out;
    // Met but with too few items: the value whose score moves the weights most goes first.
    const worst =
      result.status === 'met'
        ? left.reduce((best, k, j) => {
            const pull = (i: number, at: number): number => Math.abs(result.coefficients[at]!) * wanted[i]!.sd;
            return pull(k, j) > pull(left[best]!, best) ? j : best;
          }, 0)
        : result.worst;
    out.push(named(left[worst]!, result.status === 'met' ? 'too-few-items' : 'together'));
    left = left.filter((_, j) => j !== worst);
  }
  return out;
}

function weightedMean(feature: Float64Array, weights: Float64Array | null): number {
  let total = 0;
  for (let i = 0; i < feature.length; i++) total += feature[i]! * (weights === null ? 1 / feature.length : weights[i]!);
  return total;
}
