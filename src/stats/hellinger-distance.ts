import { normaliseMasses } from './internal-masses.ts';

/**
 * Hellinger distance between two discrete distributions: sqrt(sum (sqrt p - sqrt q)^2 / 2); 0 = identical, 1 = disjoint.
 *
 * @param p - Masses >= 0 (shares or counts; normalised here), one per cell.
 * @param q - Masses over the same cells.
 * @returns A number in [0, 1].
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * hellingerDistance([1, 0], [0, 1]); // => 1
 */
export function hellingerDistance(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [a, b] = normaliseMasses(p, q);
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const d = Math.sqrt(a[i]!) - Math.sqrt(b[i]!);
    sum += d * d;
  }
  return Math.min(1, Math.sqrt(sum / 2));
}
