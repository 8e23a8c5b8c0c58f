import { LOG_TWO_PI } from './internal-constants.ts';
import { stirlingError } from './internal-gamma.ts';
import { log } from './log.ts';
import { log1p } from './log1p.ts';

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
  // The beta density at its peak a / n, where both deviances are 0.
  const large = Math.max(a, b);
  const small = Math.min(a, b);
  const n = a + b;
  return (
    stirlingError(large) +
    stirlingError(small) -
    stirlingError(n) -
    large * log1p(small / large) +
    small * log(small / n) -
    0.5 * (log(small) - log1p(small / large) - LOG_TWO_PI)
  );
}
