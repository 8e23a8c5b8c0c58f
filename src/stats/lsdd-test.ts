import { SynthproofError } from '../errors.ts';
import { cholesky } from '../math/cholesky.ts';
import { exp } from '../math/exp.ts';
import { solveTriangular } from '../math/solve-triangular.ts';
import { sampleWithoutReplacement } from '../random/sample-without-replacement.ts';
import type { JobOptions, Rng } from '../types.ts';
import { jobStep } from './internal-arrange.ts';
import { drawMembers } from './internal-arrangements.ts';
import { requireFinite, requireLength, requireSameLength } from './internal-check.ts';
import { bandwidths } from './internal-kernel.ts';
import { type PointBlock, poolPoints } from './internal-points.ts';
import { permutationPValue } from './permutation-p-value.ts';
import { pooledMedianDistance } from './pooled-median-distance.ts';

/** Options of {@link lsddTest}. */
export interface LsddTestOptions extends JobOptions {
  /** Where random centres and arrangements come from; not needed when both are given. */
  readonly rng?: Rng | undefined;
  /** Points that carry the kernels. Default: 50 pooled points at random, or all when there are fewer. */
  readonly centres?: readonly ArrayLike<number>[] | undefined;
  /** Bandwidth of the Gaussian kernels. Default: {@link pooledMedianDistance} over sqrt 2. */
  readonly sigma?: number | undefined;
  /** Number of random arrangements. Default 999. */
  readonly permutations?: number | undefined;
  /** Arrangements to use instead of random ones: each lists all points (x first, then y) in a new order. */
  readonly arrangements?: readonly ArrayLike<number>[] | undefined;
  /** Relative difference below which the penalty is small enough. Default 0.2. */
  readonly tolerance?: number | undefined;
}

/** Result of {@link lsddTest}. */
export interface LsddTestResult {
  /** Estimate of the integrated squared difference of the two densities, up to the kernels' constant factor. */
  readonly statistic: number;
  /** (1 + exceed) / (1 + draws). */
  readonly pValue: number;
  /** Arrangements whose statistic is at least the observed one. */
  readonly exceed: number;
  /** Arrangements used. */
  readonly draws: number;
  /** Bandwidth used. */
  readonly sigma: number;
  /** Penalty chosen, one of 1, 1/4, 1/16 ... 4^-9. */
  readonly penalty: number;
  /** Statistic of each arrangement, in order. */
  readonly permuted: Float64Array;
}

/**
 * Two-sample test by the least-squares density difference, p-value by permutation: a sum of Gaussian kernels is fitted to
 * the difference of the two densities, and its size is the statistic. Sensitive where the kernels are, so smoother than
 * {@link mmdTest}.
 *
 * The penalty is the largest of 4^0 ... 4^-9 at which the mean relative difference between the two estimates of the size
 * over the arrangements is below `tolerance`; the bias it leaves is removed. Source: Sugiyama et al. 2013, section 2.4;
 * Bu, Alippi and Zhao 2018 for the penalty.
 *
 * @param x - Points, each a list of coordinates; at least two.
 * @param y - Points with as many coordinates; at least two.
 * @param options - See {@link LsddTestOptions}.
 * @returns See {@link LsddTestResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`, `OUT_OF_RANGE`, `BAD_OPTION` without
 * `rng` where one is needed, `BAD_VALUE` for an arrangement that is none, `NO_CAPACITY`, `ABORTED`.
 * @example
 * const x = [[0], [0.2], [0.1], [0.3], [0.15]];
 * const y = [[5], [5.2], [5.1], [5.3], [5.15]];
 * lsddTest(x, y, { rng: createRng('demo'), permutations: 99 }).pValue < 0.1; // => true
 */
