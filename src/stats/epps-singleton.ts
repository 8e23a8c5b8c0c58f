import { chiSquareUpperTail, cos, pow, sin } from '../math/index.ts';
import { requireFinite, requireLength } from './internal-check.ts';
import { mean } from './mean.ts';
import { quantile } from './quantile.ts';

/** Result of {@link eppsSingleton}. */
export interface EppsSingletonResult {
  /** The statistic W; null when it is undefined (no spread, or a singular covariance). */
  readonly statistic: number | null;
  /** p-value, chi-square with 4 degrees of freedom; 1 when the statistic is undefined. */
  readonly pValue: number;
}

/**
 * Epps-Singleton two-sample test: compares the empirical characteristic functions at 0.4 and 0.8 over the
 * semi-interquartile range. Needs no continuity, so it suits discrete values.
 *
 * Source: Epps and Singleton 1986; small-sample correction of Goerg and Kaiser 2009 when both samples are below 25.
 *
 * @param a - Finite numbers, at least five.
 * @param b - Finite numbers, at least five.
 * @returns See {@link EppsSingletonResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`.
 * @example
 * eppsSingleton([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]).pValue; // => 1
 */
export function eppsSingleton(a: ArrayLike<number>, b: ArrayLike<number>): EppsSingletonResult {
  requireLength('a', a.length, 5);
  requireLength('b', b.length, 5);
  requireFinite('a', a);
  requireFinite('b', b);
  const n = a.length;
  const m = b.length;
  const pooled = new Float64Array(n + m);
  for (let i = 0; i < n; i++) pooled[i] = a[i]!;
  for (let j = 0; j < m; j++) pooled[n + j] = b[j]!;
  const scale = (quantile(pooled, 0.75) - quantile(pooled, 0.25)) / 2;
  if (!(scale > 0)) return { statistic: null, pValue: 1 };
  const x = featureMoments(a, scale);
  const y = featureMoments(b, scale);
  const total = n + m;
  const covariance = x.covariance.map((value, i) => (total / n) * value + (total / m) * y.covariance[i]!);
  const difference = x.means.map((value, i) => value - y.means[i]!);
  const solved = solve(covariance, difference);
  if (!solved) return { statistic: null, pValue: 1 };
  let w = 0;
  for (let i = 0; i < 4; i++) w += difference[i]! * solved[i]!;
  w *= total;
  if (Math.max(n, m) < 25) w /= 1 + pow(total, -0.45) + 10.1 * (pow(n, -1.7) + pow(m, -1.7));
  const statistic = Math.max(0, w);
  return { statistic, pValue: chiSquareUpperTail(statistic, 4) };
}

/** Means and covariance (divisor n) of cos and sin of 0.4 x / scale and 0.8 x / scale. */
function featureMoments(values: ArrayLike<number>, scale: number): { means: number[]; covariance: number[] } {
  const n = values.length;
  const features = [0.4, 0.8].flatMap((t) => [
    Float64Array.from(values, (value) => cos((t / scale) * value)),
    Float64Array.from(values, (value) => sin((t / scale) * value)),
  ]);
  const means = features.map((feature) => mean(feature));
  const covariance: number[] = [];
  for (let r = 0; r < 4; r++) {
    for (let c = 0; c < 4; c++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (features[r]![i]! - means[r]!) * (features[c]![i]! - means[c]!);
      covariance.push(sum / n);
    }
  }
  return { means, covariance };
}

/** Solves a symmetric 4 by 4 system by elimination with pivoting; null when it is singular. */
function solve(matrix: readonly number[], right: readonly number[]): number[] | null {
  const a = matrix.slice();
  const x = right.slice();
  const size = x.length;
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++) if (Math.abs(a[i * size + k]!) > Math.abs(a[pivot * size + k]!)) pivot = i;
    if (!(Math.abs(a[pivot * size + k]!) > 1e-12)) return null;
    for (let j = 0; j < size; j++) {
      const swap = a[k * size + j]!;
      a[k * size + j] = a[pivot * size + j]!;
      a[pivot * size + j] = swap;
    }
    const swap = x[k]!;
    x[k] = x[pivot]!;
    x[pivot] = swap;
    for (let i = k + 1; i < size; i++) {
      const factor = a[i * size + k]! / a[k * size + k]!;
      for (let j = k; j < size; j++) a[i * size + j] = a[i * size + j]! - factor * a[k * size + j]!;
      x[i] = x[i]! - factor * x[k]!;
    }
  }
  for (let k = size - 1; k >= 0; k--) {
    for (let j = k + 1; j < size; j++) x[k] = x[k]! - a[k * size + j]! * x[j]!;
    x[k] = x[k]! / a[k * size + k]!;
  }
  return x;
}
