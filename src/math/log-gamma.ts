import { logGammaNearTwo, stirlingError } from './internal-gamma.ts';
import { log } from './log.ts';
import { log1p } from './log1p.ts';

/**
 * Natural logarithm of the gamma function for x >= 0, relatively precise also at its zeros 1 and 2 and near 0.
 *
 * Series in zeta values around 2 (DLMF 5.7.3), recurrence up to 2.5 and from 10 down, Stirling's formula above.
 *
 * @param x - A number >= 0.
 * @returns log Gamma(x); Infinity at 0, NaN below 0.
 * @example
 * logGamma(5); // => 3.1780538303479458
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : NaN;
  if (x < 0.5) return logGammaNearTwo(x) - log1p(x) - log(x);
  if (x < 1.5) return logGammaNearTwo(x - 1) - log1p(x - 1);
  if (x <= 2.5) return logGammaNearTwo(x - 2);
  if (x < 10) {
    let product = 1;
    let y = x;
    while (y > 2.5) {
      y -= 1;
      product *= y;
    }
    return logGammaNearTwo(y - 2) + log(product);
  }
  if (x === Infinity) return Infinity;
  // stirlingError(x) is for x!, so log Gamma(x) = log x! - log x.
  return (x - 0.5) * (log(x) - 1) + (0.4189385332046727 + stirlingError(x));
}
