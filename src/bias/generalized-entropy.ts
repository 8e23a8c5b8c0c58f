import { SynthproofError } from '../errors.ts';
import { log } from '../math/log.ts';
import { pow } from '../math/pow.ts';
import type { Interval } from '../types.ts';
import { rateOptions } from './internal-rates.ts';

/** Options of {@link generalizedEntropy}. */
export interface GeneralizedEntropyOptions {
  /** Sensitivity to the top: 2 = half the squared coefficient of variation, 1 = Theil, 0 = mean log deviation. Default 2. */
  readonly alpha?: number | undefined;
  /** Number of people with each benefit, at least 0. Default 1 each. */
  readonly weights?: ArrayLike<number> | undefined;
  /** Group number of each benefit: with it the index is split into within and between groups. */
  readonly groups?: ArrayLike<number> | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
}

/** Result of {@link generalizedEntropy}. */
export interface GeneralizedEntropy {
  /** The index, 0 = everyone has the same benefit; null when undefined. */
  readonly value: number | null;
  /** The index after replacing each benefit by its group's mean; null without groups. */
  readonly between: number | null;
  /** What is left inside the groups: value minus between; null without groups. */
  readonly within: number | null;
  /** People: the sum of the weights. */
  readonly n: number;
  /** Interval of the value (delta method, people drawn at random), from 0; null without a value. */
  readonly interval: Interval | null;
  /** The same for `between`. */
  readonly betweenInterval: Interval | null;
  /** The same for `within`. */
  readonly withinInterval: Interval | null;
  /** Why the value is null: `no-weight`, `zero-mean`, or `infinite` (a benefit of 0 with alpha at or below 0). */
  readonly reason?: string | undefined;
}

/**
 * Generalized entropy index of inequality over benefits, for example prediction - label + 1 of each person.
 *
 * alpha other than 0 and 1: mean((b/m)^alpha - 1) / (alpha (alpha - 1)); alpha 1: mean((b/m) ln(b/m)) with 0 ln 0 = 0;
 * alpha 0: -mean ln(b/m); m = mean benefit. Additively decomposable: value = within + between.
 * Source: Speicher et al. 2018; Shorrocks 1980. (AIF360 divides by m once too often at alpha 0 and ignores weights.)
 *
 * @param benefits - Benefits of at least 0; distinct values with weights do as well as one entry per person.
 * @param options - See {@link GeneralizedEntropyOptions}.
 * @returns See {@link GeneralizedEntropy}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_VALUE` for a negative benefit or weight, `OUT_OF_RANGE` for alpha.
 * @example
 * generalizedEntropy([0, 2], { alpha: 2 }).value; // => 0.5
 * generalizedEntropy([1, 1, 3, 3], { groups: [0, 0, 1, 1] }).within; // => 0
 */
