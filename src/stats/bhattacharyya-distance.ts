import { log } from '../math/log.ts';
import { normaliseMasses } from './internal-masses.ts';

/**
 * Bhattacharyya distance of two discrete distributions: minus the natural logarithm of sum sqrt(p q); 0 = identical.
 *
 * @param p - Masses >= 0 (shares or counts; normalised here), one per cell.
 * @param q - Masses over the same cells.
 * @returns A number >= 0; null when the distributions share no cell (the distance is infinite).
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * bhattacharyyaDistance([1, 1], [1, 1]); // => 0
 * bhattacharyyaDistance([1, 0], [1, 3]); // => 0.6931471805599453
 * bhattacharyyaDistance([1, 0], [0, 1]); // => null
 */
export function bhattacharyyaDistance(p: ArrayLike<number>, q: ArrayLike<number>): number | null {
  const [a, b] = normaliseMasses(p, q);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.sqrt(a[i]! * b[i]!);
  return sum > 0 ? Math.abs(log(Math.min(1, sum))) : null;
}
