import { exp, log1p } from '../math/index.ts';
import { checkNotNegative } from './internal-check.ts';

/**
 * The least delta known for which rho-zCDP implies (epsilon, delta)-DP: the bound of Canonne, Kamath & Steinke 2020,
 * Corollary 13, minimised over the Renyi order.
 *
 * inf over alpha > 1 of exp((alpha - 1)(alpha rho - epsilon)) (1 - 1/alpha)^alpha / (alpha - 1); 0 to 1, smaller is better.
 *
 * @param rho - zCDP parameter, at least 0.
 * @param epsilon - At least 0.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * zcdpDelta(0.1, 3) < zcdpDeltaStandard(0.1, 3); // => true
 * zcdpDelta(0, 1); // => 0
 */
export function zcdpDelta(rho: number, epsilon: number): number {
  checkNotNegative('rho', rho);
  checkNotNegative('epsilon', epsilon);
  return deltaOf(rho, epsilon);
}

/** The same without checks, for the searches. */
export function deltaOf(rho: number, epsilon: number): number {
  if (rho === 0) return 0;
  // The exponent is convex in alpha: bisection on its derivative, until the interval has no number inside.
  let low = 1.01;
  let high = (epsilon + 1) / (2 * rho) + 2;
  for (;;) {
    const alpha = (low + high) / 2;
    if (!(alpha > low && alpha < high)) break;
    if ((2 * alpha - 1) * rho - epsilon + log1p(-1 / alpha) < 0) low = alpha;
    else high = alpha;
  }
  const alpha = (low + high) / 2;
  return Math.min(1, exp((alpha - 1) * (alpha * rho - epsilon) + alpha * log1p(-1 / alpha)) / (alpha - 1));
}
