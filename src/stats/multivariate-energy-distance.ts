import { fillSquaredDistances, poolPoints } from './internal-points.ts';

/** Result of {@link multivariateEnergyDistance}. */
export interface MultivariateEnergyDistanceResult {
  /** With each point's distance 0 to itself counted: >= 0. */
  readonly biased: number;
  /** Without these; may be negative. */
  readonly unbiased: number;
}

/**
 * Energy distance of two samples of points: 2 E|X - Y| - E|X - X'| - E|Y - Y'| with Euclidean distances, not squared and
 * without a root; {@link energyDistance} is the root of the biased form on the line.
 *
 * About 0 for the same distribution; in the unit of the points. Source: Szekely and Rizzo 2013.
 *
 * @param x - Points, each a list of coordinates; at least two.
 * @param y - Points with as many coordinates; at least two.
 * @returns See {@link MultivariateEnergyDistanceResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`.
 * @example
 * multivariateEnergyDistance([[0], [0]], [[2], [2]]); // => { biased: 4, unbiased: 4 }
 */
export function multivariateEnergyDistance(
  x: readonly ArrayLike<number>[],
  y: readonly ArrayLike<number>[],
): MultivariateEnergyDistanceResult {
  const points = poolPoints(x, y, 2);
  const { count, first: n } = points;
  const m = count - n;
  const row = new Float64Array(count);
  let withinX = 0;
  let withinY = 0;
  let between = 0;
  for (let i = 1; i < count; i++) {
    fillSquaredDistances(row, points, i);
    let near = 0;
    let far = 0;
    const border = Math.min(i, n);
    for (let j = 0; j < border; j++) near += Math.sqrt(row[j]!);
    for (let j = border; j < i; j++) far += Math.sqrt(row[j]!);
    if (i < n) withinX += near;
    else {
      between += near;
      withinY += far;
    }
  }
  const cross = (2 * between) / (n * m);
  return {
    biased: Math.max(0, cross - (2 * withinX) / (n * n) - (2 * withinY) / (m * m)),
    unbiased: cross - (2 * withinX) / (n * (n - 1)) - (2 * withinY) / (m * (m - 1)),
  };
}
