import { SynthproofError } from '../errors.ts';
import type { Measure } from '../types.ts';
import { noFigure } from './internal-check.ts';
import { requireOrder, rootWeights, vendiOf } from './internal-vendi.ts';

/** Options of {@link vendiScore} and {@link vendiScoreFromVectors}. */
export interface VendiOptions {
  /** Order q of the entropy, from 0 to Infinity: small orders weigh rare kinds more. Default 1 (Shannon). */
  readonly order?: number | undefined;
  /** Weight of each item, 0 and up, brought to sum 1. Default: equal. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Vendi score of a similarity matrix: the effective number of different items, exp of the entropy of the eigenvalues of
 * the weighted matrix. 1 = all alike, n = all different; larger is more diverse.
 *
 * Order q: (sum of lambda^q)^(1 / (1 - q)); order 1 is its limit, order Infinity 1 / largest eigenvalue. Eigenvalues by
 * Jacobi rotations, the same bits on every engine; about 2 s for n = 500. Order 2 needs none and takes any n.
 * Source: Friedman and Dieng 2023; Pasarkar and Dieng 2024 for the orders.
 *
 * @param similarity - n * n similarities row by row, symmetric and positive semi-definite, ones on the diagonal.
 * @param options - See {@link VendiOptions}.
 * @returns A measure; n = number of items. Null with `EMPTY_INPUT` for none.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER`, `BAD_VALUE` for a diagonal that is not one or weights
 * without mass, `OUT_OF_RANGE` for a bad order or more than 1,024 items at another order than 2.
 * @example
 * vendiScore([1, 0, 0, 1]).value; // => 2
 * vendiScore([1, 1, 1, 1]).value; // => 1
 */
export function vendiScore(similarity: ArrayLike<number>, options: VendiOptions = {}): Measure {
  const { order = 1 } = options;
  requireOrder(order);
  const n = Math.round(Math.sqrt(similarity.length));
  if (n * n !== similarity.length)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `similarity: expected n * n entries, received ${similarity.length}, which is no square`,
      { argument: 'similarity' },
    );
  if (n === 0) return noFigure('vendi-score', 'EMPTY_INPUT', [1, null], 'maximize', 0);
  for (let i = 0; i < n; i++)
    if (!(Math.abs(similarity[i * n + i]! - 1) <= 1e-6))
      throw new SynthproofError(
        'BAD_VALUE',
        `similarity: expected 1 on the diagonal, received ${similarity[i * n + i]} at (${i}, ${i})`,
        { argument: 'similarity' },
      );
  const roots = rootWeights(n, options.weights);
  const scaled = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) scaled[i * n + j] = similarity[i * n + j]! * roots[i]! * roots[j]!;
  return vendiOf(scaled, n, order, n);
}
