import type { PrivacyChargeRequest } from '../../dp/privacy-ledger.ts';

/** How a release spends its budget: settled by the number of columns alone, before data is read. */
export interface BudgetPlan {
  /** Variance of the noise on one-way counts. */
  readonly oneWay: number;
  /** Epsilon of each choice of an edge; 0 without edges. */
  readonly edge: number;
  /** Variance of the noise on two-way counts; 0 without edges. */
  readonly twoWay: number;
  /** What the ledger is charged. */
  readonly charges: readonly PrivacyChargeRequest[];
}

/** Noise variances are rounded up to this fraction: short fractions make the exact sampler fast. */
const FRACTION = 1024;

/** Thirds: one-way counts, choice of the tree, two-way counts of the tree. A single column takes all. */
export function planBudget(columns: number, rho: number, data: string): BudgetPlan {
  if (columns === 0) return { oneWay: 0, edge: 0, twoWay: 0, charges: [] };
  const edges = columns - 1;
  const third = edges === 0 ? rho : rho / 3;
  const oneWay = roundUp(columns / (2 * third));
  const charges: PrivacyChargeRequest[] = [
    { label: 'one-way counts', data, mechanism: { kind: 'gaussian', sigma2: oneWay, sensitivity: 1 }, times: columns },
  ];
  if (edges === 0) return { oneWay, edge: 0, twoWay: 0, charges };
  // A hair less than the third, so that rounding never passes it.
  const edge = Math.sqrt((8 * third) / edges) * (1 - 1e-12);
  const twoWay = roundUp(edges / (2 * third));
  charges.push(
    { label: 'choice of the tree', data, mechanism: { kind: 'exponential', epsilon: edge }, times: edges },
    { label: 'two-way counts', data, mechanism: { kind: 'gaussian', sigma2: twoWay, sensitivity: 1 }, times: edges },
  );
  return { oneWay, edge, twoWay, charges };
}

function roundUp(sigma2: number): number {
  const scaled = Math.floor(sigma2 * FRACTION) + 1;
  // Beyond 2^53 every double is a whole multiple already.
  return Number.isSafeInteger(scaled) ? scaled / FRACTION : sigma2 * (1 + 1e-12);
}
