import { kendall } from '../../stats/kendall.ts';
import { pearson } from '../../stats/pearson.ts';
import { spearman } from '../../stats/spearman.ts';
import { checkNumbers, checkPaired } from './internal-check.ts';

/** Result of {@link rankAgreement}. JSON-safe. */
export interface RankAgreement {
  /** Items. */
  readonly n: number;
  /** Spearman's rho over mid-ranks, -1 to 1; null when one side is constant. */
  readonly spearman: number | null;
  /** Kendall's tau-b, -1 to 1; null when one side is constant. */
  readonly kendallTauB: number | null;
  /** Pearson's r, -1 to 1; null when one side is constant. */
  readonly pearson: number | null;
}

/**
 * Whether two judges put items in the same order, whatever scale they use.
 *
 * @param x - Scores by one judge, finite.
 * @param y - Scores by the other of the same items.
 * @returns See {@link RankAgreement}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `EMPTY_INPUT` below two items, `BAD_VALUE`.
 * @example
 * rankAgreement([1, 2, 3], [10, 20, 90]).spearman; // => 1
 */
export function rankAgreement(x: ArrayLike<number>, y: ArrayLike<number>): RankAgreement {
  checkPaired('y', x, y, 2);
  checkNumbers('x', x);
  checkNumbers('y', y);
  return { n: x.length, spearman: spearman(x, y), kendallTauB: kendall(x, y), pearson: pearson(x, y) };
}
