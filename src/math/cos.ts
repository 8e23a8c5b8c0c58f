import { REST } from './internal-double-double.ts';
import { cosKernel, QUARTER, reduceLarge, reduceQuarter, sinKernel } from './internal-trigonometry.ts';

/**
 * Cosine, the same bits on every engine, for every finite argument. Error below 1 ulp.
 *
 * @param x - Angle in radians.
 * @returns A number in [-1, 1]; NaN for infinities.
 * @example
 * cos(1); // => 0.5403023058681398
 */
export function cos(x: number): number {
  const size = Math.abs(x);
  if (size < 0.7853981633974483) return cosKernel(x, 0);
  if (!(size < Infinity)) return NaN;
  const r = size < 1048576 ? reduceQuarter(x) : reduceLarge(x);
  const rest = REST[0]!;
  const quarter = QUARTER[0]!;
  const value = (quarter & 1) === 0 ? cosKernel(r, rest) : sinKernel(r, rest);
  return quarter === 0 || quarter === 3 ? value : -value;
}
