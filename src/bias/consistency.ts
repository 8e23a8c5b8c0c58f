import { SynthproofError } from '../errors.ts';
import { checkWhole } from '../stats/internal-options.ts';
import type { JobOptions, Measure } from '../types.ts';
import { NeighbourSearch } from './internal-neighbours.ts';
import { rateOptions } from './internal-rates.ts';

/** Options of {@link consistency}. */
export interface ConsistencyOptions extends JobOptions {
  /** Neighbours of each row, the row itself among them. Default 5. */
  readonly neighbours?: number | undefined;
  /** Coverage of the interval. Default 0.95. */
  readonly level?: number | undefined;
}

/** Rows between two looks at the abort signal. */
const STEP = 256;

/**
 * Consistency: how much a row's outcome agrees with that of its nearest neighbours, 1 - mean |y - mean of neighbours|.
 * 0 to 1, 1 = like people are treated alike. Individual fairness: it sees no groups.
 *
 * Euclidean distance over the features as given (scale them first), each row counted among its own neighbours, ties by
 * row. Costs rows^2 x features at worst, usually far less.
 * Source: Zemel et al. 2013, section 5; as AIF360 computes it.
 *
 * @param features - One list per feature, one finite number per row.
 * @param outcomes - 0 or 1 (or any number in [0, 1]) per row.
 * @param options - See {@link ConsistencyOptions}.
 * @returns The figure. Its interval says how it varies when outcomes are drawn anew for the same rows, each with the rate of its
 * neighbourhood; its width rests on an upper bound of the variance (Efron & Stein 1981), since neighbourhoods overlap.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`, `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * consistency([[0, 0.1, 5, 5.1]], [1, 1, 0, 0], { neighbours: 2 }).value; // => 1
 * consistency([[0, 0.1, 5, 5.1]], [1, 0, 1, 0], { neighbours: 2 }).value; // => 0.5
 */
export function consistency(
  features: readonly ArrayLike<number>[],
  outcomes: ArrayLike<number>,
  options: ConsistencyOptions = {},
): Measure {
  const { neighbours = 5 } = options;
  const { level, z } = rateOptions({ level: options.level });
  const n = outcomes.length;
  if (n === 0 || features.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'features, outcomes: expected at least one feature and one row', {
      argument: 'features',
    });
  checkWhole('neighbours', neighbours, 1, n);
  const columns = features.map((feature, j) => checkedFeature(feature, n, j));
  const search = new NeighbourSearch(columns, neighbours);
  let total = 0;
  const near = new Int32Array(n * neighbours);
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (i % STEP === 0) {
      if (options.signal?.aborted)
        throw new SynthproofError('ABORTED', 'consistency: aborted by its signal; nothing was returned', {
          argument: 'signal',
        });
      options.onProgress?.({ stage: 'consistency', done: i, total: n });
    }
    let sum = 0;
    let at = i * neighbours;
    for (const j of search.nearest(i)) {
      near[at++] = j;
      sum += outcomes[j]!;
    }
    sums[i] = sum;
    total += Math.abs(outcomes[i]! - sum / neighbours);
  }
  const value = 1 - total / n;
  const half = (z * Math.sqrt(varianceBound(near, sums, outcomes, neighbours))) / n;
  return {
    metric: 'consistency',
    value,
    range: [0, 1],
    goal: 'maximize',
    n,
    interval: { lower: Math.max(0, value - half), upper: Math.min(1, value + half), level, method: 'efron-stein' },
  };
}

/** Sum over rows of p (1 - p) times the squared change of the total when the row's outcome turns over. */
function varianceBound(near: Int32Array, sums: Float64Array, outcomes: ArrayLike<number>, neighbours: number): number {
  const n = sums.length;
  const turned = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const y = outcomes[i]!;
    const before = Math.abs(y - sums[i]! / neighbours);
    let own = 0;
    for (let k = i * neighbours; k < (i + 1) * neighbours; k++) {
      const j = near[k]!;
      if (j === i) own++;
      else turned[j]! += Math.abs(y - (sums[i]! + 1 - 2 * outcomes[j]!) / neighbours) - before;
    }
    turned[i]! += Math.abs(1 - y - (sums[i]! + own * (1 - 2 * y)) / neighbours) - before;
  }
  let bound = 0;
  for (let i = 0; i < n; i++) {
    const p = (sums[i]! + 1) / (neighbours + 2);
    bound += p * (1 - p) * turned[i]! * turned[i]!;
  }
  return bound;
}

function checkedFeature(feature: ArrayLike<number>, n: number, j: number): Float64Array {
  if (feature.length !== n)
    throw new SynthproofError('LENGTH_MISMATCH', `features[${j}]: expected ${n} numbers, received ${feature.length}`, {
      argument: 'features',
    });
  for (let i = 0; i < n; i++)
    if (!Number.isFinite(feature[i]!))
      throw new SynthproofError(
        'BAD_NUMBER',
        `features[${j}], row ${i}: expected a finite number, received ${feature[i]}; leave the row out or fill the cell first`,
        { argument: 'features', row: i },
      );
  return Float64Array.from(feature);
}
