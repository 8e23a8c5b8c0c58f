import { log } from '../math/index.ts';
import { checkDelta, checkNotNegative } from './internal-check.ts';
import { deltaOf } from './zcdp-delta.ts';

/**
 * The least epsilon known for which rho-zCDP implies (epsilon, delta)-DP, by bisection on {@link zcdpDelta}; the upper end
 * of the last interval, so the claim holds.
 *
 * @param rho - zCDP parameter, at least 0.
 * @param delta - Above 0, at most 1.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * zcdpDelta(0.1, zcdpEpsilon(0.1, 1e-6)) <= 1e-6; // => true
 */
export function zcdpEpsilon(rho: number, delta: number): number {
  checkNotNegative('rho', rho);
  checkDelta(delta);
  if (delta >= 1 || rho === 0) return 0;
  let low = 0;
  let high = rho + 2 * Math.sqrt(rho * -log(delta));
  for (;;) {
    const epsilon = (low + high) / 2;
    if (!(epsilon > low && epsilon < high)) return high;
    if (deltaOf(rho, epsilon) <= delta) high = epsilon;
    else low = epsilon;
  }
}
