import { checkDelta, checkNotNegative } from './internal-check.ts';
import { deltaOf } from './zcdp-delta.ts';

/**
 * The largest rho for which rho-zCDP implies (epsilon, delta)-DP, by bisection on {@link zcdpDelta}; the lower end of the
 * last interval, so the claim holds. This is the budget that a release may spend.
 *
 * @param epsilon - At least 0.
 * @param delta - Above 0, at most 1; 1 allows nothing here and gives 0.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * zcdpDelta(zcdpRho(1, 1e-9), 1) <= 1e-9; // => true
 */
export function zcdpRho(epsilon: number, delta: number): number {
  checkNotNegative('epsilon', epsilon);
  checkDelta(delta);
  if (delta >= 1) return 0;
  let low = 0;
  let high = epsilon + 1;
  for (;;) {
    const rho = (low + high) / 2;
    if (!(rho > low && rho < high)) return low;
    if (deltaOf(rho, epsilon) <= delta) low = rho;
    else high = rho;
  }
}
