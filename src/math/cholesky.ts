import { requireSquare } from './internal-matrix.ts';

/**
 * Cholesky factor of a symmetric positive definite matrix: the lower triangular L with L L' = A.
 *
 * Only the lower triangle of the matrix is read. Source: Golub and Van Loan, Matrix Computations, 4.2.5 (row by row).
 *
 * @param matrix - n * n entries, row by row.
 * @returns n * n entries of L, zeros above the diagonal; null when the matrix is not positive definite.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when the entries form no square, `BAD_NUMBER`.
 * @example
 * Array.from(cholesky([4, 2, 2, 5])); // => [2, 0, 1, 2]
 * cholesky([1, 2, 2, 1]); // => null
 */
export function cholesky(matrix: ArrayLike<number>): Float64Array | null {
  const n = requireSquare('matrix', matrix);
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= lower[i * n + k]! * lower[j * n + k]!;
      if (i !== j) lower[i * n + j] = rest / lower[j * n + j]!;
      else if (rest > 0) lower[i * n + i] = Math.sqrt(rest);
      else return null;
    }
  }
  return lower;
}
