import { SynthproofError } from '../../errors.ts';

/**
 * Fleiss' kappa: agreement beyond chance of several raters per subject, the raters being interchangeable.
 *
 * (mean agreement within subjects - chance) / (1 - chance), chance from the shares of all categories. 1 is full
 * agreement, 0 what chance gives. Source: Fleiss 1971.
 *
 * @param ratings - One list of categories (whole numbers from 0) per subject, all of one length of at least 2.
 * @returns The coefficient; null when every rating is the same.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH` for subjects with different numbers of ratings,
 * `BAD_VALUE` for a category that is not a whole number from 0 to 9999.
 * @example
 * fleissKappa([[0, 0, 0], [1, 1, 1]]); // => 1
 */
export function fleissKappa(ratings: readonly ArrayLike<number>[]): number | null {
  const subjects = ratings.length;
  const raters = ratings[0]?.length ?? 0;
  if (raters < 2)
    throw new SynthproofError(
      'EMPTY_INPUT',
      'ratings: expected subjects with at least two ratings each, received fewer',
      {
        argument: 'ratings',
      },
    );
  const totals = new Map<number, number>();
  let agreement = 0;
  for (let s = 0; s < subjects; s++) {
    const own = ratings[s]!;
    if (own.length !== raters)
      throw new SynthproofError(
        'LENGTH_MISMATCH',
        `ratings[${s}]: expected ${raters} ratings, received ${own.length}; krippendorffAlpha takes unequal numbers`,
        { argument: 'ratings', row: s },
      );
    const counts = new Map<number, number>();
    for (let r = 0; r < raters; r++) {
      const x = own[r]!;
      if (!(Number.isSafeInteger(x) && x >= 0 && x < 10_000))
        throw new SynthproofError('BAD_VALUE', `ratings[${s}]: expected categories from 0, received ${String(x)}`, {
          argument: 'ratings',
          row: s,
        });
      counts.set(x, (counts.get(x) ?? 0) + 1);
    }
    let pairs = 0;
    for (const [category, count] of counts) {
      pairs += count * (count - 1);
      totals.set(category, (totals.get(category) ?? 0) + count);
    }
    agreement += pairs / (raters * (raters - 1));
  }
  if (totals.size === 1) return null;
  let chance = 0;
  for (const count of totals.values()) {
    const share = count / (subjects * raters);
    chance += share * share;
  }
  return (agreement / subjects - chance) / (1 - chance);
}
