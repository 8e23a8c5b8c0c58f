import { LOG10_E } from './internal-constants.ts';
import { logTwoParts, productRest, REST } from './internal-double-double.ts';

/**
 * Common logarithm, the same bits on every engine; exact at powers of ten. Error below 0.51 ulp.
 *
 * @param x - Any number.
 * @returns log10 x; -Infinity at 0, NaN below 0.
 * @example
 * log10(1000); // => 3
 */
export function log10(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const natural = logTwoParts(x);
  const rest = REST[0]!;
  const product = natural * LOG10_E;
  return product + (productRest(natural, LOG10_E, product) + natural * 1.098319650216765e-17 + rest * LOG10_E);
}
