import { erfNearZero, expMinusSquare, scaledErfc } from './internal-erfcx.ts';

/**
 * Error function: 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. Relative error below 1e-15.
 *
 * @param x - Any number.
 * @returns A number in [-1, 1].
 * @example
 * erf(0.5); // => 0.5204998778130465
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.85) return erfNearZero(x);
  if (Number.isNaN(x)) return NaN;
  const rest = size > 6.5 ? 0 : expMinusSquare(size) * scaledErfc(size);
  return x > 0 ? 1 - rest : rest - 1;
}
