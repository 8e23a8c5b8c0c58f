import type { JobOptions, Rng } from '../types.ts';
import { jobStep } from './internal-arrange.ts';
import { drawMembers } from './internal-arrangements.ts';
import { applyKernel, bandwidths, mmdFromSums } from './internal-kernel.ts';
import { fillSquaredDistances, type PointBlock, poolPoints } from './internal-points.ts';
import { permutationPValue } from './permutation-p-value.ts';
import { pooledMedianDistance } from './pooled-median-distance.ts';
import { quantile } from './quantile.ts';

/** Options of {@link mmdTest}. */
export interface MmdTestOptions extends JobOptions {
  /** Where the random arrangements come from; not needed when `arrangements` are given. */
  readonly rng?: Rng | undefined;
  /** Number of random arrangements. Default 999. */
  readonly permutations?: number | undefined;
  /** Arrangements to use instead of random ones: each lists all points (x first, then y) in a new order. */
  readonly arrangements?: readonly ArrayLike<number>[] | undefined;
  /** Bandwidth, or several whose kernels are averaged. Default: {@link pooledMedianDistance} over sqrt 2. */
  readonly sigma?: number | readonly number[] | undefined;
}

/** Result of {@link mmdTest}. */
export interface MmdTestResult {
  /** Unbiased squared maximum mean discrepancy of the samples. */
  readonly statistic: number;
  /** (1 + exceed) / (1 + draws). */
  readonly pValue: number;
  /** Arrangements whose statistic is at least the observed one. */
  readonly exceed: number;
  /** Arrangements used. */
  readonly draws: number;
  /** Bandwidths used. */
  readonly sigma: readonly number[];
  /** Statistic of each arrangement, in order. */
  readonly permuted: Float64Array;
}

/** Rows of the kernel held at once, side by side: one cache line of doubles per point. */
const TILE = 8;

/** Rows summed side by side. */
const LANES = 4;

/** Most points whose distances are held between finding the bandwidth and applying it: 67 MB. */
const MOST_HELD = 4096;

/**
 * Two-sample test by the squared maximum mean discrepancy with a Gaussian kernel, p-value by permutation.
 *
 * The kernel is computed in blocks of rows and never held whole: memory grows with points times arrangements, time with
 * the square of the points. The default bandwidth comes from the pooled points, so it does not depend on the split and
 * the p-value is valid. Source: Gretton et al. 2012.
 *
 * @param x - Points, each a list of coordinates; at least two.
 * @param y - Points with as many coordinates; at least two.
 * @param options - See {@link MmdTestOptions}.
 * @returns See {@link MmdTestResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`, `OUT_OF_RANGE` (also when all points
 * are equal and no bandwidth is given), `BAD_OPTION` without `rng` and `arrangements`, `BAD_VALUE` for an arrangement
 * that is none, `NO_CAPACITY`, `ABORTED`.
 * @example
 * const x = [[0], [0.2], [0.1], [0.3], [0.15]];
 * const y = [[5], [5.2], [5.1], [5.3], [5.15]];
 * mmdTest(x, y, { rng: createRng('demo'), permutations: 99 }).pValue < 0.1; // => true
 */
