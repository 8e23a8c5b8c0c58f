import { SynthproofError } from '../errors.ts';
import { log } from '../math/index.ts';
import { normaliseMasses } from './internal-masses.ts';

/** Options of {@link psi}. */
export interface PsiOptions {
  /** Share that stands in for a share of 0, which would make the index infinite. Default 1e-4. */
  readonly zeroShare?: number | undefined;
}

/**
 * Population stability index between two discrete distributions: sum (q - p) log(q / p), the symmetric form of
 * {@link kullbackLeibler}, in nats.
 *
 * 0 = identical. Usual rules of thumb: below 0.1 stable, above 0.25 changed; they ignore sample size.
 *
 * @param p - Masses >= 0 of the reference (shares or counts; normalised here), one per cell.
 * @param q - Masses over the same cells.
 * @param options - See {@link PsiOptions}.
 * @returns A number >= 0.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`, `OUT_OF_RANGE` for `zeroShare`.
 * @example
 * psi([1, 1], [1, 1]); // => 0
 */
export function psi(p: ArrayLike<number>, q: ArrayLike<number>, options: PsiOptions = {}): number {
  const { zeroShare = 1e-4 } = options;
  if (!(zeroShare > 0 && zeroShare < 1)) {
    throw new SynthproofError('OUT_OF_RANGE', `zeroShare: expected a share between 0 and 1, received ${zeroShare}`, {
      argument: 'zeroShare',
    });
  }
  const [a, b] = normaliseMasses(p, q);
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] === 0 ? zeroShare : a[i]!;
    const y = b[i] === 0 ? zeroShare : b[i]!;
    sum += (y - x) * log(y / x);
  }
  return Math.max(0, sum);
}
