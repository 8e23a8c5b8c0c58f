import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chargePrivacy, createPrivacyLedger, privacySpent, zcdpEpsilon, zcdpRho } from '../../src/dp/index.ts';

const ledger = createPrivacyLedger({ epsilon: 1, delta: 1e-9 });
const gaussian = (sigma2: number, sensitivity = 1) => ({ kind: 'gaussian', sigma2, sensitivity }) as const;

test('charges add up by the cost of their mechanisms, and the old ledger stays', () => {
  const next = chargePrivacy(ledger, [
    { label: 'a', data: 'd', mechanism: gaussian(5000, 2) },
    { label: 'b', data: 'd', mechanism: { kind: 'exponential', epsilon: 0.02 }, times: 3 },
    { label: 'c', data: 'd', mechanism: { kind: 'pure', epsilon: 0.02 } },
    { label: 'd', data: 'd', mechanism: { kind: 'zcdp', rho: 0.0001 } },
  ]);
  expect(next.charges.map(({ rho }) => rho)).toEqual([4 / 10_000, (3 * 0.0004) / 8, 0.0004 / 2, 0.0001]);
  expect(next.spent).toBeCloseTo(0.00085, 15);
  expect(ledger.charges).toEqual([]);
  expect(privacySpent(next)).toEqual({ rho: next.spent, epsilon: zcdpEpsilon(next.spent, 1e-9), delta: 1e-9 });
  expect(JSON.parse(JSON.stringify(next))).toEqual(next);
});

test('a charge over the budget is refused, one that uses it up is not', () => {
  const all = { label: 'all', data: 'd', mechanism: { kind: 'zcdp', rho: ledger.budget.rho } } as const;
  const full = chargePrivacy(ledger, [all]);
  expect(full.spent).toBe(zcdpRho(1, 1e-9));
  expect(privacySpent(full).epsilon).toBeLessThanOrEqual(1 + 1e-12);
  const tiny = { label: 'one more', data: 'other', mechanism: { kind: 'zcdp', rho: 1e-17 } } as const;
  expect(() => chargePrivacy(full, [tiny])).toThrow(expect.objectContaining({ code: 'OVER_BUDGET' }));
});

test('only declared disjoint parts share a cost', () => {
  const mechanism = { kind: 'zcdp', rho: ledger.budget.rho * 0.7 } as const;
  const part = (name: string) => ({ label: name, data: name, mechanism, disjoint: { group: 'region', part: name } });
  expect(chargePrivacy(ledger, [part('north'), part('south')]).spent).toBe(mechanism.rho);
  expect(() => chargePrivacy(ledger, [part('north'), part('north')])).toThrow(/budget/);
  expect(() => chargePrivacy(ledger, [part('north'), { label: 'x', data: 'south', mechanism }])).toThrow(/budget/);
});

test('the order of charges does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e-5, noNaN: true }), { maxLength: 20 }), (costs) => {
      const requests = costs.map((rho, i) => ({ label: `${i}`, data: 'd', mechanism: { kind: 'zcdp', rho } as const }));
      const forward = chargePrivacy(ledger, requests).spent;
      expect(chargePrivacy(ledger, [...requests].reverse()).spent).toBe(forward);
      expect(requests.reduce((state, request) => chargePrivacy(state, [request]), ledger).spent).toBe(forward);
    }),
  );
});

test('bad parameters are refused', () => {
  for (const mechanism of [
    gaussian(0),
    gaussian(1, -1),
    gaussian(Number.NaN),
    { kind: 'exponential', epsilon: 0 } as const,
    { kind: 'pure', epsilon: Number.POSITIVE_INFINITY } as const,
    { kind: 'zcdp', rho: -1 } as const,
    { kind: 'free' } as never,
  ])
    expect(() => chargePrivacy(ledger, [{ label: 'x', data: 'd', mechanism }])).toThrow(/expected/);
  const mechanism = { kind: 'zcdp', rho: 0 } as const;
  expect(() => chargePrivacy(ledger, [{ label: 'x', data: 'd', mechanism, times: 0 }])).toThrow(/times/);
  expect(() => createPrivacyLedger({ epsilon: 0, delta: 0.1 })).toThrow(/epsilon/);
  expect(() => createPrivacyLedger({ epsilon: 1, delta: 0 })).toThrow(/delta/);
});
