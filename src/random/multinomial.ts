import type { Rng } from '../types.ts';
import { binomial } from './binomial.ts';
import { checkCount, checkWeights } from './internal-check.ts';

/**
 * How often each outcome comes in n independent draws: one conditional {@link binomial} an outcome, so time does not
 * grow with n.
 *
 * @param rng - Source of words.
 * @param n - Draws, 0 to 2^53 - 1.
 * @param probabilities - Finite, at least 0, with a total above 0; they are divided by their total.
 * @returns Counts as whole doubles, one per outcome; they sum to n.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for a bad count or weight; `EMPTY_INPUT` when no weight is above 0.
 * @example
 * Array.from(multinomial(createRng('demo'), 7, [0, 1, 0])); // => [0, 7, 0]
 */
export function multinomial(rng: Rng, n: number, probabilities: ArrayLike<number>): Float64Array {
  checkCount('n', n);
  // Suffix sums instead of "1 minus what is used": no cancellation, and the last weight gets exactly the rest.
  const suffix = checkWeights('probabilities', probabilities);
  const out = new Float64Array(probabilities.length);
  let left = n;
  for (let i = 0; i < out.length && left > 0; i++) {
    const p = probabilities[i]!;
    if (p === 0) continue;
    const count = suffix[i + 1] === 0 ? left : binomial(rng, left, Math.min(1, p / suffix[i]!));
    out[i] = count;
    left -= count;
  }
  return out;
}
