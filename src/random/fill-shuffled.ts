import type { Rng } from '../types.ts';
import { uniformInt } from './uniform-int.ts';

/**
 * Shuffles the buffer in place; every order is equally likely (Fisher-Yates, exact bounded integers).
 *
 * @param out - The buffer; it is overwritten with a permutation of itself.
 * @param rng - Source of words.
 * @returns `out`.
 * @example
 * const deck = fillShuffled([1, 2, 3, 4], createRng('demo'));
 * deck.slice().sort((a, b) => a - b); // => [1, 2, 3, 4]
 */
export function fillShuffled<T extends Uint32Array | Int32Array | Float64Array | Uint8Array | unknown[]>(
  out: T,
  rng: Rng,
): T {
  for (let i = out.length - 1; i > 0; i--) {
    const j = uniformInt(rng, i + 1);
    const kept = out[i];
    out[i] = out[j]!;
    out[j] = kept!;
  }
  return out;
}
