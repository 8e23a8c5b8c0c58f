import { exp } from '../math/index.ts';
import { checkNotNegative } from './internal-check.ts';

/**
 * The delta that older accountants state for rho-zCDP at epsilon: exp(-(epsilon - rho)^2 / (4 rho)). For comparison with
 * their reports only; every claim of this library rests on {@link zcdpDelta}.
 *
 * It is a bound for epsilon >= rho, and there weaker than {@link zcdpDelta}. Below, the formula is no bound at all: at rho
 * 2.5 and epsilon .1 it gives .56 where one Gaussian mechanism already needs .72. Source: Bun & Steinke 2016,
 * Proposition 1.3.
 *
 * @param rho - zCDP parameter, at least 0.
 * @param epsilon - At least 0.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * zcdpDeltaStandard(0.25, 1.25); // => Math.exp(-1)
 */
export function zcdpDeltaStandard(rho: number, epsilon: number): number {
  checkNotNegative('rho', rho);
  checkNotNegative('epsilon', epsilon);
  if (rho === 0) return 0;
  return exp((-(epsilon - rho) * (epsilon - rho)) / (4 * rho));
}
