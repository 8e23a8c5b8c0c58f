import { requireFinite, requireLength } from './internal-check.ts';
import { mean } from './mean.ts';
import { variance } from './variance.ts';

/**
 * Cohen's d: difference of two means in units of the pooled standard deviation.
 *
 * @param a - Finite numbers, at least two.
 * @param b - Finite numbers, at least two.
 * @returns Mean of a minus mean of b, standardised; null when both samples are constant.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`.
 * @example
 * cohensD([2, 3, 4], [1, 2, 3]); // => 1
 */
export function cohensD(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  requireLength('a', a.length, 2);
  requireLength('b', b.length, 2);
  requireFinite('a', a);
  requireFinite('b', b);
  const n = a.length;
  const m = b.length;
  const pooled = ((n - 1) * variance(a) + (m - 1) * variance(b)) / (n + m - 2);
  return pooled > 0 ? (mean(a) - mean(b)) / Math.sqrt(pooled) : null;
}
