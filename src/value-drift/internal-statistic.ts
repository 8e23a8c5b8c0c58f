/**
 * Estimated variance of a side's mean. Each unit counted once, it is Welch's; with clusters it is G / (G - 1) times the
 * summed squares of (sum - mean * items) over the squared number of items.
 */
export function sideVariance(n: number, units: number, s: number, q: number, cross: number, squares: number): number {
  const mean = s / n;
  const rest = q - 2 * mean * cross + mean * mean * squares;
  // Below this the difference is the rounding of its terms: the side is constant.
  if (rest <= 1e-11 * q) return 0;
  return ((rest / n) * (units / (units - 1))) / n;
}

/**
 * What a side's variance is drawn towards. Welch's own variance makes a poor statistic for rare or heavy-tailed scores:
 * when a small side happens to hold none of ten rare ones its variance is 0 and the difference looks huge, in a third
 * of all arrangements, which drowns every other value in the maximum. So each side's variance is drawn towards the
 * pooled one, the more the less it can be known: weight r / (r + 0.25), where r = (kurtosis - 1) / units is the relative
 * variance of a variance estimate. Kurtosis and pooled variance do not change with the arrangement, so the test stays
 * exact, and the weight vanishes with growing samples, so unequal variances are respected as in Welch's test.
 */
export interface Pool {
  /** Mean square of a unit's sum over all units. */
  readonly square: number;
  /** Kurtosis less 1 of the units' sums. */
  readonly excess: number;
}

/** Spread of true variances allowed for, as the variance of their logarithm: 0.25 is a factor of about 1.6 either way. */
const HETEROGENEITY = 0.25;

/** The pool of one value; the arrays are ordered as in `TestUnits`. */
export function poolOf(sums: Float64Array, counts: Float64Array | null, units: number, v: number): Pool {
  let used = 0;
  let second = 0;
  let fourth = 0;
  for (let at = v * units; at < (v + 1) * units; at++) {
    if (counts !== null && counts[at] === 0) continue;
    const square = sums[at]! * sums[at]!;
    used++;
    second += square;
    fourth += square * square;
  }
  if (second === 0) return { square: 0, excess: 0 };
  return { square: second / used, excess: Math.max(0, (used * fourth) / (second * second) - 1) };
}

/** A variance of a mean of n items in some units, drawn towards the pooled one. */
export function drawn(variance: number, pool: Pool, units: number, n: number): number {
  const r = pool.excess / units;
  return variance + (r / (r + HETEROGENEITY)) * ((pool.square * units) / (n * n) - variance);
}

/** Size of a studentised difference; Infinity when both sides are constant and differ. */
export function statistic(difference: number, variance: number): number {
  if (difference === 0) return 0;
  return variance === 0 ? Infinity : Math.abs(difference) / Math.sqrt(variance);
}
