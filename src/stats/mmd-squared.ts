import { applyKernel, bandwidths, mmdFromSums } from './internal-kernel.ts';
import { fillSquaredDistances, poolPoints } from './internal-points.ts';

/** Options of {@link mmdSquared}. */
export interface MmdSquaredOptions {
  /** Bandwidth of the Gaussian kernel exp(-d^2 / (2 sigma^2)), in the unit of the points; several are averaged. */
  readonly sigma: number | readonly number[];
  /** `unbiased` (default) leaves out each point's kernel with itself and may be negative; `biased` keeps it and is >= 0. */
  readonly estimator?: 'unbiased' | 'biased' | undefined;
}

/**
 * Squared maximum mean discrepancy of two samples of points, with a Gaussian kernel: how far apart the two distributions
 * are in the kernel's feature space.
 *
 * Mean kernel within x, plus mean kernel within y, minus twice the mean kernel between them. About 0 for the same
 * distribution, at most 2. Source: Gretton et al. 2012, lemma 6. Time grows with the square of the number of points;
 * memory does not.
 *
 * @param x - Points, each a list of coordinates; at least two.
 * @param y - Points with as many coordinates; at least two.
 * @param options - See {@link MmdSquaredOptions}.
 * @returns The estimate, unitless.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`, `OUT_OF_RANGE` for the bandwidth.
 * @example
 * mmdSquared([[0], [0]], [[0], [0]], { sigma: 1 }); // => 0
 * mmdSquared([[0], [0]], [[100], [100]], { sigma: 1 }); // => 2
 */
export function mmdSquared(
  x: readonly ArrayLike<number>[],
  y: readonly ArrayLike<number>[],
  options: MmdSquaredOptions,
): number {
  const { sigma, estimator = 'unbiased' } = options;
  const sigmas = bandwidths(sigma);
  const points = poolPoints(x, y, 2);
  const { count, first } = points;
  const row = new Float64Array(count);
  let withinX = 0;
  let withinY = 0;
  let between = 0;
  for (let i = 1; i < count; i++) {
    fillSquaredDistances(row, points, i);
    applyKernel(row, i, sigmas);
    let near = 0;
    let far = 0;
    const border = Math.min(i, first);
    for (let j = 0; j < border; j++) near += row[j]!;
    for (let j = border; j < i; j++) far += row[j]!;
    if (i < first) withinX += near;
    else {
      between += near;
      withinY += far;
    }
  }
  return mmdFromSums(withinX, withinY, between, first, count - first, estimator === 'biased');
}
