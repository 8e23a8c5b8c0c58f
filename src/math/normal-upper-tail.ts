import { normalCdf } from './normal-cdf.ts';

/**
 * P(Z >= z) of a standard normal variable, computed directly: relative error below 1e-14 down to 1e-300.
 *
 * @param z - Any number.
 * @returns A probability; 0 from about 38.5 up, where {@link logNormalUpperTail} goes on.
 * @example
 * normalUpperTail(10); // => 7.619853024160527e-24
 */
export function normalUpperTail(z: number): number {
  return normalCdf(-z);
}
