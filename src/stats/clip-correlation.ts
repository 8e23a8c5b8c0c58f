import { SynthproofError } from '../errors.ts';
import { symmetricEigen } from '../math/symmetric-eigen.ts';

/** Options of {@link clipCorrelation}. */
export interface ClipCorrelationOptions {
  /** Least eigenvalue before the diagonal is set back to 1; above 0. Default 1e-15. */
  readonly floor?: number | undefined;
}

/** Result of {@link clipCorrelation}. */
export interface ClipCorrelationResult {
  /** The matrix, n * n entries row by row, diagonal exactly 1. */
  readonly matrix: Float64Array;
  /** Eigenvalues that were below the floor and were lifted; 0 when the matrix came back as it was. */
  readonly lifted: number;
  /** Largest change of an entry. */
  readonly largestChange: number;
}

/**
 * Makes a symmetric matrix a correlation matrix: eigenvalues below the floor are lifted to it, then rows and columns are
 * scaled to a unit diagonal. Quick and near, not the nearest (Higham 2002 iterates for that).
 *
 * Pairwise estimates need not fit together; {@link cholesky} wants a matrix that does, with a floor of about 1e-8.
 *
 * @param matrix - n * n entries, row by row, symmetric.
 * @param options - See {@link ClipCorrelationOptions}.
 * @returns See {@link ClipCorrelationResult}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER`, `BAD_VALUE` when not symmetric, `OUT_OF_RANGE`.
 * @example
 * clipCorrelation([1, 0.5, 0.5, 1]).lifted; // => 0
 * clipCorrelation([1, 2, 2, 1]).lifted; // => 1
 */
export function clipCorrelation(
  matrix: ArrayLike<number>,
  options: ClipCorrelationOptions = {},
): ClipCorrelationResult {
  const { floor = 1e-15 } = options;
  if (!(floor > 0 && floor < 1)) {
    throw new SynthproofError('OUT_OF_RANGE', `floor: expected a number between 0 and 1, received ${floor}`, {
      argument: 'floor',
    });
  }
  const { values, vectors } = symmetricEigen(matrix);
  const n = values.length;
  let lifted = 0;
  for (let k = 0; k < n; k++) {
    if (values[k]! >= floor) continue;
    values[k] = floor;
    lifted++;
  }
  const out = Float64Array.from(matrix);
  if (lifted > 0) rebuild(out, values, vectors);
  const spread = Float64Array.from({ length: n }, (_, i) => Math.sqrt(out[i * n + i]!));
  let largestChange = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = i === j ? 1 : Math.max(-1, Math.min(1, out[i * n + j]! / (spread[i]! * spread[j]!)));
      largestChange = Math.max(largestChange, Math.abs(value - matrix[i * n + j]!));
      out[i * n + j] = value;
    }
  }
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) out[i * n + j] = out[j * n + i]!;
  return { matrix: out, lifted, largestChange };
}

/** V diag(values) V'. */
function rebuild(out: Float64Array, values: Float64Array, vectors: Float64Array): void {
  const n = values.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let total = 0;
      for (let k = 0; k < n; k++) total += vectors[i * n + k]! * values[k]! * vectors[j * n + k]!;
      out[i * n + j] = total;
    }
  }
}
