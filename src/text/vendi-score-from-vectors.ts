import { SynthproofError } from '../errors.ts';
import type { Measure } from '../types.ts';
import { noFigure } from './internal-check.ts';
import { requireOrder, rootWeights, vendiOf } from './internal-vendi.ts';
import type { VendiOptions } from './vendi-score.ts';

/**
 * Vendi score of vectors under the cosine similarity: the same figure as {@link vendiScore} of their cosines, from the
 * eigenvalues of whichever is smaller, the matrix of items or that of dimensions.
 *
 * @param vectors - One vector per item, all of one length; a vector of zeros is like nothing, not even itself, and is refused.
 * @param options - See {@link VendiOptions}.
 * @returns A measure; n = number of items. Null with `EMPTY_INPUT` for none.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER`, `BAD_VALUE` for a vector of zeros or weights without
 * mass, `OUT_OF_RANGE` for a bad order or more than 1,024 items and dimensions at another order than 2.
 * @example
 * vendiScoreFromVectors([[1, 0], [0, 3], [0, 1]], { order: 2 }).value; // => 1.8
 */
export function vendiScoreFromVectors(vectors: readonly ArrayLike<number>[], options: VendiOptions = {}): Measure {
  const { order = 1 } = options;
  requireOrder(order);
  const n = vectors.length;
  if (n === 0) return noFigure('vendi-score', 'EMPTY_INPUT', [1, null], 'maximize', 0);
  const width = vectors[0]!.length;
  const roots = rootWeights(n, options.weights);
  const rows = new Float64Array(n * width);
  vectors.forEach((vector, i) => {
    if (vector.length !== width)
      throw new SynthproofError(
        'LENGTH_MISMATCH',
        `vectors[${i}]: expected ${width} parts, received ${vector.length}`,
        {
          argument: 'vectors',
          row: i,
        },
      );
    let largest = 0;
    for (let j = 0; j < width; j++) {
      if (!Number.isFinite(vector[j]!))
        throw new SynthproofError(
          'BAD_NUMBER',
          `vectors[${i}][${j}]: expected a finite number, received ${vector[j]}`,
          {
            argument: 'vectors',
            row: i,
          },
        );
      largest = Math.max(largest, Math.abs(vector[j]!));
    }
    if (largest === 0)
      throw new SynthproofError('BAD_VALUE', `vectors[${i}]: expected a direction, received only zeros`, {
        argument: 'vectors',
        row: i,
      });
    // Divided by the largest part first, so that squares neither overflow nor vanish.
    let squares = 0;
    for (let j = 0; j < width; j++) squares += (vector[j]! / largest) * (vector[j]! / largest);
    const norm = Math.sqrt(squares);
    for (let j = 0; j < width; j++) rows[i * width + j] = (vector[j]! / largest / norm) * roots[i]!;
  });
  return width < n ? vendiOf(inner(rows, n, width), width, order, n) : vendiOf(outer(rows, n, width), n, order, n);
}

/** Products of columns. */
function inner(rows: Float64Array, n: number, width: number): Float64Array {
  const matrix = new Float64Array(width * width);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < width; j++) {
      const part = rows[i * width + j]!;
      for (let k = 0; k < width; k++) matrix[j * width + k]! += part * rows[i * width + k]!;
    }
  return matrix;
}

/** Products of rows. */
function outer(rows: Float64Array, n: number, width: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += rows[i * width + k]! * rows[j * width + k]!;
      matrix[i * n + j] = sum;
      matrix[j * n + i] = sum;
    }
  return matrix;
}
