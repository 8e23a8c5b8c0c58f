import { studentTUpperTail } from '../math/index.ts';
import { requireFinite, requireLength } from './internal-check.ts';
import { mean } from './mean.ts';
import { variance } from './variance.ts';

/** Result of {@link welchT}. */
export interface WelchTResult {
  /** The statistic; null when both samples are constant. */
  readonly t: number | null;
  /** Degrees of freedom (Welch-Satterthwaite); null when both samples are constant. */
  readonly df: number | null;
  /** Two-sided p-value; for constant samples 1 when they are equal, else 0. */
  readonly pValue: number;
}

/**
 * Welch's t test for a difference of means with unequal variances, two-sided.
 *
 * @param a - Finite numbers, at least two.
 * @param b - Finite numbers, at least two.
 * @returns See {@link WelchTResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`.
 * @example
 * welchT([1, 2, 3], [1, 2, 3]).pValue; // => 1
 */
export function welchT(a: ArrayLike<number>, b: ArrayLike<number>): WelchTResult {
  requireLength('a', a.length, 2);
  requireLength('b', b.length, 2);
  requireFinite('a', a);
  requireFinite('b', b);
  const va = variance(a) / a.length;
  const vb = variance(b) / b.length;
  const difference = mean(a) - mean(b);
  const square = va + vb;
  if (!(square > 0)) return { t: null, df: null, pValue: difference === 0 ? 1 : 0 };
  const t = difference / Math.sqrt(square);
  const ra = va / square;
  const rb = vb / square;
  const df = 1 / ((ra * ra) / (a.length - 1) + (rb * rb) / (b.length - 1));
  return { t, df, pValue: Math.min(1, 2 * studentTUpperTail(Math.abs(t), df)) };
}
