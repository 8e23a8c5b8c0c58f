import { LOG2_E } from './internal-constants.ts';
import { logTwoParts, productRest, REST } from './internal-double-double.ts';

/**
 * Binary logarithm, the same bits on every engine; exact at powers of two. Error below 0.51 ulp.
 *
 * @param x - Any number.
 * @returns log2 x; -Infinity at 0, NaN below 0.
 * @example
 * log2(1024); // => 10
 */
export function log2(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const natural = logTwoParts(x);
  const rest = REST[0]!;
  const product = natural * LOG2_E;
  return product + (productRest(natural, LOG2_E, product) + natural * 2.0355273740931033e-17 + rest * LOG2_E);
}
