import { SynthproofError } from '../errors.ts';
import { log } from '../math/log.ts';
import { pow } from '../math/pow.ts';

/** Options of {@link generalizedEntropy}. */
export interface GeneralizedEntropyOptions {
  /** Sensitivity to the top: 2 = half the squared coefficient of variation, 1 = Theil, 0 = mean log deviation. Default 2. */
  readonly alpha?: number | undefined;
  /** Weight of each benefit, at least 0. Default 1 each. */
  readonly weights?: ArrayLike<number> | undefined;
  /** Group number of each benefit: with it the index is split into within and between groups. */
  readonly groups?: ArrayLike<number> | undefined;
}

/** Result of {@link generalizedEntropy}. */
export interface GeneralizedEntropy {
  /** The index, 0 = everyone has the same benefit; null when undefined. */
  readonly value: number | null;
  /** The index after replacing each benefit by its group's mean; null without groups. */
  readonly between: number | null;
  /** What is left inside the groups: value minus between; null without groups. */
  readonly within: number | null;
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
  const none = { value: null, between: null, within: null };
  if (total === 0) return { ...none, reason: 'no-weight' };
  const mean = sum / total;
  if (mean === 0) return { ...none, reason: 'zero-mean' };
  const value = index(benefits, weights, total, mean, alpha);
  if (value === null) return { ...none, reason: 'infinite' };
  if (groups === undefined) return { value, between: null, within: null };
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
  return between === null ? { value, between: null, within: null } : { value, between, within: value - between };
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
