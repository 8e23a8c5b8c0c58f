import { LOG10_E } from './internal-constants.ts';
import { log } from './log.ts';

/**
 * Common logarithm, the same bits on every engine; exact at powers of ten that are exact doubles.
 *
 * @param x - Any number.
 * @returns log10 x; -Infinity at 0, NaN below 0.
 * @example
 * log10(1000); // => 3
 */
export function log10(x: number): number {
  const natural = log(x);
  if (!(natural < Infinity && natural > -Infinity)) return natural;
  // 1 / ln 10 in two parts; the first has 26 bits, so that its product with the upper part of the logarithm is exact.
  const split = natural * 134217729;
  const high = split - (split - natural);
  return high * 0.4342944771051407 + (high * 4.798111141615973e-9 + (natural - high) * LOG10_E);
}
