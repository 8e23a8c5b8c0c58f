import { SynthproofError } from '../errors.ts';

/** Largest sum of weights that {@link rademacherExactTail} takes. */
const MAX_TOTAL = 1_000_000;

/**
 * Exact P(sum of fair sign x weight >= score) for whole weights, by dynamic programming over the attainable sums.
 *
 * For small tables, and to check the bounds. The cost is the number of weights times their sum.
 *
 * @param weights - Whole numbers from 0; at most 1,000,000 in sum.
 * @param score - The observed sum.
 * @returns A probability in [0, 1]; all additions are of positive terms, so small tails keep their relative precision.
 * @throws {@link SynthproofError} `BAD_NUMBER` for a weight that is no whole number from 0 or a score that is NaN;
 * `OUT_OF_RANGE` when the weights add up to more than 1,000,000.
 * @example
 * rademacherExactTail([1, 1, 2], 2); // => 0.375
 */
export function rademacherExactTail(weights: ArrayLike<number>, score: number): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!Number.isInteger(weight) || weight < 0)
      throw new SynthproofError('BAD_NUMBER', `weights: expected whole numbers from 0, received ${weight} at ${i}`, {
        argument: 'weights',
      });
    total += weight;
  }
  if (total > MAX_TOTAL)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `weights: expected a sum of at most ${MAX_TOTAL}, received ${total}; use rademacherLog10P`,
      { argument: 'weights' },
    );
  if (Number.isNaN(score))
    throw new SynthproofError('BAD_NUMBER', 'score: expected a number, received NaN', { argument: 'score' });
  // share[k]: probability that the weights with a plus sign add up to k; the score is 2k - total.
  const share = new Float64Array(total + 1);
  share[0] = 1;
  let reach = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    reach += weight;
    for (let k = reach; k >= 0; k--) share[k] = (share[k]! + (k >= weight ? share[k - weight]! : 0)) / 2;
  }
  let tail = 0;
  for (let k = total; k >= 0 && 2 * k - total >= score; k--) tail += share[k]!;
  return Math.min(1, tail);
}
