import { drawCount } from './internal-draw-count.ts';
import { discreteGaussian, positiveRational, uniformFrom } from './internal-exact.ts';
import type { NoiseSource } from './noise-source.ts';
import type { Rational } from './to-rational.ts';

/**
 * Exact draws of the discrete Gaussian: P(y) proportional to exp(-y^2 / (2 sigma2)) on the whole numbers.
 *
 * Added to a whole-number query of l2-sensitivity D it gives D^2 / (2 sigma2)-zCDP. All arithmetic is on whole numbers, so
 * none of the attacks on floating-point noise (Mironov 2012; Haney et al. 2022) applies. The running time depends on the
 * value drawn: do not let an observer time single draws. Source: Canonne, Kamath & Steinke 2020, Algorithm 3.
 *
 * @param noise - Source of words; see {@link NoiseSource}.
 * @param sigma2 - Variance parameter above 0; a double counts as the exact fraction that it is.
 * @param count - Number of draws.
 * @returns Whole numbers.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` (sigma2, count), `BAD_NUMBER`, `BAD_VALUE` (words that are not uniform).
 * @example
 * const draws = sampleDiscreteGaussian(unsafeSeededNoise('test'), 100, 1000);
 * mean(draws.map((y) => y * y)) > 80; // => true
 */
export function sampleDiscreteGaussian(noise: NoiseSource, sigma2: number | Rational, count: number): Float64Array {
  const exact = positiveRational('sigma2', sigma2);
  const uniform = uniformFrom(noise);
  return drawCount(count, () => Number(discreteGaussian(uniform, exact)));
}
