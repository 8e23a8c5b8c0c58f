import { requireSameLength } from './internal-check.ts';
import { midRanks } from './mid-ranks.ts';
import { pearson } from './pearson.ts';

/**
 * Spearman's rank correlation: {@link pearson} of the mid-ranks, right under ties.
 *
 * @param x - Finite numbers.
 * @param y - Finite numbers, aligned with x.
 * @returns A number in [-1, 1]; null when it is undefined: fewer than two pairs, or a constant column.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER` for NaN or infinities.
 * @example
 * spearman([1, 2, 3, 4], [1, 8, 27, 64]); // => 1
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  requireSameLength('y', y.length, x.length);
  return pearson(midRanks(x), midRanks(y));
}
