import { requireFinite, requireLength } from './internal-check.ts';
import { sortedCopy } from './internal-order.ts';

/** An empirical distribution function: {@link ecdf} makes it, {@link ecdfAt} reads it. */
export interface Ecdf {
  /** The distinct values, rising. */
  readonly values: Float64Array;
  /** Share of observations at or below each value; the last is 1. */
  readonly probabilities: Float64Array;
  /** Number of observations. */
  readonly n: number;
}

/**
 * Empirical distribution function: for each distinct value the share of observations at or below it.
 *
 * @param values - Finite numbers in any order; not changed.
 * @returns Steps in rising order, one per distinct value.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for no values, `BAD_NUMBER` for NaN or infinities.
 * @example
 * const steps = ecdf([3, 1, 3, 2]);
 * Array.from(steps.values); // => [1, 2, 3]
 * Array.from(steps.probabilities); // => [0.25, 0.5, 1]
 */
export function ecdf(values: ArrayLike<number>): Ecdf {
  requireLength('values', values.length, 1);
  requireFinite('values', values);
  const sorted = sortedCopy(values);
  const n = sorted.length;
  const shares = new Float64Array(n);
  let steps = 0;
  for (let i = 0; i < n; i++) {
    const value = sorted[i]!;
    // The last of equal values writes the step; -0 and 0 are one value, written 0.
    if (i + 1 < n && sorted[i + 1]! === value) continue;
    sorted[steps] = value + 0;
    shares[steps++] = (i + 1) / n;
  }
  return { values: sorted.slice(0, steps), probabilities: shares.slice(0, steps), n };
}
