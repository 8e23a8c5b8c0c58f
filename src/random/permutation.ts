import { SynthproofError } from '../errors.ts';
import type { Rng } from '../types.ts';
import { fillShuffled } from './fill-shuffled.ts';

/**
 * A random order of 0 to n - 1; every order is equally likely.
 *
 * @param rng - Source of words.
 * @param n - Length, 0 to 2^32 - 1.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when n is not such a whole number.
 * @example
 * Array.from(permutation(createRng('demo'), 3)).sort((a, b) => a - b); // => [0, 1, 2]
 */
export function permutation(rng: Rng, n: number): Uint32Array {
  if (!Number.isInteger(n) || n < 0 || n > 4294967295)
    throw new SynthproofError('OUT_OF_RANGE', `n: expected a whole number from 0 to 2^32 - 1, received ${String(n)}`, {
      argument: 'n',
    });
  const out = new Uint32Array(n);
  for (let i = 0; i < n; i++) out[i] = i;
  return fillShuffled(out, rng);
}
