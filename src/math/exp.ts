import { expRounded } from './internal-double-double.ts';

/**
 * e to the power x, the same bits on every engine.
 *
 * x = k ln 2 + r with |r| <= ln 2 / 2 (ln 2 in two parts), a polynomial for exp r, exact scaling by 2^k. Error below
 * 0.6 ulp for normal results.
 *
 * @param x - Any number.
 * @returns e^x; 0 from about -745.14 down, Infinity above 709.78.
 * @example
 * exp(0); // => 1
 * exp(1); // => 2.718281828459045
 */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (Number.isNaN(x)) return NaN;
  return expRounded(x, 0);
}
