import { LN2, log } from '../math/index.ts';
import { normaliseMasses } from './internal-masses.ts';

/**
 * Jensen-Shannon divergence of two discrete distributions in nats: the mean divergence from their mixture; 0 = identical, LN2 = disjoint. Its square root is the Jensen-Shannon distance; divide by LN2 for bits.
 *
 * @param p - Masses >= 0 (shares or counts; normalised here), one per cell.
 * @param q - Masses over the same cells.
 * @returns A number in [0, LN2].
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * jensenShannon([1, 0], [0, 1]); // => 0.6931471805599453
 */
export function jensenShannon(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [a, b] = normaliseMasses(p, q);
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const middle = (a[i]! + b[i]!) / 2;
    if (a[i]! > 0) sum += a[i]! * log(a[i]! / middle);
    if (b[i]! > 0) sum += b[i]! * log(b[i]! / middle);
  }
  return Math.min(LN2, Math.max(0, sum / 2));
}
