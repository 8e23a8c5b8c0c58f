import { SynthproofError } from '../errors.ts';
import { exp } from '../math/index.ts';
import type { GaussianMechanism } from './gaussian-delta.ts';
import { checkNotNegative, checkPositive } from './internal-check.ts';
import { thetaSums } from './internal-theta.ts';

/** Above this variance parameter the tail has too many terms to sum; the continuous delta is equal to 9 digits there. */
const MOST_SIGMA2 = 1e10;

/**
 * The exact delta of one discrete Gaussian mechanism at epsilon: P(Y > epsilon sigma2 / D - D/2) - exp(epsilon) P(Y >
 * epsilon sigma2 / D + D/2). 0 to 1, smaller is better. Source: Canonne, Kamath & Steinke 2020, Theorem 7.
 *
 * @param mechanism - See {@link GaussianMechanism}; the sensitivity is a whole number, sigma2 at most 1e10.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * discreteGaussianDelta({ sigma2: 100, epsilon: 1 }) < 1e-20; // => true
 */
export function discreteGaussianDelta(mechanism: GaussianMechanism): number {
  const { sigma2, epsilon, sensitivity = 1 } = mechanism;
  checkPositive('sigma2', sigma2);
  checkNotNegative('epsilon', epsilon);
  checkPositive('sensitivity', sensitivity);
  if (!Number.isSafeInteger(sensitivity))
    throw new SynthproofError('OUT_OF_RANGE', `sensitivity: expected a whole number, received ${sensitivity}`, {
      argument: 'sensitivity',
    });
  if (sigma2 > MOST_SIGMA2)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `sigma2: expected at most ${MOST_SIGMA2}, received ${sigma2}; use gaussianDelta there`,
      { argument: 'sigma2' },
    );
  const { norm } = thetaSums(sigma2);
  const middle = (epsilon * sigma2) / sensitivity;
  const near = tailAbove(middle - sensitivity / 2, sigma2, 0);
  const far = tailAbove(middle + sensitivity / 2, sigma2, epsilon);
  return Math.min(1, Math.max(0, (near - far) / norm));
}

/** exp(shift) times the sum of exp(-k^2 / (2 sigma2)) over whole k above the threshold. */
function tailAbove(threshold: number, sigma2: number, shift: number): number {
  const first = Math.floor(threshold) + 1;
  // Most of the mass: the whole less the mirrored tail.
  if (first < 0) return exp(shift) * thetaSums(sigma2).norm - tailAbove(-first, sigma2, shift);
  // Beyond 12 standard deviations past the largest term nothing is left to add.
  const last = first + Math.ceil(12 * Math.sqrt(sigma2)) + 2;
  let total = 0;
  for (let k = last; k >= first; k--) total += exp(shift - (k * k) / (2 * sigma2));
  return total;
}
