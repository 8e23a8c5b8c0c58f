import { requireFinite } from './internal-check.ts';
import { sortingOrder } from './internal-order.ts';

/**
 * Ranks from 1, tied values sharing the mean of their ranks.
 *
 * @param values - Finite numbers; -0 and 0 are tied.
 * @returns One rank per value, in the order of the values.
 * @throws {@link SynthproofError} `BAD_NUMBER` for NaN or infinities.
 * @example
 * Array.from(midRanks([10, 30, 10, 20])); // => [1.5, 4, 1.5, 3]
 */
export function midRanks(values: ArrayLike<number>): Float64Array {
  requireFinite('values', values);
  const n = values.length;
  const order = sortingOrder(values);
  const ranks = new Float64Array(n);
  for (let i = 0; i < n; ) {
    const value = values[order[i]!]!;
    let j = i + 1;
    while (j < n && values[order[j]!]! === value) j++;
    const rank = (i + 1 + j) / 2;
    for (let k = i; k < j; k++) ranks[order[k]!] = rank;
    i = j;
  }
  return ranks;
}
