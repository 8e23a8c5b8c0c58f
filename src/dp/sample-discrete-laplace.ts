import { drawCount } from './internal-draw-count.ts';
import { discreteLaplace, positiveRational, uniformFrom } from './internal-exact.ts';
import type { NoiseSource } from './noise-source.ts';
import type { Rational } from './to-rational.ts';

/**
 * Exact draws of the discrete Laplace: P(y) proportional to exp(-|y| / scale) on the whole numbers.
 *
 * Added to a whole-number query of l1-sensitivity D it gives (D / scale)-DP. The running time depends on the value drawn:
 * do not let an observer time single draws. Source: Canonne, Kamath & Steinke 2020, Algorithm 2.
 *
 * @param noise - Source of words; see {@link NoiseSource}.
 * @param scale - Above 0; a double counts as the exact fraction that it is.
 * @param count - Number of draws.
 * @returns Whole numbers.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` (scale, count), `BAD_NUMBER`, `BAD_VALUE` (words that are not uniform).
 * @example
 * const draws = sampleDiscreteLaplace(unsafeSeededNoise('test'), 10, 1000);
 * Math.abs(mean(draws)) < 2; // => true
 */
export function sampleDiscreteLaplace(noise: NoiseSource, scale: number | Rational, count: number): Float64Array {
  const exact = positiveRational('scale', scale);
  const uniform = uniformFrom(noise);
  return drawCount(count, () => Number(discreteLaplace(uniform, exact)));
}
