import { SynthproofError } from '../errors.ts';
import { exactSum } from '../math/index.ts';
import { checkNotNegative, checkPositive } from './internal-check.ts';
import type { PrivacyCharge, PrivacyChargeRequest, PrivacyLedger, PrivacyMechanism } from './privacy-ledger.ts';

/**
 * A new ledger with these charges added, or an error when they pass the budget: call it before data is touched, with
 * everything that a release will cost.
 *
 * Costs add up in zCDP (Bun & Steinke 2016, Lemma 1.7), in correctly rounded sums; parts that the caller declares disjoint
 * cost as much as the dearest of them.
 *
 * @param ledger - The ledger so far; it is not changed.
 * @param charges - What is about to be released.
 * @throws {@link SynthproofError} `OVER_BUDGET`, `OUT_OF_RANGE` (a mechanism's parameters).
 * @example
 * const ledger = createPrivacyLedger({ epsilon: 1, delta: 1e-6 });
 * const mechanism = { kind: 'gaussian', sigma2: 1000, sensitivity: 1 } as const;
 * chargePrivacy(ledger, [{ label: 'counts', data: 'survey', mechanism }]).spent; // => 0.0005
 */
export function chargePrivacy(ledger: PrivacyLedger, charges: readonly PrivacyChargeRequest[]): PrivacyLedger {
  const added = charges.map((request): PrivacyCharge => {
    const times = request.times ?? 1;
    if (!Number.isSafeInteger(times) || times < 1)
      throw new SynthproofError('OUT_OF_RANGE', `times: expected a whole number of at least 1, received ${times}`, {
        argument: 'times',
      });
    return { ...request, times, rho: times * rhoOf(request.mechanism) };
  });
  const all = [...ledger.charges, ...added];
  const spent = composed(all);
  if (!(spent <= ledger.budget.rho))
    throw new SynthproofError(
      'OVER_BUDGET',
      `ledger: ${added.map(({ label }) => `"${label}"`).join(', ')} would bring the cost to rho = ${spent}, the budget (epsilon ${ledger.budget.epsilon}, delta ${ledger.budget.delta}) allows ${ledger.budget.rho} and ${ledger.spent} is spent; release less, or start with a larger budget`,
      { argument: 'ledger' },
    );
  return { ...ledger, charges: all, spent };
}

function rhoOf(mechanism: PrivacyMechanism): number {
  switch (mechanism.kind) {
    case 'gaussian':
      checkPositive('sigma2', mechanism.sigma2);
      checkPositive('sensitivity', mechanism.sensitivity);
      return (mechanism.sensitivity * mechanism.sensitivity) / (2 * mechanism.sigma2);
    case 'exponential':
      checkPositive('epsilon', mechanism.epsilon);
      return (mechanism.epsilon * mechanism.epsilon) / 8;
    case 'pure':
      checkPositive('epsilon', mechanism.epsilon);
      return (mechanism.epsilon * mechanism.epsilon) / 2;
    case 'zcdp':
      checkNotNegative('rho', mechanism.rho);
      return mechanism.rho;
    default:
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `mechanism: expected gaussian, exponential, pure or zcdp, received "${String((mechanism as { kind?: unknown }).kind)}"`,
        { argument: 'mechanism' },
      );
  }
}

/** Sum of all costs; of each group of disjoint parts only the dearest part. */
function composed(charges: readonly PrivacyCharge[]): number {
  const costs: number[] = [];
  const groups = new Map<string, Map<string, number[]>>();
  for (const { rho, disjoint } of charges) {
    if (!disjoint) {
      costs.push(rho);
      continue;
    }
    const parts = groups.get(disjoint.group) ?? new Map<string, number[]>();
    groups.set(disjoint.group, parts);
    parts.set(disjoint.part, [...(parts.get(disjoint.part) ?? []), rho]);
  }
  for (const parts of groups.values()) {
    let dearest = 0;
    for (const rhos of parts.values()) dearest = Math.max(dearest, exactSum(rhos));
    costs.push(dearest);
  }
  return exactSum(costs);
}
