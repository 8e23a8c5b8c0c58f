import { SynthproofError } from '../errors.ts';
import { requireFiniteEntries, requireSquare } from './internal-matrix.ts';

/** Options of {@link solveTriangular}. */
export interface SolveTriangularOptions {
  /** Solve with the transpose, L' x = b. Default false. */
  readonly transposed?: boolean | undefined;
}

/**
 * Solves L x = b, or L' x = b, for a lower triangular matrix L, by substitution. With {@link cholesky} both steps solve
 * A x = b.
 *
 * @param lower - n * n entries, row by row; entries above the diagonal are not read.
 * @param rightSide - b, n numbers; not changed.
 * @param options - See {@link SolveTriangularOptions}.
 * @returns x, n numbers.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER`; `OUT_OF_RANGE` for a 0 on the diagonal.
 * @example
 * Array.from(solveTriangular([2, 0, 1, 4], [2, 9])); // => [1, 2]
 * Array.from(solveTriangular([2, 0, 1, 4], [4, 8], { transposed: true })); // => [1, 2]
 */
export function solveTriangular(
  lower: ArrayLike<number>,
  rightSide: ArrayLike<number>,
  options: SolveTriangularOptions = {},
): Float64Array {
  const n = requireSquare('lower', lower);
  if (rightSide.length !== n) {
    throw new SynthproofError('LENGTH_MISMATCH', `rightSide: expected ${n} numbers, received ${rightSide.length}`, {
      argument: 'rightSide',
    });
  }
  requireFiniteEntries('rightSide', rightSide);
  const x = Float64Array.from(rightSide);
  const backwards = options.transposed === true;
  for (let step = 0; step < n; step++) {
    const i = backwards ? n - 1 - step : step;
    let rest = x[i]!;
    if (backwards) for (let k = i + 1; k < n; k++) rest -= lower[k * n + i]! * x[k]!;
    else for (let k = 0; k < i; k++) rest -= lower[i * n + k]! * x[k]!;
    const pivot = lower[i * n + i]!;
    if (pivot === 0) {
      throw new SynthproofError('OUT_OF_RANGE', `lower: expected a diagonal without zeros, received 0 at row ${i}`, {
        argument: 'lower',
      });
    }
    x[i] = rest / pivot;
  }
  return x;
}
