import { symmetricEigen } from '../../math/symmetric-eigen.ts';
import { meanAndCovariance, vectorBlock } from './internal-vectors.ts';

/**
 * Frechet distance of two sets of vectors, each taken as a normal distribution: the figure that "FID" computes on image
 * embeddings.
 *
 * Squared distance of the means plus tr(A + B - 2 (A B)^(1/2)) with the sample covariances A and B (divisor n - 1); 0 for
 * equal means and covariances, smaller is nearer, in squared units of the vectors. Grows as n shrinks: compare sets of
 * like size. The trace of the root comes from the eigenvalues of A^(1/2) B A^(1/2); good to about 1e-7 of the largest
 * variance when a covariance is singular, else near double precision. Source: Dowson and Landau 1982.
 *
 * @param x - Vectors of one length; at least two.
 * @param y - Vectors of the same length; at least two.
 * @returns The distance (a square: no root is taken), 0 or more.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`.
 * @example
 * frechetDistance([[0], [2]], [[3], [5]]); // => 9
 */
export function frechetDistance(x: readonly ArrayLike<number>[], y: readonly ArrayLike<number>[]): number {
  const blockX = vectorBlock('x', x, 2);
  const { width } = blockX;
  const a = meanAndCovariance(blockX);
  const b = meanAndCovariance(vectorBlock('y', y, 2, width));
  let distance = 0;
  for (let k = 0; k < width; k++) {
    const d = a.mean[k]! - b.mean[k]!;
    distance += d * d + a.covariance[k * width + k]! + b.covariance[k * width + k]!;
  }
  const { values } = symmetricEigen(between(rootOf(a.covariance, width), b.covariance, width));
  // Rounding leaves tiny eigenvalues where there are none; their roots would not be tiny.
  const floor = values[0]! * width * 2.3e-16;
  for (const value of values) if (value > floor) distance -= 2 * Math.sqrt(value);
  return Math.max(0, distance);
}

/** The symmetric root of a covariance. */
function rootOf(covariance: Float64Array, width: number): Float64Array {
  const { values, vectors } = symmetricEigen(covariance);
  const floor = values[0]! * width * 2.3e-16;
  const root = new Float64Array(width * width);
  for (let e = 0; e < width; e++) {
    if (!(values[e]! > floor)) continue;
    const scale = Math.sqrt(values[e]!);
    for (let i = 0; i < width; i++) {
      const part = scale * vectors[i * width + e]!;
      for (let j = 0; j < width; j++) root[i * width + j]! += part * vectors[j * width + e]!;
    }
  }
  return root;
}

/** root * inner * root, made symmetric. */
function between(root: Float64Array, inner: Float64Array, width: number): Float64Array {
  const product = multiply(multiply(root, inner, width), root, width);
  for (let i = 0; i < width; i++)
    for (let j = 0; j < i; j++) {
      const mean = (product[i * width + j]! + product[j * width + i]!) / 2;
      product[i * width + j] = mean;
      product[j * width + i] = mean;
    }
  return product;
}

function multiply(a: Float64Array, b: Float64Array, width: number): Float64Array {
  const out = new Float64Array(width * width);
  for (let i = 0; i < width; i++)
    for (let k = 0; k < width; k++) {
      const part = a[i * width + k]!;
      for (let j = 0; j < width; j++) out[i * width + j]! += part * b[k * width + j]!;
    }
  return out;
}
