import { requireWhole } from './internal-check.ts';
import { type ShingleUnit, shingleSets } from './internal-shingle-sets.ts';
import { minHashFamily, signaturesOf } from './internal-signatures.ts';

export type { ShingleUnit };

/** How texts become sets of shingles. */
export interface ShingleOptions {
  /** `word`: words of {@link segmentWords} (default). `character`: code units of {@link normalizeText}, for short texts. */
  readonly unit?: ShingleUnit | undefined;
  /** Units in a shingle, 1 to 64. Default 5. A text with fewer units is one shingle. */
  readonly size?: number | undefined;
}

/** Options of {@link minHash}. */
export interface MinHashOptions extends ShingleOptions {
  /** Entries of the signature, 1 to 4096. Default 128. */
  readonly permutations?: number | undefined;
  /** Which hash functions: signatures compare only under equal seed and options. Default `synthproof`. */
  readonly seed?: string | undefined;
}

/**
 * The MinHash signature of a text's shingles: the share of equal entries of two signatures estimates the Jaccard
 * similarity J of the shingle sets, without bias, standard error sqrt(J (1 - J) / permutations).
 *
 * Integer arithmetic on code units, so the same on every engine. The hash functions are the library's own (an odd
 * multiplication modulo 2^32 over a mixed 32-bit hash of the shingle): signatures of other packages do not compare.
 * Source: Broder 1997, On the resemblance and containment of documents.
 *
 * @param text - Any text.
 * @param options - See {@link MinHashOptions}.
 * @returns One word per permutation; all 2^32 - 1 for a text without units.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * const a = minHash('the cat sat on the mat today');
 * const b = minHash('The cat sat on the mat, today!');
 * minHashSimilarity(a, b); // => 1
 */
export function minHash(text: string, options: MinHashOptions = {}): Uint32Array {
  const { permutations = 128, seed = 'synthproof', size = 5, unit = 'word' } = options;
  requireWhole('permutations', permutations, 1, 4096);
  requireWhole('size', size, 1, 64);
  const signature = signaturesOf(shingleSets([text], size, unit), minHashFamily(permutations, seed));
  // Signed minima order like unsigned ones after turning the top bit.
  return Uint32Array.from(signature, (value) => (value ^ 0x80000000) >>> 0);
}
