import { SynthproofError } from '../errors.ts';
import type { Rng } from '../types.ts';
import { uniformInt } from './uniform-int.ts';

/**
 * k distinct whole numbers from 0 to n - 1, in random order; every ordered choice is equally likely.
 *
 * The first k steps of a Fisher-Yates shuffle. A small k out of a large n keeps only the moved places, so memory is
 * O(k); the result is the same either way.
 *
 * @param rng - Source of words.
 * @param n - Size of the population, 0 to 2^32 - 1.
 * @param k - Size of the sample, 0 to n.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when n or k is not such a whole number.
 * @example
 * const rows = sampleWithoutReplacement(createRng('demo'), 1000, 3);
 * new Set(rows).size; // => 3
 */
export function sampleWithoutReplacement(rng: Rng, n: number, k: number): Uint32Array {
  if (!Number.isInteger(n) || n < 0 || n > 4294967295)
    throw new SynthproofError('OUT_OF_RANGE', `n: expected a whole number from 0 to 2^32 - 1, received ${String(n)}`, {
      argument: 'n',
    });
  if (!Number.isInteger(k) || k < 0 || k > n)
    throw new SynthproofError('OUT_OF_RANGE', `k: expected a whole number from 0 to n = ${n}, received ${String(k)}`, {
      argument: 'k',
    });
  const out = new Uint32Array(k);
  if (k * 8 < n) {
    const moved = new Map<number, number>();
    for (let i = 0; i < k; i++) {
      const j = i + uniformInt(rng, n - i);
      out[i] = moved.get(j) ?? j;
      moved.set(j, moved.get(i) ?? i);
    }
    return out;
  }
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = 0; i < k; i++) {
    const j = i + uniformInt(rng, n - i);
    out[i] = order[j]!;
    order[j] = order[i]!;
  }
  return out;
}
