import { SynthproofError } from '../errors.ts';

/** Bins of a column of numbers, made without any key. */
export interface QuantileBins {
  /** Inner edges, ascending, at most `base - 1`. A value's bin is the number of edges strictly below it. */
  readonly edges: Float64Array;
  /** Mean of the cumulative shares at both ends of each bin, 0 to 1, one more than there are edges. */
  readonly midRanks: Float64Array;
}

/**
 * Quantile bins whose edges lie between values that occur, never on one.
 *
 * For k = 1 .. base-1 the k/base quantile by the inverted-CDF rule; the edge is midway between the last value at or
 * below it and the next distinct value. Repeated edges and edges past the end are left out, so a column with many
 * ties gets fewer bins. A copy rounded a little keeps its bins.
 *
 * @param values - Numbers without NaN, any order, at least one; not changed.
 * @param base - Wanted number of bins, 2 to 4096.
 * @returns Edges and mid-ranks.
 * @throws {@link SynthproofError} `EMPTY_INPUT` when there is no value; `OUT_OF_RANGE` for the base; `BAD_NUMBER` at NaN.
 * @example
 * Array.from(quantileBins([1, 2, 2, 3], 4).edges); // => [1.5, 2.5]
 */
export function quantileBins(values: ArrayLike<number>, base: number): QuantileBins {
  const n = values.length;
  if (n === 0) throw new SynthproofError('EMPTY_INPUT', 'values: expected at least one number', { argument: 'values' });
  if (!Number.isInteger(base) || base < 2 || base > 4096)
    throw new SynthproofError('OUT_OF_RANGE', `base: expected a whole number from 2 to 4096, received ${base}`, {
      argument: 'base',
    });
  const sorted = Float64Array.from(values).sort();
  if (Number.isNaN(sorted[n - 1]!))
    throw new SynthproofError('BAD_NUMBER', 'values: expected numbers, received NaN; leave missing rows out', {
      argument: 'values',
    });
  const edges: number[] = [];
  let next = 0;
  for (let k = 1; k < base; k++) {
    // Inverted CDF: the smallest value with at least k/base of all at or below it.
    const quantile = sorted[Math.max(0, Math.ceil((n * k) / base) - 1)]!;
    while (next < n && sorted[next]! <= quantile) next++;
    if (next === n) break;
    const edge = midway(quantile, sorted[next]!);
    if (edges.length === 0 || edge > edges[edges.length - 1]!) edges.push(edge);
  }
  const midRanks = new Float64Array(edges.length + 1);
  let below = 0;
  for (let bin = 0; bin <= edges.length; bin++) {
    let upTo = below;
    if (bin === edges.length) upTo = n;
    else while (sorted[upTo]! <= edges[bin]!) upTo++;
    midRanks[bin] = (below / n + upTo / n) / 2;
    below = upTo;
  }
  return { edges: Float64Array.from(edges), midRanks };
}

/** A point in [lower, upper) that is the mean where that is finite and apart from `upper`. */
function midway(lower: number, upper: number): number {
  const sum = lower + upper;
  const mean = Number.isFinite(sum) ? sum / 2 : lower / 2 + upper / 2;
  return mean >= lower && mean < upper ? mean : lower;
}
