import { log } from '../math/log.ts';
import type { Rng } from '../types.ts';
import { normal } from './normal.ts';
import { uniformOpen } from './uniform-open.ts';

/** A gamma number of unit scale and a shape of at least 1. Source: Marsaglia and Tsang 2000, section 6. */
export function gammaFromOne(rng: Rng, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(rng);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = uniformOpen(rng);
    const square = x * x;
    if (u < 1 - 0.0331 * square * square) return d * v;
    if (log(u) < 0.5 * square + d * (1 - v + log(v))) return d * v;
  }
}

/** Logarithm of a gamma number of unit scale; stays finite for tiny shapes, where the number itself underflows. */
export function logGammaDraw(rng: Rng, shape: number): number {
  if (shape >= 1) return log(gammaFromOne(rng, shape));
  // Marsaglia and Tsang, section 8: G(a) = G(a + 1) U^(1/a).
  return log(gammaFromOne(rng, shape + 1)) + log(uniformOpen(rng)) / shape;
}
