import { SynthproofError } from '../errors.ts';
import { fillSquaredDistances, type PointBlock, poolPoints, squaredDistance } from './internal-points.ts';
import { selectInPlace } from './internal-select.ts';

/** Result of {@link pooledMedianDistance}. */
export interface PooledMedianDistanceResult {
  /** Median of the Euclidean distances, in the unit of the points. */
  readonly distance: number;
  /** Median of their squares; with an even number of pairs not the square of the median. */
  readonly squared: number;
}

/** Most pairs whose distances are held at once. */
const MOST_PAIRS = 50_000_000;

/**
 * Median distance between all pairs of points of two samples taken together: the usual bandwidth for {@link mmdTest}
 * (over sqrt 2). Pooling keeps it the same however the points are split, which a permutation test needs.
 *
 * @param x - Points, each a list of coordinates; at least one.
 * @param y - Points with as many coordinates; at least one.
 * @returns See {@link PooledMedianDistanceResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`; `NO_CAPACITY` beyond 10 000 points:
 * take the median over a random part of the points then.
 * @example
 * pooledMedianDistance([[0, 0]], [[3, 4]]); // => { distance: 5, squared: 25 }
 */
export function pooledMedianDistance(
  x: readonly ArrayLike<number>[],
  y: readonly ArrayLike<number>[],
): PooledMedianDistanceResult {
  const points = poolPoints(x, y, 1);
  const { count } = points;
  const pairs = (count * (count - 1)) / 2;
  if (pairs > MOST_PAIRS) {
    throw new SynthproofError(
      'NO_CAPACITY',
      `x, y: ${count} points have ${pairs} pairs, more than ${MOST_PAIRS}; pass a random part of the points`,
      { argument: 'x' },
    );
  }
  // Half the memory of doubles: rounding keeps the order, so it tells which few pairs can be the middle ones, and these
  // are computed again in full.
  const rounded = new Float32Array(pairs);
  const row = new Float64Array(count);
  let at = 0;
  for (let i = 1; i < count; i++) {
    fillSquaredDistances(row, points, i);
    for (let j = 0; j < i; j++) rounded[at++] = row[j]!;
  }
  const middle = (pairs - 1) / 2;
  const low = squareOfRank(points, rounded, Math.floor(middle));
  const high = Number.isInteger(middle) ? low : squareOfRank(points, rounded, Math.ceil(middle));
  return { distance: between(Math.sqrt(low), Math.sqrt(high)), squared: between(low, high) };
}

function between(low: number, high: number): number {
  return low === high ? low : low + 0.5 * (high - low);
}

/** The squared distance with so many smaller or equal ones before it. */
function squareOfRank(points: PointBlock, rounded: Float32Array, rank: number): number {
  // Floats from 0 up are ordered like their bits: first the upper half of the bits, then the lower.
  const bits = new Uint32Array(rounded.buffer);
  const upper = new Uint32Array(65536);
  for (let p = 0; p < bits.length; p++) upper[bits[p]! >>> 16]!++;
  const [top, below] = binOfRank(upper, rank);
  const lower = new Uint32Array(65536);
  for (let p = 0; p < bits.length; p++) if (bits[p]! >>> 16 === top) lower[bits[p]! & 65535]!++;
  const [end, inside] = binOfRank(lower, rank - below);
  const wanted = ((top << 16) | end) >>> 0;
  const exact = new Float64Array(lower[end]!);
  let found = 0;
  let p = 0;
  for (let i = 1; i < points.count; i++)
    for (let j = 0; j < i; j++) if (bits[p++] === wanted) exact[found++] = squaredDistance(points, i, j);
  return selectInPlace(exact, rank - below - inside, 0, found - 1);
}

/** The bin that holds a rank, and how many values lie in the bins before it. */
function binOfRank(counts: Uint32Array, rank: number): [number, number] {
  let bin = 0;
  let before = 0;
  while (before + counts[bin]! <= rank) before += counts[bin++]!;
  return [bin, before];
}
