import { SynthproofError } from '../errors.ts';
import { bernoulliExp, reduce, uniformFrom } from './internal-exact.ts';
import type { NoiseSource } from './noise-source.ts';
import { type Rational, toRational } from './to-rational.ts';

/**
 * True with probability exactly exp(-x): the exact coin behind all samplers here, without computing an exponential.
 * Source: Canonne, Kamath & Steinke 2020, Algorithm 1.
 *
 * @param noise - Source of words; see {@link NoiseSource}.
 * @param x - At least 0; a double counts as the exact fraction that it is.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for a negative x, `BAD_NUMBER`, `BAD_VALUE` (words that are not uniform).
 * @example
 * sampleBernoulliExp(unsafeSeededNoise('test'), 0); // => true
 */
export function sampleBernoulliExp(noise: NoiseSource, x: number | Rational): boolean {
  const [numerator, denominator] = typeof x === 'number' ? toRational(x) : x;
  if (numerator < 0n || denominator <= 0n)
    throw new SynthproofError('OUT_OF_RANGE', `x: expected a value of at least 0, received ${String(x)}`, {
      argument: 'x',
    });
  return bernoulliExp(uniformFrom(noise), reduce(numerator, denominator));
}
