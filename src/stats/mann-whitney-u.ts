import { normalUpperTail } from '../math/index.ts';
import { requireLength } from './internal-check.ts';
import { midRanks } from './mid-ranks.ts';

/** Options of {@link mannWhitneyU}. */
export interface MannWhitneyUOptions {
  /** Half a rank is taken off the deviation. Default true. */
  readonly continuity?: boolean | undefined;
}

/** Result of {@link mannWhitneyU}. */
export interface MannWhitneyUResult {
  /** U of the first sample: pairs in which it is larger, ties counting half. */
  readonly u: number;
  /** U / (n m): the chance that a value of the first sample is larger, ties counting half; 0.5 = no difference. */
  readonly auc: number;
  /** Normal deviate with tie correction; null when all values are equal. */
  readonly z: number | null;
  /** Two-sided p-value of the normal approximation; 1 when all values are equal. */
  readonly pValue: number;
}

/**
 * Mann-Whitney (Wilcoxon rank-sum) test, two-sided, normal approximation with tie correction.
 *
 * @param a - Finite numbers.
 * @param b - Finite numbers.
 * @param options - See {@link MannWhitneyUOptions}.
 * @returns See {@link MannWhitneyUResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`.
 * @example
 * mannWhitneyU([1, 2, 3], [4, 5, 6]).auc; // => 0
 */
export function mannWhitneyU(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: MannWhitneyUOptions = {},
): MannWhitneyUResult {
  requireLength('a', a.length, 1);
  requireLength('b', b.length, 1);
  const n = a.length;
  const m = b.length;
  const pooled = new Float64Array(n + m);
  for (let i = 0; i < n; i++) pooled[i] = a[i]!;
  for (let i = 0; i < m; i++) pooled[n + i] = b[i]!;
  const ranks = midRanks(pooled);
  let rankSum = 0;
  for (let i = 0; i < n; i++) rankSum += ranks[i]!;
  const u = rankSum - (n * (n + 1)) / 2;
  const mean = (n * m) / 2;
  const total = n + m;
  const spread = ((n * m) / 12) * (total + 1 - tieTerm(ranks) / (total * (total - 1)));
  if (!(spread > 0)) return { u, auc: u / (n * m), z: null, pValue: 1 };
  const deviation = Math.max(0, Math.abs(u - mean) - (options.continuity === false ? 0 : 0.5));
  const size = deviation / Math.sqrt(spread);
  return { u, auc: u / (n * m), z: u < mean ? -size : size, pValue: Math.min(1, 2 * normalUpperTail(size)) };
}

/** Sum of t^3 - t over groups of tied ranks. */
function tieTerm(ranks: Float64Array): number {
  const sorted = ranks.slice().sort();
  let sum = 0;
  for (let i = 0; i < sorted.length; ) {
    let j = i + 1;
    while (j < sorted.length && sorted[j] === sorted[i]) j++;
    const t = j - i;
    sum += t * t * t - t;
    i = j;
  }
  return sum;
}
