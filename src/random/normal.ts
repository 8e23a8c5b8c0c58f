import { normalQuantile } from '../math/normal-quantile.ts';
import type { Rng } from '../types.ts';
import { uniformOpen } from './uniform-open.ts';

/**
 * A standard normal number by the inverse distribution function (AS241): exactly one open uniform a value, so the
 * draw can be addressed by counter. Reaches |z| = 8.2. Draws two words.
 *
 * @param rng - Source of words.
 * @example
 * const rng = createRng('demo');
 * const height = 170 + 10 * normal(rng);
 * height > 80 && height < 260; // => true
 */
export function normal(rng: Rng): number {
  return normalQuantile(uniformOpen(rng));
}
