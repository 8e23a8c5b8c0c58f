import { exp } from '../../math/exp.ts';
import { log1p } from '../../math/log1p.ts';

/** ln(e^a + e^b). */
export function logAdd(a: number, b: number): number {
  const top = Math.max(a, b);
  return top === -Infinity ? top : top + log1p(exp(Math.min(a, b) - top));
}
