import { LN2 } from './constants.ts';
import { LOG_TWO_PI } from './internal-constants.ts';
import { deviance, stirlingError } from './internal-gamma.ts';
import { log } from './log.ts';

/**
 * Natural logarithm of the beta function B(a, b) = Gamma(a) Gamma(b) / Gamma(a + b), without the cancellation of three
 * large log-gammas (Loader's saddle-point form).
 *
 * @param a - A number > 0.
 * @param b - A number > 0.
 * @returns log B(a, b); NaN when a or b is not above 0.
 * @example
 * logBeta(2, 3); // => -2.4849066497880004
 */
export function logBeta(a: number, b: number): number {
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity)) return NaN;
  const n = a + b;
  const half = n / 2;
  // The density at 1/2, so that both deviances stay small where a and b are alike.
  const atHalf =
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, half, (a - b) / 2) -
    deviance(b, half, (b - a) / 2) +
    0.5 * (log(a) + log(b) - log(n) - LOG_TWO_PI);
  return -n * LN2 - atHalf;
}
