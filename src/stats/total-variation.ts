import { normaliseMasses } from './internal-masses.ts';

/**
 * Total variation distance between two discrete distributions: half the sum of |p - q|; 0 = identical, 1 = disjoint.
 *
 * @param p - Masses >= 0 (shares or counts; normalised here), one per cell.
 * @param q - Masses over the same cells.
 * @returns A number in [0, 1].
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * totalVariation([1, 1], [2, 0]); // => 0.5
 */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [a, b] = normaliseMasses(p, q);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return Math.min(1, sum / 2);
}
