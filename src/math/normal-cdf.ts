import { exp } from './exp.ts';
import { SQRT_HALF } from './internal-constants.ts';
import { normalCentre, scaledErfc } from './internal-erfcx.ts';

/**
 * P(Z <= z) of a standard normal variable, with full relative precision in the left tail.
 *
 * @param z - Any number.
 * @returns A probability; 0 from about -38.5 down.
 * @example
 * normalCdf(0); // => 0.5
 * normalCdf(-10); // => 7.619853024160527e-24
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return NaN;
  if (z > 9) return 1;
  if (z < -39) return 0;
  if (z > -1.14 && z < 1.45) return 0.5 + normalCentre(z);
  const size = Math.abs(z) * SQRT_HALF;
  // exp(-z^2 / 2) with the rounding error of z^2 carried: in the far tail it would cost 1e-13.
  const split = z * 134217729;
  const high = split - (split - z);
  const low = z - high;
  const square = z * z;
  const error = 0.5 * (high * high - square + 2 * high * low + low * low);
  const main = exp(-0.5 * square);
  const tail = 0.5 * (main - main * error) * scaledErfc(size);
  return z < 0 ? tail : 1 - tail;
}
