import { exp } from '../math/exp.ts';
import { normalUpperTail } from '../math/normal-upper-tail.ts';
import { logHypergeometric } from './internal-hypergeometric.ts';

/** Two-sided p of Fisher's exact test: all tables with the same margins that are no likelier than this one. */
export function fisherTwoSided(k1: number, n1: number, k2: number, n2: number): number {
  const total = n1 + n2;
  const marked = k1 + k2;
  const low = Math.max(0, n1 - (total - marked));
  const high = Math.min(n1, marked);
  if (low === high) return 1;
  const observed = logHypergeometric(k1, total, marked, n1);
  let p = 0;
  for (let k = low; k <= high; k++) {
    const here = logHypergeometric(k, total, marked, n1);
    // Equal probabilities may differ by rounding; R uses the same relative slack.
    if (here <= observed + 1e-7) p += exp(here);
  }
  return Math.min(1, p);
}

/**
 * Two-sided p that two proportions are equal: Fisher's exact test when an expected count is under 10 and the counts are
 * whole, the pooled score test otherwise (with weights: on effective counts). Null when a group is empty.
 */
export function twoProportionP(p1: number, n1: number, p2: number, n2: number): number | null {
  if (n1 <= 0 || n2 <= 0) return null;
  const pooled = (p1 * n1 + p2 * n2) / (n1 + n2);
  const smallest = Math.min(n1, n2) * Math.min(pooled, 1 - pooled);
  const k1 = Math.round(p1 * n1);
  const k2 = Math.round(p2 * n2);
  if (smallest < 10) return fisherTwoSided(k1, Math.max(k1, Math.round(n1)), k2, Math.max(k2, Math.round(n2)));
  const se = Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
  return se === 0 ? 1 : Math.min(1, 2 * normalUpperTail(Math.abs(p1 - p2) / se));
}
