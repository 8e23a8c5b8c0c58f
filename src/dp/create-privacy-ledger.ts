import { checkPositive } from './internal-check.ts';
import type { PrivacyLedger } from './privacy-ledger.ts';
import { zcdpRho } from './zcdp-rho.ts';

/** The bound that a ledger keeps. */
export interface PrivacyBudget {
  /** Bound on the privacy loss under adding or removing one row, above 0. */
  readonly epsilon: number;
  /** Chance with which the bound may fail, above 0 and below 1; well below one over the number of rows. */
  readonly delta: number;
}

/**
 * An empty ledger with a budget. Pass it on from release to release about the same people: privacy loss adds up over all
 * of them, failed fits and hyper-parameter searches on the real data included.
 *
 * @param budget - See {@link PrivacyBudget}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * const ledger = createPrivacyLedger({ epsilon: 1, delta: 1e-9 });
 * ledger.charges.length; // => 0
 */
export function createPrivacyLedger(budget: PrivacyBudget): PrivacyLedger {
  const { epsilon, delta } = budget;
  checkPositive('epsilon', epsilon);
  return {
    neighbours: 'add-remove-one-row',
    budget: { epsilon, delta, rho: zcdpRho(epsilon, delta) },
    charges: [],
    spent: 0,
  };
}
