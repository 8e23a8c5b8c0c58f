import { exp, logNormalUpperTail } from '../math/index.ts';
import { checkNotNegative, checkPositive } from './internal-check.ts';

/** What a Gaussian mechanism is asked: see {@link gaussianDelta} and {@link discreteGaussianDelta}. */
export interface GaussianMechanism {
  /** Variance (parameter) of the noise, above 0. */
  readonly sigma2: number;
  /** At least 0. */
  readonly epsilon: number;
  /** How far one row can move the query: in l2 norm; a whole number for the discrete Gaussian. Default 1. */
  readonly sensitivity?: number | undefined;
}

/**
 * The exact delta of one continuous Gaussian mechanism at epsilon: Phi(D/2s - epsilon s/D) - exp(epsilon) Phi(-D/2s -
 * epsilon s/D). 0 to 1, smaller is better. Source: Balle & Wang 2018, Theorem 8.
 *
 * @param mechanism - See {@link GaussianMechanism}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * gaussianDelta({ sigma2: 100, epsilon: 1 }) < 1e-20; // => true
 */
export function gaussianDelta(mechanism: GaussianMechanism): number {
  const { sigma2, epsilon, sensitivity = 1 } = mechanism;
  checkPositive('sigma2', sigma2);
  checkNotNegative('epsilon', epsilon);
  checkPositive('sensitivity', sensitivity);
  const ratio = Math.sqrt(sigma2) / sensitivity;
  const middle = epsilon * ratio;
  const half = 1 / (2 * ratio);
  // In logarithms, so that exp(epsilon) cannot overflow beside a vanishing tail.
  return Math.max(0, exp(logNormalUpperTail(middle - half)) - exp(epsilon + logNormalUpperTail(middle + half)));
}
