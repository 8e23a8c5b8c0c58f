import { log } from '../math/index.ts';
import { normaliseMasses } from './internal-masses.ts';

/**
 * Kullback-Leibler divergence of q from p in nats, sum p log(p / q); null when q is 0 where p is not (then it is infinite).
 *
 * @param p - Masses >= 0 (shares or counts; normalised here), one per cell.
 * @param q - Masses over the same cells.
 * @returns A number >= 0, or null.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * kullbackLeibler([1, 1], [1, 1]); // => 0
 */
export function kullbackLeibler(p: ArrayLike<number>, q: ArrayLike<number>): number | null {
  const [a, b] = normaliseMasses(p, q);
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i] === 0) continue;
    if (b[i] === 0) return null;
    sum += a[i]! * log(a[i]! / b[i]!);
  }
  return Math.max(0, sum);
}
