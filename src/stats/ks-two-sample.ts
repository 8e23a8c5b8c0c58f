import { requireFinite, requireLength } from './internal-check.ts';
import { ksOneSampleTail } from './internal-ks.ts';
import { sortedCopy } from './internal-order.ts';

/** Options of {@link ksTwoSample}. */
export interface KsTwoSampleOptions {
  /** `exact` counts arrangements (work grows as n times m), `asymptotic` uses the one-sample distribution at the
   * effective size; `auto` is exact up to n m = 4e6. Default `auto`. */
  readonly method?: 'exact' | 'asymptotic' | 'auto' | undefined;
  /**
   * What the exact method does with tied values. `conditional`: the exact p-value given the ties. `ignore`: as if all
   * values differed, which is conservative under ties and is what scipy reports. Default `conditional`.
   */
  readonly ties?: 'conditional' | 'ignore' | undefined;
}

/** Result of {@link ksTwoSample}. */
export interface KsTwoSampleResult {
  /** Largest distance of the empirical distribution functions, 0 to 1. */
  readonly statistic: number;
  /** Two-sided p-value. */
  readonly pValue: number;
  /** Method that was used. */
  readonly method: 'exact' | 'asymptotic';
}

const EXACT_LIMIT = 4_000_000;

/**
 * Two-sample Kolmogorov-Smirnov test, two-sided.
 *
 * Exact: the chance that a random arrangement of the pooled sample reaches the observed distance, by a recursion over
 * the lattice of positive terms, so that small p-values keep their precision; under ties only positions between
 * different values count. Asymptotic: the one-sample distribution at size n m / (n + m), rounded.
 *
 * @param a - Finite numbers.
 * @param b - Finite numbers.
 * @param options - See {@link KsTwoSampleOptions}.
 * @returns See {@link KsTwoSampleResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`.
 * @example
 * ksTwoSample([1, 2, 3], [4, 5, 6]).pValue; // => 0.1
 */
export function ksTwoSample(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: KsTwoSampleOptions = {},
): KsTwoSampleResult {
  const { method = 'auto', ties = 'conditional' } = options;
  requireLength('a', a.length, 1);
  requireLength('b', b.length, 1);
  requireFinite('a', a);
  requireFinite('b', b);
  const x = sortedCopy(a);
  const y = sortedCopy(b);
  const n = x.length;
  const m = y.length;
  // borders[k] is 1 when the k-th and the next pooled value differ, so that the distance counts there.
  const borders = new Uint8Array(n + m + 1).fill(ties === 'ignore' ? 1 : 0);
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < n || j < m) {
    const value = j >= m || (i < n && x[i]! < y[j]!) ? x[i]! : y[j]!;
    while (i < n && x[i]! === value) i++;
    while (j < m && y[j]! === value) j++;
    borders[i + j] = 1;
    largest = Math.max(largest, Math.abs(i * m - j * n));
  }
  const statistic = largest / n / m;
  const exact = method === 'exact' || (method === 'auto' && n * m <= EXACT_LIMIT);
  if (exact) return { statistic, pValue: latticeTail(n, m, largest, borders), method: 'exact' };
  const effective = Math.round((n * m) / (n + m));
  return { statistic, pValue: ksOneSampleTail(Math.max(1, effective), statistic), method: 'asymptotic' };
}

/** Chance that |i m - j n| reaches the goal at a border on a random lattice path from (0, 0) to (n, m). */
function latticeTail(n: number, m: number, goal: number, borders: Uint8Array): number {
  if (goal === 0) return 1;
  // reached[j]: chance that a random path to (i, j) has reached the goal.
  const reached = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      const steps = i + j;
      if (borders[steps] === 1 && Math.abs(i * m - j * n) >= goal) reached[j] = 1;
      else if (steps === 0) reached[j] = 0;
      else {
        const fromLeft = i === 0 ? 0 : (i * reached[j]!) / steps;
        const fromBelow = j === 0 ? 0 : (j * reached[j - 1]!) / steps;
        reached[j] = fromLeft + fromBelow;
      }
    }
  }
  return Math.min(1, reached[m]!);
}