export function generalizedEntropy(
  benefits: ArrayLike<number>,
  options: GeneralizedEntropyOptions = {},
): GeneralizedEntropy {
  const { alpha = 2, weights, groups } = options;
  const { level, z } = rateOptions({ level: options.level });
  const n = benefits.length;
  if (!Number.isFinite(alpha))
    throw new SynthproofError('OUT_OF_RANGE', `alpha: expected a finite number, received ${alpha}`, {
      argument: 'alpha',
    });
  for (const [name, list] of [
    ['weights', weights],
    ['groups', groups],
  ] as const)
    if (list !== undefined && list.length !== n)
      throw new SynthproofError('LENGTH_MISMATCH', `${name}: expected ${n} entries, received ${list.length}`, {
        argument: name,
      });
  let total = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const b = benefits[i]!;
    const w = weights === undefined ? 1 : weights[i]!;
    if (!(b >= 0 && b < Infinity) || !(w >= 0 && w < Infinity))
      throw new SynthproofError(
        'BAD_VALUE',
        `benefits: expected finite benefits and weights of at least 0, received ${b} and ${w} at ${i}`,
        {
          argument: 'benefits',
          row: i,
        },
      );
    total += w;
    sum += w * b;
  }
  const none = {
    value: null,
    between: null,
    within: null,
    n: total,
    interval: null,
    betweenInterval: null,
    withinInterval: null,
  };
  if (total === 0) return { ...none, reason: 'no-weight' };
  const mean = sum / total;
  if (mean === 0) return { ...none, reason: 'zero-mean' };
  const value = index(benefits, weights, total, mean, alpha);
  if (value === null) return { ...none, reason: 'infinite' };
  const around = (centre: number, influence: ArrayLike<number>, groupCount = 1, chance = 0): Interval => {
    let spread = 0;
    for (let i = 0; i < n; i++) spread += (weights === undefined ? 1 : weights[i]!) * influence[i]! * influence[i]!;
    const half = z * Math.sqrt(spread / (total * total) + 2 * (groupCount - 1) * chance * chance);
    const lower = Math.max(0, centre - half - (groupCount - 1) * chance);
    return { lower, upper: centre + half, level, method: 'delta' };
  };
  const own = influenceOf(benefits, benefits, weights, total, mean, alpha, value);
  const alone = { ...none, value, interval: around(value, own) };
  if (groups === undefined) return alone;
  const sums = new Map<number, { w: number; b: number }>();
  for (let i = 0; i < n; i++) {
    const w = weights === undefined ? 1 : weights[i]!;
    const one = sums.get(groups[i]!) ?? { w: 0, b: 0 };
    one.w += w;
    one.b += w * benefits[i]!;
    sums.set(groups[i]!, one);
  }
  const occupied = [...sums.values()].filter((one) => one.w > 0);
  const between = index(
    occupied.map((one) => one.b / one.w),
    occupied.map((one) => one.w),
    total,
    mean,
    alpha,
  );
  if (between === null) return alone;
  const means = Float64Array.from({ length: n }, (_, i) => {
    const one = sums.get(groups[i]!)!;
    return one.w > 0 ? one.b / one.w : mean;
  });
  // Group means scatter by chance, which adds this to the index for each group beyond the first (phi curves by 1 at the mean).
  let within = 0;
  for (let i = 0; i < n; i++)
    within += (weights === undefined ? 1 : weights[i]!) * (benefits[i]! - means[i]!) * (benefits[i]! - means[i]!);
  const chance = within / (2 * mean * mean * total * total);
  const across = influenceOf(benefits, means, weights, total, mean, alpha, between);
  return {
    ...alone,
    between,
    within: value - between,
    betweenInterval: around(between, across, occupied.length, chance),
    withinInterval: around(
      value - between,
      own.map((x, i) => x - across[i]!),
    ),
  };
}

/**
 * Influence of each person on mean phi(c / m), where c is the person's benefit or the mean of the group: what the person adds
 * directly, through the group's mean, and through the mean of all.
 */
function influenceOf(
  benefits: ArrayLike<number>,
  centres: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  total: number,
  mean: number,
  alpha: number,
  value: number,
): Float64Array {
  const n = benefits.length;
  let pull = 0;
  for (let i = 0; i < n; i++) {
    const r = centres[i]! / mean;
    pull += ((weights === undefined ? 1 : weights[i]!) * steepness(r, alpha) * r) / total;
  }
  return Float64Array.from({ length: n }, (_, i) => {
    const r = centres[i]! / mean;
    const own = steepness(r, alpha) * (benefits[i]! / mean - r);
    return height(r, alpha) - value + own - pull * (benefits[i]! / mean - 1);
  });
}

/** phi, whose mean the index is. */
function height(r: number, alpha: number): number {
  if (alpha === 1) return r === 0 ? 0 : r * log(r);
  if (alpha === 0) return r === 0 ? 0 : -log(r);
  return ((r === 0 ? 0 : pow(r, alpha)) - 1) / (alpha * (alpha - 1));
}

/** Its derivative; 0 at r = 0, where only a group without any benefit stands and the product with r or the distance is 0. */
function steepness(r: number, alpha: number): number {
  if (r === 0) return 0;
  if (alpha === 1) return log(r) + 1;
  return alpha === 0 ? -1 / r : pow(r, alpha - 1) / (alpha - 1);
}

function index(
  benefits: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  total: number,
  mean: number,
  alpha: number,
): number | null {
  let sum = 0;
  for (let i = 0; i < benefits.length; i++) {
    const r = benefits[i]! / mean;
    const w = weights === undefined ? 1 : weights[i]!;
    if (w === 0) continue;
    if (r === 0) {
      if (alpha <= 0) return null;
      if (alpha !== 1) sum -= w;
    } else if (alpha === 1) sum += w * r * log(r);
    else if (alpha === 0) sum -= w * log(r);
    else sum += w * ((alpha === 2 ? r * r : pow(r, alpha)) - 1);
  }
  const divisor = alpha === 0 || alpha === 1 ? 1 : alpha * (alpha - 1);
  // Rounding may leave a tiny negative value where everyone has the same benefit.
  return Math.max(0, sum / total / divisor);
}
