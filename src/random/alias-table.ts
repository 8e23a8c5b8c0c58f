import { SynthproofError } from '../errors.ts';
import { checkWeights } from './internal-check.ts';

/** A prepared categorical distribution: one cell per outcome, each shared with at most one other outcome. */
export interface AliasTable {
  /** `probability[i]`: chance that cell i gives outcome i. */
  readonly probability: Float64Array;
  /** `alias[i]`: the outcome that cell i gives otherwise. */
  readonly alias: Uint32Array;
}

/**
 * Prepares weights for {@link categorical}: Vose's alias method (1991), O(n) here and O(1) a draw.
 *
 * @param weights - Finite, at least 0, with a total above 0; they need not sum to 1. At most 2^32 - 1 of them.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for a negative or non-finite weight; `EMPTY_INPUT` when none is above 0.
 * @example
 * const table = aliasTable([1, 0, 3]);
 * Array.from(table.probability); // => [0.75, 0, 1]
 */
export function aliasTable(weights: ArrayLike<number>): AliasTable {
  const total = checkWeights('weights', weights)[0]!;
  const n = weights.length;
  if (n > 4294967295)
    throw new SynthproofError('OUT_OF_RANGE', 'weights: expected at most 2^32 - 1 weights', { argument: 'weights' });
  const probability = new Float64Array(n);
  const alias = new Uint32Array(n);
  // One work list filled from both ends: cells below 1 from the left, the others from the right.
  const work = new Uint32Array(n);
  let small = 0;
  let large = n;
  for (let i = 0; i < n; i++) {
    probability[i] = (weights[i]! / total) * n;
    alias[i] = i;
    if (probability[i]! < 1) work[small++] = i;
    else work[--large] = i;
  }
  while (small > 0 && large < n) {
    const low = work[--small]!;
    const high = work[large]!;
    alias[low] = high;
    // What the high cell keeps after topping up the low one.
    const kept = probability[high]! - (1 - probability[low]!);
    probability[high] = kept;
    if (kept < 1) {
      large++;
      work[small++] = high;
    }
  }
  // Rounding may leave cells on either side: they are full. A leftover cell of weight 0 must still never come, so it
  // goes to the heaviest outcome, whose share moves by no more than the rounding that left the cell over.
  while (large < n) probability[work[large++]!] = 1;
  while (small > 0) {
    const i = work[--small]!;
    if (weights[i]! > 0) probability[i] = 1;
    else alias[i] = heaviest(weights);
  }
  return { probability, alias };
}

function heaviest(weights: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < weights.length; i++) if (weights[i]! > weights[best]!) best = i;
  return best;
}
