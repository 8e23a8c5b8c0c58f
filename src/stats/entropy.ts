import { log } from '../math/index.ts';
import { normaliseMasses } from './internal-masses.ts';

/**
 * Shannon entropy of a discrete distribution in nats, -sum p log p. Divide by LN2 for bits.
 *
 * @param masses - Masses >= 0 (shares or counts; normalised here), one per cell.
 * @returns A number in [0, log(cells)].
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_VALUE`.
 * @example
 * entropy([1, 1]); // => 0.6931471805599453
 */
export function entropy(masses: ArrayLike<number>): number {
  const [shares] = normaliseMasses(masses, masses);
  let sum = 0;
  for (let i = 0; i < shares.length; i++) if (shares[i]! > 0) sum -= shares[i]! * log(shares[i]!);
  return Math.max(0, sum);
}
