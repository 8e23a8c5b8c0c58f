import { createRng } from '../random/create-rng.ts';
import type { ShingleSets } from './internal-shingle-sets.ts';

/** The hash family of MinHash: `h -> (h xor b) * a` modulo 2^32 with odd a, mixed once more. */
export interface MinHashFamily {
  /** Odd multipliers. */
  readonly a: Int32Array;
  /** Masks. */
  readonly b: Int32Array;
}

/** The family of a seed. */
export function minHashFamily(permutations: number, seed: string): MinHashFamily {
  const words = createRng(seed)
    .stream('minhash/1')
    .fill(new Uint32Array(2 * permutations));
  const a = new Int32Array(permutations);
  const b = new Int32Array(permutations);
  for (let k = 0; k < permutations; k++) {
    a[k] = words[2 * k]! | 1;
    b[k] = words[2 * k + 1]!;
  }
  return { a, b };
}

/** Signatures of all texts, one after another; texts without shingles keep the greatest value everywhere. */
export function signaturesOf(sets: ShingleSets, { a, b }: MinHashFamily): Int32Array {
  const k = a.length;
  const signatures = new Int32Array(sets.size * k).fill(0x7fffffff);
  for (let t = 0; t < sets.size; t++) {
    const signature = signatures.subarray(t * k, (t + 1) * k);
    const hashes = sets.hashesOf(t);
    for (let i = 0; i < hashes.length; i++) {
      const hash = hashes[i]!;
      for (let p = 0; p < k; p++) {
        let value = Math.imul(hash ^ b[p]!, a[p]!);
        value ^= value >>> 15;
        if (value < signature[p]!) signature[p] = value;
      }
    }
  }
  return signatures;
}