export function mmdTest(
  x: readonly ArrayLike<number>[],
  y: readonly ArrayLike<number>[],
  options: MmdTestOptions,
): MmdTestResult {
  const points = poolPoints(x, y, 2);
  const squares = options.sigma === undefined && points.count <= MOST_HELD ? pairSquares(points) : null;
  const median = (): number =>
    squares === null ? pooledMedianDistance(x, y).distance : quantile(squares.map(Math.sqrt), 0.5);
  const sigma = bandwidths(options.sigma ?? median() / Math.sqrt(2));
  const members = drawMembers(points, options);
  const draws = members.length;
  const { count, first } = points;
  // The smaller sample is summed; the rest follows from row sums.
  const small = Math.min(first, count - first);
  const within = new Float64Array(draws + 1);
  const rowSums = new Float64Array(count);
  const row = new Float64Array(count);
  const tile = new Float64Array(count * TILE);
  const cursor = new Int32Array(draws + 1);
  const observed = Uint32Array.from({ length: small }, (_, i) => (small === first ? i : first + i));
  const sets = [observed, ...members];
  let total = 0;
  for (let start = 0; start < count; start += TILE) {
    const end = Math.min(start + TILE, count);
    for (let i = start; i < end; i++) {
      jobStep(options, 'mmdTest', i + 1, count);
      if (squares === null) fillSquaredDistances(row, points, i);
      else row.set(squares.subarray((i * (i - 1)) / 2, (i * (i + 1)) / 2));
      applyKernel(row, i, sigma);
      let sum = 0;
      for (let j = 0; j < i; j++) {
        sum += row[j]!;
        rowSums[j] = rowSums[j]! + row[j]!;
        tile[j * TILE + i - start] = row[j]!;
      }
      rowSums[i] = rowSums[i]! + sum;
      total += sum;
    }
    for (let s = 0; s <= draws; s++) {
      const set = sets[s]!;
      const at = cursor[s]!;
      let to = at;
      while (to < small && set[to]! < end) to++;
      for (let from = at; from < to; from += LANES)
        within[s] = addMembers(within[s]!, tile, start, set, at, from, Math.min(from + LANES, to));
      cursor[s] = to;
    }
  }
  const statistics = new Float64Array(draws + 1);
  for (let s = 0; s <= draws; s++) {
    let sums = 0;
    for (const member of sets[s]!) sums += rowSums[member]!;
    const between = sums - 2 * within[s]!;
    const rest = total - between - within[s]!;
    statistics[s] = mmdFromSums(within[s]!, rest, between, small, count - small, false);
  }
  const statistic = statistics[0]!;
  // Arrangements that differ from the observed one by rounding only count as equal; kernel means are at most 1.
  const limit = statistic - 1e-12;
  let exceed = 0;
  for (let s = 1; s <= draws; s++) if (statistics[s]! >= limit) exceed++;
  const pValue = permutationPValue(exceed, draws);
  return { statistic, pValue, exceed, draws, sigma, permuted: statistics.slice(1) };
}

/** Squared distances of all pairs: those of point i with the points before it stand together. */
function pairSquares(points: PointBlock): Float64Array {
  const { count } = points;
  const squares = new Float64Array((count * (count - 1)) / 2);
  for (let i = 1, at = 0; i < count; at += i++) fillSquaredDistances(squares.subarray(at, at + i), points, i);
  return squares;
}

/**
 * Adds the kernel values between the members `from` to `to` (at most {@link LANES}, rows of the tile) and the members
 * before each; members rise, so these are exactly the ones with a computed value. The first `at` members come before
 * all rows of the tile. Rows are summed side by side, so that no sum waits for another, each in the same order as alone.
 */
function addMembers(
  total: number,
  tile: Float64Array,
  start: number,
  set: Uint32Array,
  at: number,
  from: number,
  to: number,
): number {
  const last = to - 1;
  const a = set[from]! - start;
  const b = set[Math.min(from + 1, last)]! - start;
  const c = set[Math.min(from + 2, last)]! - start;
  const d = set[Math.min(from + 3, last)]! - start;
  let sumA = 0;
  let sumB = 0;
  let sumC = 0;
  let sumD = 0;
  for (let k = 0; k < at; k++) {
    const place = set[k]! * TILE;
    sumA += tile[place + a]!;
    sumB += tile[place + b]!;
    sumC += tile[place + c]!;
    sumD += tile[place + d]!;
  }
  let sum = total;
  for (let member = from; member < to; member++) {
    const lane = set[member]! - start;
    let inside = member === from ? sumA : member === from + 1 ? sumB : member === from + 2 ? sumC : sumD;
    for (let k = at; k < member; k++) inside += tile[set[k]! * TILE + lane]!;
    sum += inside;
  }
  return sum;
}
