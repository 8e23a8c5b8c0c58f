import { SynthproofError } from '../errors.ts';
import { fillSquaredDistances, poolPoints } from './internal-points.ts';
import { quantile } from './quantile.ts';

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
  const squares = new Float64Array(pairs);
  let at = 0;
  for (let i = 1; i < count; i++) {
    fillSquaredDistances(squares.subarray(at, at + i), points, i);
    at += i;
  }
  const squared = quantile(squares, 0.5);
  for (let k = 0; k < pairs; k++) squares[k] = Math.sqrt(squares[k]!);
  return { distance: quantile(squares, 0.5), squared };
}
