import { SynthproofError } from '../errors.ts';
import { exp, log, pow, symmetricEigen } from '../math/index.ts';
import type { Measure } from '../types.ts';
import { figure, requireWhole } from './internal-check.ts';

/** Largest matrix whose eigenvalues are computed; order 2 needs none. */
const MOST_EIGEN = 1024;

/** Refuses an order below 0. */
export function requireOrder(order: number): void {
  if (!(order >= 0))
    throw new SynthproofError('OUT_OF_RANGE', `order: expected a number from 0, received ${String(order)}`, {
      argument: 'order',
    });
}

/** Square roots of the weights brought to sum 1. */
export function rootWeights(n: number, weights: ArrayLike<number> | undefined): Float64Array {
  if (weights === undefined) return new Float64Array(n).fill(Math.sqrt(1 / n));
  if (weights.length !== n)
    throw new SynthproofError('LENGTH_MISMATCH', `weights: expected ${n}, received ${weights.length}`, {
      argument: 'weights',
    });
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Number.POSITIVE_INFINITY))
      throw new SynthproofError(
        'BAD_NUMBER',
        `weights[${i}]: expected a finite number from 0, received ${weights[i]}`,
        { argument: 'weights', row: i },
      );
    total += weights[i]!;
  }
  if (!(total > 0 && total < Number.POSITIVE_INFINITY))
    throw new SynthproofError('BAD_VALUE', `weights: expected a positive finite sum, received ${total}`, {
      argument: 'weights',
    });
  return Float64Array.from({ length: n }, (_, i) => Math.sqrt(weights[i]! / total));
}

/** The score from a matrix of trace 1. */
export function vendiOf(matrix: Float64Array, size: number, order: number, n: number): Measure {
  const value = order === 2 ? 1 / sumOfSquares(matrix) : fromEigenvalues(matrix, size, order);
  return figure('vendi-score', Math.min(n, Math.max(1, value)), [1, n], 'maximize', n);
}

function sumOfSquares(matrix: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < matrix.length; i++) sum += matrix[i]! * matrix[i]!;
  return sum;
}

function fromEigenvalues(matrix: Float64Array, size: number, order: number): number {
  requireWhole('number of items', size, 1, MOST_EIGEN);
  const { values } = symmetricEigen(matrix);
  if (order === Number.POSITIVE_INFINITY) return 1 / values[0]!;
  let sum = 0;
  for (const lambda of values) {
    // What is not told apart from zero at double precision is no kind of its own.
    if (lambda <= 1e-14) continue;
    sum += order === 1 ? -lambda * log(lambda) : pow(lambda, order);
  }
  return order === 1 ? exp(sum) : pow(sum, 1 / (1 - order));
}
