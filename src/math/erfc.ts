import { erfNearZero, expMinusSquare, scaledErfc } from './internal-erfcx.ts';

/**
 * Complementary error function 1 - erf(x), computed directly, so that far tails keep their relative precision.
 *
 * @param x - Any number.
 * @returns A number in [0, 2]; 0 from about 27.3 up.
 * @example
 * erfc(5); // => 1.5374597944280349e-12
 */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 40) return 0;
  if (x < -6.5) return 2;
  if (x > -0.85 && x < 0.85) {
    const e = erfNearZero(x);
    return x < 0.5 ? 1 - e : 0.5 - (e - 0.5);
  }
  const tail = expMinusSquare(x) * scaledErfc(Math.abs(x));
  return x > 0 ? tail : 2 - tail;
}
