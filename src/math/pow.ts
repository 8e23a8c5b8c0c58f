import { expNearest, logTwoParts, productRest, REST } from './internal-double-double.ts';

/**
 * x to the power y, the same bits on every engine.
 *
 * The logarithm in two parts (error 2^-66), times y in two parts, then exp. Error below 0.52 ulp for normal results, so
 * that exact powers come out exact. Special values as in Math.pow.
 *
 * @param x - Base.
 * @param y - Exponent.
 * @returns x^y; NaN for a negative base with an exponent that is not whole, and for (+-1)^(+-Infinity).
 * @example
 * pow(10, -3); // => 0.001
 * pow(2, 0.5); // => 1.4142135623730951
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const size = Math.abs(x);
  if (y === Infinity || y === -Infinity) {
    if (size === 1) return NaN;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  if (y === 1) return x;
  // Only whole exponents below 2^53 in size can be odd.
  const whole = Math.floor(y) === y;
  const odd = whole && Math.abs(y) < 9007199254740992.0 && Math.abs(y % 2) === 1;
  if (size === 0 || size === Infinity) {
    const result = (size === 0) === y > 0 ? 0 : Infinity;
    return odd && (x < 0 || Object.is(x, -0)) ? -result : result;
  }
  if (x < 0 && !whole) return NaN;
  const result = size === 1 ? 1 : power(size, y);
  return x < 0 && odd ? -result : result;
}

function power(x: number, y: number): number {
  const log = logTwoParts(x);
  const logRest = REST[0]!;
  const product = y * log;
  if (product > 709.79) return Infinity;
  if (product < -745.2) return 0;
  // Beyond these sizes the splitting of the product would overflow; the result is then 1 to the last bit or was caught.
  const rest = Math.abs(y) < 1e290 && Math.abs(log) > 1e-290 ? productRest(y, log, product) : 0;
  return expNearest(product, rest + y * logRest);
}
