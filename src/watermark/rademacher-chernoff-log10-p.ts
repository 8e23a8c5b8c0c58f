import { SynthproofError } from '../errors.ts';
import { LN10 } from '../math/constants.ts';
import { chernoffLogTail } from './internal-chernoff.ts';

/**
 * Base-10 logarithm of the Chernoff bound on P(sum of fair sign x weight >= score).
 *
 * log10 of exp(-sup over t of (t*score - sum log cosh(t*weight))); 0 for a score at or below 0. Valid for every set
 * of weights, like {@link rademacherLog10P}, and smaller than it where a few weights carry most of the score.
 * Source: Chernoff 1952, for symmetric two-point variables.
 *
 * @param weights - Finite; signs are ignored.
 * @param score - The observed sum, finite.
 * @returns 0 or below.
 * @throws {@link SynthproofError} `BAD_NUMBER` when a weight or the score is not finite.
 * @example
 * rademacherChernoffLog10P([1, 1], 2); // => -0.6020599913279624
 */
export function rademacherChernoffLog10P(weights: ArrayLike<number>, score: number): number {
  if (!Number.isFinite(score))
    throw new SynthproofError('BAD_NUMBER', `score: expected a finite number, received ${score}`, {
      argument: 'score',
    });
  const sizes = new Float64Array(weights.length);
  for (let i = 0; i < sizes.length; i++) {
    if (!Number.isFinite(weights[i]!))
      throw new SynthproofError('BAD_NUMBER', `weights: expected finite numbers, received ${weights[i]} at ${i}`, {
        argument: 'weights',
      });
    sizes[i] = Math.abs(weights[i]!);
  }
  const exponent = chernoffLogTail(sizes, null, 0, score) / LN10;
  return Math.min(0, exponent);
}
