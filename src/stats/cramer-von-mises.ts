import { exp } from '../math/index.ts';
import { requireLength } from './internal-check.ts';
import { PI } from './internal-constants.ts';
import { midRanks } from './mid-ranks.ts';

/** Result of {@link cramerVonMises}. */
export interface CramerVonMisesResult {
  /** The statistic T (Anderson 1962). */
  readonly statistic: number;
  /** p-value of the limiting distribution, after standardising T by its exact mean and variance. */
  readonly pValue: number;
}

/**
 * Two-sample Cramer-von Mises test: weighs all distances of the two empirical distribution functions, not only the
 * largest.
 *
 * @param a - Finite numbers.
 * @param b - Finite numbers.
 * @returns See {@link CramerVonMisesResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`.
 * @example
 * cramerVonMises([1, 3, 5], [2, 4, 6]).statistic; // => 0.08333333333333326
 */
export function cramerVonMises(a: ArrayLike<number>, b: ArrayLike<number>): CramerVonMisesResult {
  requireLength('a', a.length, 1);
  requireLength('b', b.length, 1);
  const n = a.length;
  const m = b.length;
  const pooled = new Float64Array(n + m);
  for (let i = 0; i < n; i++) pooled[i] = a[i]!;
  for (let j = 0; j < m; j++) pooled[n + j] = b[j]!;
  const ranks = midRanks(pooled);
  const x = ranks.slice(0, n).sort();
  const y = ranks.slice(n).sort();
  let u = 0;
  for (let i = 0; i < n; i++) u += n * (x[i]! - (i + 1)) * (x[i]! - (i + 1));
  for (let j = 0; j < m; j++) u += m * (y[j]! - (j + 1)) * (y[j]! - (j + 1));
  const k = n * m;
  const total = n + m;
  const statistic = u / (k * total) - (4 * k - 1) / (6 * total);
  const expected = (1 + 1 / total) / 6;
  const spread = ((total + 1) * (4 * k * total - 3 * (n * n + m * m) - 2 * k)) / (45 * total * total * 4 * k);
  if (!(spread > 0)) return { statistic, pValue: 1 };
  return { statistic, pValue: limitTail(1 / 6 + (statistic - expected) / Math.sqrt(45 * spread)) };
}

/** Upper tail of the limiting distribution (Csorgo and Faraway 1996, equation 1.2). */
function limitTail(x: number): number {
  if (x <= 0.003) return 1;
  let sum = 0;
  let coefficient = 1;
  for (let k = 0; k < 60; k++) {
    if (k > 0) coefficient *= (k - 0.5) / k;
    const y = ((4 * k + 1) * (4 * k + 1)) / (16 * x);
    const term = coefficient * Math.sqrt(4 * k + 1) * exp(-2 * y) * scaledBessel(y);
    sum += term;
    if (term < 1e-18 * sum) break;
  }
  return Math.min(1, Math.max(0, 1 - sum / (PI * Math.sqrt(x))));
}

/** exp(y) K_1/4(y): the integral of exp(-y (cosh t - 1)) cosh(t / 4) by the trapezoid rule, which converges fast. */
function scaledBessel(y: number): number {
  const step = 1 / 16;
  let sum = 0.5;
  for (let i = 1; i < 2000; i++) {
    const e = exp(i * step);
    const half = 0.5 * (e - 2 + 1 / e);
    const quarter = exp((i * step) / 4);
    const term = exp(-y * half) * 0.5 * (quarter + 1 / quarter);
    sum += term;
    if (term < 1e-18 * sum) break;
  }
  return sum * step;
}
