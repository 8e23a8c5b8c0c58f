import { SynthproofError } from '../errors.ts';
import { requireProbability } from './internal-check.ts';
import { sortingOrder } from './internal-order.ts';

/** How p-values are adjusted for multiplicity. */
export type AdjustMethod = 'holm' | 'hochberg' | 'hommel' | 'benjamini-hochberg' | 'benjamini-yekutieli' | 'bonferroni';

/**
 * p-values adjusted for multiple testing: reject where the adjusted value is at most alpha.
 *
 * `bonferroni` and `holm` bound the chance of any false rejection under every dependence, `hochberg` and
 * the stronger `hommel` under independence or positive dependence; `benjamini-hochberg` bounds the false discovery rate under positive dependence,
 * `benjamini-yekutieli` under every dependence. Source: Holm 1979, Hochberg 1988, Hommel 1988, Benjamini and Hochberg 1995,
 * Benjamini and Yekutieli 2001.
 *
 * @param pValues - p-values, each in [0, 1].
 * @param method - See {@link AdjustMethod}.
 * @returns Adjusted p-values in the same order, each at least its p-value and at most 1.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for a value outside [0, 1], `BAD_OPTION` for an unknown method.
 * @example
 * adjustPValues([0.01, 0.04, 0.03], 'holm'); // => [0.03, 0.06, 0.06]
 */
export function adjustPValues(pValues: readonly number[], method: AdjustMethod): number[] {
  const m = pValues.length;
  for (let i = 0; i < m; i++) requireProbability(`pValues[${i}]`, pValues[i]!);
  const adjusted: number[] = pValues.slice();
  if (method === 'bonferroni') return adjusted.map((p) => Math.min(1, p * m));
  const order = sortingOrder(pValues);
  if (method === 'holm') {
    let running = 0;
    for (let i = 0; i < m; i++) {
      running = Math.max(running, Math.min(1, pValues[order[i]!]! * (m - i)));
      adjusted[order[i]!] = running;
    }
    return adjusted;
  }
  if (method === 'hommel') return hommel(pValues, order);
  const factor = stepUpFactor(method, m);
  let running = 1;
  for (let i = m - 1; i >= 0; i--) {
    const p = pValues[order[i]!]!;
    running = Math.min(running, method === 'hochberg' ? p * (m - i) : p * factor * (m / (i + 1)));
    adjusted[order[i]!] = running;
  }
  return adjusted;
}

function stepUpFactor(method: AdjustMethod, m: number): number {
  if (method === 'hochberg' || method === 'benjamini-hochberg') return 1;
  if (method !== 'benjamini-yekutieli') {
    throw new SynthproofError(
      'BAD_OPTION',
      `method: expected holm, hochberg, hommel, benjamini-hochberg, benjamini-yekutieli or bonferroni, received ${String(method)}`,
      { argument: 'method' },
    );
  }
  let harmonic = 0;
  for (let i = m; i >= 1; i--) harmonic += 1 / i;
  return harmonic;
}

/** Hommel's method by Wright's algorithm (1992), quadratic in the number of tests. */
function hommel(pValues: readonly number[], order: Uint32Array): number[] {
  const m = pValues.length;
  const p = Float64Array.from(order, (index) => pValues[index]!);
  const a = p.slice();
  for (let size = m; size > 1; size--) {
    let least = 1;
    for (let i = m - size; i < m; i++) least = Math.min(least, (size * p[i]!) / (size + i - m + 1));
    for (let i = 0; i < m; i++) {
      const bound = i >= m - size ? least : Math.min(least, size * p[i]!);
      if (bound > a[i]!) a[i] = bound;
    }
  }
  const adjusted = new Array<number>(m);
  for (let i = 0; i < m; i++) adjusted[order[i]!] = Math.min(1, a[i]!);
  return adjusted;
}
