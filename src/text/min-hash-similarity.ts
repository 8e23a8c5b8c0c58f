import { SynthproofError } from '../errors.ts';

/**
 * Share of equal entries of two MinHash signatures: an unbiased estimate of the Jaccard similarity of the two sets, 0 to 1.
 *
 * @param a - A signature of {@link minHash}.
 * @param b - Another, made with the same seed and options.
 * @returns A number from 0 to 1, a multiple of 1 / permutations.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` for signatures of different length, `EMPTY_INPUT` for empty ones.
 * @example
 * minHashSimilarity(Uint32Array.of(1, 2, 3, 4), Uint32Array.of(1, 2, 9, 9)); // => 0.5
 */
export function minHashSimilarity(a: Uint32Array, b: Uint32Array): number {
  if (a.length !== b.length)
    throw new SynthproofError('LENGTH_MISMATCH', `b: expected ${a.length} entries as in a, received ${b.length}`, {
      argument: 'b',
    });
  if (a.length === 0) throw new SynthproofError('EMPTY_INPUT', 'a: expected a signature, received no entries');
  let equal = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) equal++;
  return equal / a.length;
}
