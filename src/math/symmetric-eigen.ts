import { SynthproofError } from '../errors.ts';
import { requireSquare } from './internal-matrix.ts';

/** Result of {@link symmetricEigen}. */
export interface SymmetricEigen {
  /** Eigenvalues, falling. */
  readonly values: Float64Array;
  /** Eigenvectors as columns in the same order, n * n entries row by row: entry (i, k) is part i of vector k. */
  readonly vectors: Float64Array;
}

/** Rounds of sweeps allowed; convergence is quadratic and takes about ten. */
const MOST_SWEEPS = 60;

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix, by cyclic Jacobi rotations.
 *
 * Accurate to a few units in the last place of the largest eigenvalue, the same bits on every engine; meant for the
 * tens or few hundreds of columns of a table. Each vector's largest part (first of equals) is positive. Source: Golub
 * and Van Loan, Matrix Computations, 8.5.
 *
 * @param matrix - n * n entries, row by row, equal across the diagonal to 1e-12 of the largest entry.
 * @returns See {@link SymmetricEigen}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when the entries form no square, `BAD_NUMBER`, `BAD_VALUE` when the
 * matrix is not symmetric.
 * @example
 * Array.from(symmetricEigen([2, 0, 0, 3]).values); // => [3, 2]
 */
export function symmetricEigen(matrix: ArrayLike<number>): SymmetricEigen {
  const n = requireSquare('matrix', matrix);
  // Scaled by a power of two near the largest entry, so that squares neither overflow nor vanish.
  const scale = powerNear(matrix);
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const here = matrix[i * n + j]! / scale;
      const across = matrix[j * n + i]! / scale;
      if (!(Math.abs(here - across) <= 4e-12)) {
        throw new SynthproofError(
          'BAD_VALUE',
          `matrix: expected a symmetric matrix, received ${matrix[i * n + j]} at (${i}, ${j}) and ${matrix[j * n + i]} across`,
          { argument: 'matrix' },
        );
      }
      a[i * n + j] = (here + across) / 2;
    }
  }
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) if (rotate(a, v, n, p, q)) turned = true;
    }
    if (!turned) break;
  }
  return sorted(a, v, n, scale);
}

/** Rotates rows and columns p and q so that entry (p, q) vanishes; false when it is nothing beside the diagonal. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): boolean {
  const apq = a[p * n + q]!;
  const app = a[p * n + p]!;
  const aqq = a[q * n + q]!;
  const size = Math.abs(apq);
  if (size === 0) return false;
  if (Math.abs(app) + size === Math.abs(app) && Math.abs(aqq) + size === Math.abs(aqq)) {
    a[p * n + q] = 0;
    a[q * n + p] = 0;
    return false;
  }
  // The smaller root of t^2 + 2 theta t - 1 = 0 keeps the rotation below 45 degrees.
  const theta = (aqq - app) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p]!;
    const kq = a[k * n + q]!;
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const pk = a[p * n + k]!;
    const qk = a[q * n + k]!;
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
  }
  a[p * n + p] = app - t * apq;
  a[q * n + q] = aqq + t * apq;
  a[p * n + q] = 0;
  a[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    const kp = v[k * n + p]!;
    const kq = v[k * n + q]!;
    v[k * n + p] = c * kp - s * kq;
    v[k * n + q] = s * kp + c * kq;
  }
  return true;
}

/** Falling eigenvalues with their vectors, signs fixed. */
function sorted(a: Float64Array, v: Float64Array, n: number, scale: number): SymmetricEigen {
  const order = Array.from({ length: n }, (_, i) => i);
  order.sort((i, j) => a[j * n + j]! - a[i * n + i]! || i - j);
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const column = order[k]!;
    values[k] = a[column * n + column]! * scale;
    let largest = 0;
    for (let i = 0; i < n; i++) if (Math.abs(v[i * n + column]!) > Math.abs(v[largest * n + column]!)) largest = i;
    const sign = v[largest * n + column]! < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) vectors[i * n + k] = sign * v[i * n + column]!;
  }
  return { values, vectors };
}

/** A power of two within a factor 2 of the largest entry; 1 for a zero matrix. */
function powerNear(matrix: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < matrix.length; i++) largest = Math.max(largest, Math.abs(matrix[i]!));
  if (largest === 0) return 1;
  let scale = 1;
  while (scale < largest) scale *= 2;
  while (scale > 2 * largest) scale /= 2;
  return scale === Infinity ? 8.98846567431158e307 : scale;
}
