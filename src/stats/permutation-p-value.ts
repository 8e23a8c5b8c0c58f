import { SynthproofError } from '../errors.ts';

/**
 * Valid p-value of a permutation or Monte Carlo test: (1 + exceed) / (1 + draws), never 0.
 *
 * Source: Phipson and Smyth 2010.
 *
 * @param exceed - Draws whose statistic is at least as extreme as the observed one.
 * @param draws - Number of random draws, not counting the observed arrangement.
 * @returns A probability in (0, 1].
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for impossible counts.
 * @example
 * permutationPValue(0, 999); // => 0.001
 */
export function permutationPValue(exceed: number, draws: number): number {
  if (
    !(
      exceed >= 0 &&
      exceed <= draws &&
      Math.floor(exceed) === exceed &&
      Math.floor(draws) === draws &&
      draws < Infinity
    )
  ) {
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `exceed: expected whole counts with 0 <= exceed <= draws, received ${exceed} of ${draws}`,
      { argument: 'exceed' },
    );
  }
  return (1 + exceed) / (1 + draws);
}