export function lsddTest(
  x: readonly ArrayLike<number>[],
  y: readonly ArrayLike<number>[],
  options: LsddTestOptions,
): LsddTestResult {
  const { tolerance = 0.2, rng } = options;
  const points = poolPoints(x, y, 2);
  const sigma = options.sigma ?? pooledMedianDistance(x, y).distance / Math.sqrt(2);
  bandwidths(sigma);
  if (!(tolerance > 0)) {
    throw new SynthproofError('OUT_OF_RANGE', `tolerance: expected a number above 0, received ${tolerance}`, {
      argument: 'tolerance',
    });
  }
  const centres = centresOf(points, options);
  const size = centres.length / points.width;
  const members = drawMembers(points, rng ? { ...options, rng: rng.stream('arrangements') } : options);
  const differences = meanDifferences(points, centres, sigma, members, options);
  // Kernels of width sigma overlap as one of width sqrt(2) sigma; the constant factor is left out, as it scales all alike.
  const overlap = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      overlap[i * size + j] = kernelAt(centres, i, centres, j, points.width, sigma * Math.sqrt(2));
  const draws = members.length;
  const statistics = new Float64Array(draws + 1);
  let penalty = 1;
  for (let step = 0; step < 10; step++, penalty /= 4) {
    const ridge = overlap.slice();
    for (let i = 0; i < size; i++) ridge[i * size + i] = ridge[i * size + i]! + penalty;
    // A Gram matrix plus a penalty of at least 4^-9 is positive definite beyond any rounding.
    const lower = cholesky(ridge)!;
    let gaps = 0;
    for (let s = 0; s <= draws; s++) {
      const h = differences.subarray(s * size, (s + 1) * size);
      const w = solveTriangular(lower, solveTriangular(lower, h), { transposed: true });
      let linear = 0;
      let quadratic = 0;
      for (let i = 0; i < size; i++) {
        linear += h[i]! * w[i]!;
        let row = 0;
        for (let j = 0; j < size; j++) row += overlap[i * size + j]! * w[j]!;
        quadratic += w[i]! * row;
      }
      statistics[s] = 2 * linear - quadratic;
      if (s > 0) gaps += linear > 0 ? 1 - quadratic / linear : 0;
    }
    if (gaps / draws < tolerance || step === 9) break;
  }
  const statistic = statistics[0]!;
  const limit = statistic - 1e-12 * Math.abs(statistic);
  let exceed = 0;
  for (let s = 1; s <= draws; s++) if (statistics[s]! >= limit) exceed++;
  const pValue = permutationPValue(exceed, draws);
  return { statistic, pValue, exceed, draws, sigma, penalty, permuted: statistics.slice(1) };
}

/** Coordinates of the centres, row by row. */
function centresOf({ data, count, width }: PointBlock, { centres, rng }: LsddTestOptions): Float64Array {
  if (centres) {
    requireLength('centres', centres.length, 1);
    for (const centre of centres) requireSameLength('centres', centre.length, width);
    const block = Float64Array.from(centres.flatMap((centre) => Array.from(centre)));
    requireFinite('centres', block);
    return block;
  }
  if (!rng) {
    throw new SynthproofError('BAD_OPTION', 'rng: expected a generator when no centres are given', { argument: 'rng' });
  }
  const chosen = sampleWithoutReplacement(rng.stream('centres'), count, Math.min(50, count));
  const out = new Float64Array(chosen.length * width);
  for (let i = 0; i < chosen.length; i++)
    out.set(data.subarray(chosen[i]! * width, (chosen[i]! + 1) * width), i * width);
  return out;
}

function kernelAt(a: Float64Array, i: number, b: Float64Array, j: number, width: number, sigma: number): number {
  let square = 0;
  for (let k = 0; k < width; k++) {
    const d = a[i * width + k]! - b[j * width + k]!;
    square += d * d;
  }
  return exp(square / (-2 * sigma * sigma));
}

/** For the samples as given, then each arrangement: mean kernel at each centre over x minus that over y. */
function meanDifferences(
  points: PointBlock,
  centres: Float64Array,
  sigma: number,
  members: readonly Uint32Array[],
  job: JobOptions,
): Float64Array {
  const { data, count, first, width } = points;
  const size = centres.length / width;
  const kernels = new Float64Array(count * size);
  const totals = new Float64Array(size);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < size; c++) {
      const value = kernelAt(data, i, centres, c, width, sigma);
      kernels[i * size + c] = value;
      totals[c] = totals[c]! + value;
    }
  }
  const small = Math.min(first, count - first);
  const sign = small === first ? 1 : -1;
  const observed = Uint32Array.from({ length: small }, (_, i) => (small === first ? i : first + i));
  const out = new Float64Array((members.length + 1) * size);
  for (let s = 0; s <= members.length; s++) {
    jobStep(job, 'lsddTest', s, members.length);
    const at = s * size;
    for (const member of s === 0 ? observed : members[s - 1]!)
      for (let c = 0; c < size; c++) out[at + c] = out[at + c]! + kernels[member * size + c]!;
    for (let c = 0; c < size; c++) {
      const inside = out[at + c]!;
      out[at + c] = sign * (inside / small - (totals[c]! - inside) / (count - small));
    }
  }
  return out;
}
