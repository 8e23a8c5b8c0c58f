import { SynthproofError } from '../errors.ts';
import { cholesky } from '../math/cholesky.ts';
import { solveTriangular } from '../math/solve-triangular.ts';
import { requireSameLength } from './internal-check.ts';

/** Result of {@link conditionalNormal}. */
export interface ConditionalNormal {
  /** Numbers of the variables that were not given, rising. */
  readonly free: readonly number[];
  /** Their conditional means. */
  readonly mean: Float64Array;
  /** Their conditional covariance, row by row. */
  readonly covariance: Float64Array;
}

/**
 * Distribution of some variables of a centred multivariate normal when others are known: mean S12 S22^-1 z and covariance
 * S11 - S12 S22^-1 S21, by Cholesky.
 *
 * @param covariance - n * n entries, row by row, symmetric and positive definite; for a copula a correlation matrix.
 * @param given - Numbers of the known variables, each once.
 * @param values - Their values, aligned with `given`, as deviations from the mean.
 * @returns See {@link ConditionalNormal}; null when the known variables' block is not positive definite.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER`, `OUT_OF_RANGE` for an impossible or repeated number.
 * @example
 * const result = conditionalNormal([1, 0.5, 0.5, 1], [0], [2]);
 * Array.from(result.mean); // => [1]
 * Array.from(result.covariance); // => [0.75]
 */
export function conditionalNormal(
  covariance: ArrayLike<number>,
  given: ArrayLike<number>,
  values: ArrayLike<number>,
): ConditionalNormal | null {
  const n = Math.round(Math.sqrt(covariance.length));
  requireSameLength('covariance', covariance.length, n * n);
  requireSameLength('values', values.length, given.length);
  const known = new Uint8Array(n);
  for (let i = 0; i < given.length; i++) {
    const variable = given[i]!;
    if (!(Math.floor(variable) === variable && variable >= 0 && variable < n && known[variable] === 0)) {
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `given[${i}]: expected a variable from 0 to ${n - 1}, each once, received ${String(variable)}`,
        { argument: 'given' },
      );
    }
    known[variable] = 1;
  }
  const free: number[] = [];
  for (let i = 0; i < n; i++) if (known[i] === 0) free.push(i);
  const m = given.length;
  const block = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) block[i * m + j] = covariance[given[i]! * n + given[j]!]!;
  const lower = m === 0 ? new Float64Array(0) : cholesky(block);
  if (lower === null) return null;
  // With w_i = L^-1 s_i both figures are inner products: mean_i = w_i . L^-1 z, covariance_ij = s_ij - w_i . w_j.
  const solve = (side: Float64Array): Float64Array => (m === 0 ? side : solveTriangular(lower, side));
  const z = solve(Float64Array.from(values));
  const w = free.map((i) => solve(Float64Array.from(given, (j) => covariance[i * n + j]!)));
  const mean = new Float64Array(free.length);
  const out = new Float64Array(free.length * free.length);
  for (let i = 0; i < free.length; i++) {
    mean[i] = dot(w[i]!, z);
    for (let j = 0; j <= i; j++) {
      const value = covariance[free[i]! * n + free[j]!]! - dot(w[i]!, w[j]!);
      out[i * free.length + j] = value;
      out[j * free.length + i] = value;
    }
  }
  return { free, mean, covariance: out };
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}
