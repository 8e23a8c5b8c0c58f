import { requireWhole } from './internal-check.ts';
import { jaccardOf, shingleSets } from './internal-shingle-sets.ts';
import type { ShingleOptions } from './min-hash.ts';

/**
 * Jaccard similarity of the shingle sets of two texts: shared shingles over all distinct shingles, exactly.
 *
 * @param a - Any text.
 * @param b - Any text.
 * @param options - See {@link ShingleOptions}.
 * @returns A number from 0 (nothing shared, or a text without units) to 1 (the same shingles).
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * shingleJaccard('a b c d', 'b c d e', { size: 2 }); // => 0.5
 */
export function shingleJaccard(a: string, b: string, options: ShingleOptions = {}): number {
  const { size = 5, unit = 'word' } = options;
  requireWhole('size', size, 1, 64);
  return jaccardOf(shingleSets([a, b], size, unit), 0, 1, 0);
}
