import { LN2 } from './constants.ts';
import { SQRT_HALF } from './internal-constants.ts';
import { erfNearZero, scaledErfc } from './internal-erfcx.ts';
import { log } from './log.ts';
import { log1p } from './log1p.ts';
import { normalCdf } from './normal-cdf.ts';

/**
 * Natural logarithm of P(Z >= z) of a standard normal variable; works far below 1e-300.
 *
 * @param z - Any number.
 * @returns A number <= 0; -Infinity only at z = Infinity.
 * @example
 * logNormalUpperTail(100); // => -5005.524208694205
 */
export function logNormalUpperTail(z: number): number {
  if (z === Infinity) return -Infinity;
  if (z < -1.2) return log1p(-normalCdf(z));
  const x = z * SQRT_HALF;
  if (x < 0.85) return log1p(-erfNearZero(x)) - LN2;
  return log(0.5 * scaledErfc(x)) - 0.5 * z * z;
}
