import { SynthproofError } from '../errors.ts';
import { exp, sum } from '../math/index.ts';
import type { ExponentialMechanismOptions } from './exponential-mechanism.ts';

/**
 * The probabilities with which {@link exponentialMechanism} chooses each position, rounded to doubles: for planning a
 * budget, never for drawing. They depend on the data: do not publish them.
 *
 * @param scores - Finite; higher is better.
 * @param options - See {@link ExponentialMechanismOptions}.
 * @returns One probability a score; they sum to 1 up to rounding.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`, `OUT_OF_RANGE`.
 * @example
 * exponentialMechanismProbabilities([5, 5], { epsilon: 1 }); // => [0.5, 0.5]
 */
export function exponentialMechanismProbabilities(
  scores: ArrayLike<number>,
  options: ExponentialMechanismOptions,
): number[] {
  const { epsilon, sensitivity = 1 } = options;
  if (scores.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'scores: expected at least one score, received none', {
      argument: 'scores',
    });
  for (const [argument, value] of [
    ['epsilon', epsilon],
    ['sensitivity', sensitivity],
  ] as const)
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      throw new SynthproofError('OUT_OF_RANGE', `${argument}: expected a number above 0, received ${value}`, {
        argument,
      });
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i]))
      throw new SynthproofError('BAD_NUMBER', `scores: expected finite numbers, received ${scores[i]}`, {
        argument: 'scores',
      });
    best = Math.max(best, scores[i]!);
  }
  const weights = Array.from(scores, (score) => exp((-epsilon * (best - score)) / (2 * sensitivity)));
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}
