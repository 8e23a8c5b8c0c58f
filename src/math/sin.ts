import { REST } from './internal-double-double.ts';
import { cosKernel, QUARTER, reduceLarge, reduceQuarter, sinKernel } from './internal-trigonometry.ts';

/**
 * Sine, the same bits on every engine, for every finite argument. Error below 1 ulp.
 *
 * @param x - Angle in radians.
 * @returns A number in [-1, 1]; NaN for infinities; keeps the sign of zero.
 * @example
 * sin(1); // => 0.8414709848078965
 */
export function sin(x: number): number {
  const size = Math.abs(x);
  if (size < 0.7853981633974483) return size < 1e-8 ? x : sinKernel(x, 0);
  if (!(size < Infinity)) return NaN;
  const r = size < 1048576 ? reduceQuarter(x) : reduceLarge(x);
  const rest = REST[0]!;
  const quarter = QUARTER[0]!;
  const value = (quarter & 1) === 0 ? sinKernel(r, rest) : cosKernel(r, rest);
  return quarter < 2 ? value : -value;
}
