import { createRng } from '../../random/create-rng.ts';
import { fillShuffled } from '../../random/fill-shuffled.ts';
import { checkWhole } from '../../stats/internal-options.ts';
import { permutationPValue } from '../../stats/permutation-p-value.ts';
import { presentPositions } from './internal-series.ts';

/** Options of {@link changePoint}. */
export interface ChangePointOptions {
  /** Seed of the random orders; any text. Default `change-point`. */
  readonly seed?: string | undefined;
  /** Random orders, 99 to 1e6. Default 999. Up to 7 values all orders are counted instead. */
  readonly permutations?: number | undefined;
}

/** Result of {@link changePoint}. */
export interface ChangePointResult {
  /** Position, in `values`, of the first value after the likeliest change; null below 4 values or when all are equal. */
  readonly at: number | null;
  /** Mean before it. */
  readonly before: number | null;
  /** Mean from it on. */
  readonly after: number | null;
  /** Permutation p-value of no change anywhere; null when there is none to test. */
  readonly pValue: number | null;
  /** Orders counted. */
  readonly arrangements: number;
  /** `exact` (all orders) or `permutation` (random ones). */
  readonly method: 'exact' | 'permutation';
  /** Why `at` is null: `TOO_FEW_VALUES` or `CONSTANT`. */
  readonly reason?: string | undefined;
}

/** Least values on either side: a single odd one at an end is no change of level. */
const SHORTEST = 2;

/** All orders of so many values are counted: 5,040. */
const MOST_EXACT = 7;

/**
 * Where the level of a series changed, and whether it did: the split whose two means differ most in standard errors,
 * against the same over rearranged orders. At least two values lie on either side.
 *
 * The p-value allows for the choice of the split. It holds when, without a change, the values come in random order; a
 * steady trend is also found (as a change near the middle), so look at {@link trendTest} beside it.
 *
 * @param values - The series in order; null where a value is missing.
 * @param options - See {@link ChangePointOptions}.
 * @returns See {@link ChangePointResult}.
 * @throws {@link SynthproofError} `BAD_NUMBER`, `OUT_OF_RANGE`.
 * @example
 * const change = changePoint([1, 2, 1, 8, 9, 8]);
 * change.at; // => 3
 * change.pValue; // => 0.1
 */
export function changePoint(values: readonly (number | null)[], options: ChangePointOptions = {}): ChangePointResult {
  const { seed = 'change-point', permutations = 999 } = options;
  checkWhole('permutations', permutations, 99, 1_000_000);
  const at = presentPositions(values);
  const n = at.length;
  const series = Float64Array.from(at, (i) => values[i]!);
  const none = { at: null, before: null, after: null, pValue: null, arrangements: 0, method: 'exact' as const };
  if (n < 4) return { ...none, reason: 'TOO_FEW_VALUES' };
  if (series.every((x) => x === series[0])) return { ...none, reason: 'CONSTANT' };
  // Differences from the mean over the largest: the statistic knows neither level nor unit.
  let mean = 0;
  for (let i = 0; i < n; i++) mean += series[i]! / n;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(series[i]! - mean));
  const work = Float64Array.from(series, (x) => (x - mean) / largest);
  const [observed, split] = bestSplit(work);
  const limit = observed - 1e-12 * observed;
  const exact = n <= MOST_EXACT;
  let arrangements = permutations;
  let exceed = 0;
  if (exact) {
    arrangements = 0;
    forEachOrder(work, n, () => {
      arrangements++;
      if (bestSplit(work)[0] >= limit) exceed++;
    });
  } else {
    const rng = createRng(seed).stream('changePoint/1');
    const order = new Int32Array(n);
    const mixed = new Float64Array(n);
    for (let draw = 0; draw < permutations; draw++) {
      for (let i = 0; i < n; i++) order[i] = i;
      fillShuffled(order, rng);
      for (let i = 0; i < n; i++) mixed[i] = work[order[i]!]!;
      if (bestSplit(mixed)[0] >= limit) exceed++;
    }
  }
  return {
    at: at[split]!,
    before: meanOf(series.subarray(0, split)),
    after: meanOf(series.subarray(split)),
    pValue: exact ? exceed / arrangements : permutationPValue(exceed, permutations),
    arrangements,
    method: exact ? 'exact' : 'permutation',
  };
}

function meanOf(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  return mean;
}

/** The largest standardised difference of means of values that sum to about 0, and the split (first of equals). */
function bestSplit(values: Float64Array): [number, number] {
  const n = values.length;
  let total = 0;
  for (let i = 0; i < n; i++) total += values[i]!;
  let best = -1;
  let split = SHORTEST;
  let part = 0;
  for (let k = 1; k <= n - SHORTEST; k++) {
    part += values[k - 1]!;
    if (k < SHORTEST) continue;
    const gap = part - (k / n) * total;
    const size = (gap * gap * n) / (k * (n - k));
    // A hair, so that splits equal but for rounding count as the first.
    if (size > best * (1 + 1e-12)) {
      best = size;
      split = k;
    }
  }
  return [best, split];
}

/** Calls `visit` for each order of the first n values (Heap 1963). */
function forEachOrder(values: Float64Array, n: number, visit: () => void): void {
  if (n === 1) {
    visit();
    return;
  }
  for (let i = 0; i < n; i++) {
    forEachOrder(values, n - 1, visit);
    const j = n % 2 === 0 ? i : 0;
    const kept = values[j]!;
    values[j] = values[n - 1]!;
    values[n - 1] = kept;
  }
}
