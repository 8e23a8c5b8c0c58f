import type { PrivacyLedger } from './privacy-ledger.ts';
import { zcdpEpsilon } from './zcdp-epsilon.ts';

/** What a ledger's charges amount to. */
export interface PrivacySpent {
  /** zCDP parameter. */
  readonly rho: number;
  /** The least epsilon it implies at the budget's delta. */
  readonly epsilon: number;
  /** The budget's delta. */
  readonly delta: number;
}

/**
 * What was spent so far, as zCDP and as (epsilon, delta) at the budget's delta.
 *
 * @param ledger - See {@link PrivacyLedger}.
 * @example
 * privacySpent(createPrivacyLedger({ epsilon: 1, delta: 1e-9 })); // => { rho: 0, epsilon: 0, delta: 1e-9 }
 */
export function privacySpent(ledger: PrivacyLedger): PrivacySpent {
  const { delta } = ledger.budget;
  return { rho: ledger.spent, epsilon: zcdpEpsilon(ledger.spent, delta), delta };
}
