import { SynthproofError } from '../errors.ts';
import { requireFinite, requireLength } from './internal-check.ts';

/** Result of {@link exactMeanPermutation}. */
export interface ExactMeanPermutationResult {
  /** Absolute difference of the two means. */
  readonly statistic: number;
  /** Splits whose difference is at least as large, the observed one among them. */
  readonly count: number;
  /** All splits of the pooled values. */
  readonly total: number;
  /** count / total. */
  readonly pValue: number;
}

/**
 * Exact two-sided permutation test of a difference of means: all ways to split the pooled values are enumerated.
 *
 * @param a - Finite numbers.
 * @param b - Finite numbers.
 * @returns See {@link ExactMeanPermutationResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`; `NO_CAPACITY` for more than 2e6 splits: draw random
 * permutations then and use {@link permutationPValue}.
 * @example
 * exactMeanPermutation([1, 2], [3, 4]).pValue; // => 0.3333333333333333
 */
export function exactMeanPermutation(a: ArrayLike<number>, b: ArrayLike<number>): ExactMeanPermutationResult {
  requireLength('a', a.length, 1);
  requireLength('b', b.length, 1);
  requireFinite('a', a);
  requireFinite('b', b);
  const n = a.length;
  const m = b.length;
  const size = n + m;
  let total = 1;
  for (let i = 1; i <= Math.min(n, m); i++) total = Math.round((total * (size - i + 1)) / i);
  if (!(total <= 2_000_000)) {
    throw new SynthproofError(
      'NO_CAPACITY',
      `a, b: ${n} and ${m} values split in more than 2e6 ways; draw random splits`,
      {
        argument: 'a',
      },
    );
  }
  const pooled = Float64Array.from([...Array.from(a), ...Array.from(b)]);
  let sum = 0;
  for (const value of pooled) sum += value;
  const differenceOf = (first: number): number => Math.abs(first / n - (sum - first) / m);
  let observed = 0;
  for (let i = 0; i < n; i++) observed += pooled[i]!;
  const statistic = differenceOf(observed);
  let scale = 0;
  for (const value of pooled) scale = Math.max(scale, Math.abs(value));
  // Splits that differ by rounding only count as equal.
  const limit = statistic - 1e-12 * scale;
  const chosen = Array.from({ length: n }, (_, i) => i);
  let count = 0;
  for (;;) {
    let first = 0;
    for (const index of chosen) first += pooled[index]!;
    if (differenceOf(first) >= limit) count++;
    let i = n - 1;
    while (i >= 0 && chosen[i] === size - n + i) i--;
    if (i < 0) break;
    chosen[i] = chosen[i]! + 1;
    for (let j = i + 1; j < n; j++) chosen[j] = chosen[j - 1]! + 1;
  }
  return { statistic, count, total, pValue: count / total };
}
