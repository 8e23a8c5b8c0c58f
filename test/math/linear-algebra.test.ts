import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cholesky, normalCdf, solveTriangular, symmetricEigen, truncatedNormalQuantile } from '../../src/math/index.ts';

const code = (name: string) => expect.objectContaining({ code: name });

/** A B' of two row-by-row square matrices. */
function timesTransposed(a: ArrayLike<number>, b: ArrayLike<number>, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) out[i * n + j]! += a[i * n + k]! * b[j * n + k]!;
  return out;
}

const square = fc
  .integer({ min: 1, max: 7 })
  .chain((n) =>
    fc
      .array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: n * n, maxLength: n * n })
      .map((m) => ({ n, m })),
  );

const largest = (values: ArrayLike<number>): number => Math.max(...Array.from(values, Math.abs), 0);

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThanOrEqual(tolerance);
}

describe('cholesky', () => {
  test('known answers', () => {
    expect(Array.from(cholesky([4, 12, -16, 12, 37, -43, -16, -43, 98])!)).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
    expect(Array.from(cholesky([9])!)).toEqual([3]);
    // The upper triangle is not read.
    expect(Array.from(cholesky([4, 99, 2, 5])!)).toEqual([2, 0, 1, 2]);
  });
  test('null unless positive definite', () => {
    expect(cholesky([0])).toBeNull();
    expect(cholesky([-1])).toBeNull();
    expect(cholesky([1, 1, 1, 1])).toBeNull();
    expect(cholesky([1, 0, 0, 0, 1, 2, 0, 2, 1])).toBeNull();
  });
  test('L L-transposed gives the matrix back, and substitution solves', () => {
    fc.assert(
      fc.property(square, ({ n, m }) => {
        const matrix = timesTransposed(m, m, n);
        for (let i = 0; i < n; i++) matrix[i * n + i]! += 0.5;
        const before = matrix.slice();
        const lower = cholesky(matrix)!;
        expect(matrix).toEqual(before);
        expectNear(timesTransposed(lower, lower, n), matrix, 1e-12 * (1 + largest(matrix)));
        const b = Float64Array.from({ length: n }, (_, i) => i - 1.5);
        const x = solveTriangular(lower, solveTriangular(lower, b), { transposed: true });
        const back = Float64Array.from(b, (_, i) => x.reduce((sum, value, j) => sum + matrix[i * n + j]! * value, 0));
        expectNear(back, b, 1e-9 * (1 + largest(matrix)) * (1 + largest(x)));
      }),
    );
  });
  test('hostile inputs', () => {
    expect(() => cholesky([])).toThrow(code('LENGTH_MISMATCH'));
    expect(() => cholesky([1, 2, 3])).toThrow(code('LENGTH_MISMATCH'));
    expect(() => cholesky([Number.NaN])).toThrow(code('BAD_NUMBER'));
    expect(() => solveTriangular([1, 0, 1, 0], [1, 1])).toThrow(code('OUT_OF_RANGE'));
    expect(() => solveTriangular([1], [1, 1])).toThrow(code('LENGTH_MISMATCH'));
    expect(() => solveTriangular([1], [Infinity])).toThrow(code('BAD_NUMBER'));
  });
});

describe('symmetricEigen', () => {
  test('known answers', () => {
    expect(Array.from(symmetricEigen([2, 1, 1, 2]).values)).toEqual([3, 1]);
    expectNear(symmetricEigen([0, 1, 1, 0]).values, [1, -1], 1e-15);
    const { values, vectors } = symmetricEigen([2, -1, 0, -1, 2, -1, 0, -1, 2]);
    expectNear(values, [2 + Math.SQRT2, 2, 2 - Math.SQRT2], 1e-14);
    expectNear(
      vectors,
      [0.5, -Math.SQRT1_2, 0.5, -Math.SQRT1_2, 0, Math.SQRT1_2, 0.5, Math.SQRT1_2, 0.5].map(Math.abs),
      2,
    );
    expectNear([vectors[1]!, vectors[4]!, vectors[7]!].map(Math.abs), [Math.SQRT1_2, 0, Math.SQRT1_2], 1e-14);
    expect(Array.from(symmetricEigen(new Float64Array(9)).values)).toEqual([0, 0, 0]);
    expect(Array.from(symmetricEigen([-7]).values)).toEqual([-7]);
    // Hilbert matrix of order 3 (values to 15 digits by 40-digit arithmetic).
    expectNear(
      symmetricEigen([1, 1 / 2, 1 / 3, 1 / 2, 1 / 3, 1 / 4, 1 / 3, 1 / 4, 1 / 5]).values,
      [1.40831892712365, 0.122327065853906, 0.00268734035577349],
      1e-14,
    );
  });
  test('huge and tiny matrices', () => {
    expectNear(
      symmetricEigen([2e300, 1e300, 1e300, 2e300]).values.map((value) => value / 1e300),
      [3, 1],
      1e-14,
    );
    expectNear(
      symmetricEigen([2e-300, 1e-300, 1e-300, 2e-300]).values.map((value) => value * 1e300),
      [3, 1],
      1e-14,
    );
    expect(Array.from(symmetricEigen([5e-324]).values)).toEqual([5e-324]);
    expect(Array.from(symmetricEigen([Number.MAX_VALUE]).values)).toEqual([Number.MAX_VALUE]);
  });
  test('vectors are orthonormal and rebuild the matrix; values fall; signs are fixed', () => {
    fc.assert(
      fc.property(square, ({ n, m }) => {
        const matrix = Float64Array.from(m, (_, at) => m[at]! + m[(at % n) * n + Math.floor(at / n)]!);
        const { values, vectors } = symmetricEigen(matrix);
        const scaled = Float64Array.from(vectors, (value, at) => value * values[at % n]!);
        expectNear(timesTransposed(scaled, vectors, n), matrix, 1e-13 * n * (1 + largest(matrix)));
        const identity = Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
        expectNear(timesTransposed(vectors, vectors, n), identity, 1e-13 * n);
        for (let k = 0; k < n; k++) {
          if (k > 0) expect(values[k]!).toBeLessThanOrEqual(values[k - 1]!);
          const column = Array.from({ length: n }, (_, i) => vectors[i * n + k]!);
          expect(column.find((part) => Math.abs(part) === largest(column))!).toBeGreaterThan(0);
        }
        const trace = matrix.reduce((sum, value, at) => sum + (at % (n + 1) === 0 ? value : 0), 0);
        expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(trace, 10);
      }),
    );
  });
  test('refuses what is not symmetric', () => {
    expect(() => symmetricEigen([1, 2, 3, 4])).toThrow(code('BAD_VALUE'));
    expect(() => symmetricEigen([1, Infinity, Infinity, 4])).toThrow(code('BAD_NUMBER'));
  });
});

describe('truncatedNormalQuantile', () => {
  const range = fc
    .tuple(fc.double({ min: -30, max: 30, noNaN: true }), fc.double({ min: 0.01, max: 8, noNaN: true }))
    .map(([lower, width]) => ({ lower, upper: lower + width }));
  test('stays in the range, rises with p, and mirrors', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 0, max: 1024 }), ({ lower, upper }, k) => {
        const p = k / 1024;
        const x = truncatedNormalQuantile(p, { lower, upper });
        expect(x).toBeGreaterThanOrEqual(lower);
        expect(x).toBeLessThanOrEqual(upper);
        expect(truncatedNormalQuantile(Math.min(1, p + 0.1), { lower, upper })).toBeGreaterThanOrEqual(x - 1e-12);
        const mirrored = -truncatedNormalQuantile(1 - p, { lower: -upper, upper: -lower });
        expect(Math.abs(mirrored - x)).toBeLessThanOrEqual(1e-9);
      }),
    );
  });
  test('is the inverse of the cut distribution function', () => {
    for (const p of [0.01, 0.3, 0.5, 0.99]) {
      const x = truncatedNormalQuantile(p, { lower: -1, upper: 2.5, mean: 0.5, deviation: 2 });
      const at = (value: number): number => normalCdf((value - 0.5) / 2);
      expect((at(x) - at(-1)) / (at(2.5) - at(-1))).toBeCloseTo(p, 13);
    }
    expect(truncatedNormalQuantile(0, { lower: -1 })).toBe(-1);
    expect(truncatedNormalQuantile(1, { lower: 3, upper: 4 })).toBe(4);
    expect(truncatedNormalQuantile(0)).toBe(-Infinity);
  });
  test('hostile inputs', () => {
    expect(() => truncatedNormalQuantile(1.1)).toThrow(code('OUT_OF_RANGE'));
    expect(() => truncatedNormalQuantile(Number.NaN)).toThrow(code('OUT_OF_RANGE'));
    expect(() => truncatedNormalQuantile(0.5, { lower: 1, upper: 1 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => truncatedNormalQuantile(0.5, { deviation: 0 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => truncatedNormalQuantile(0.5, { mean: Number.NaN })).toThrow(code('OUT_OF_RANGE'));
    expect(() => truncatedNormalQuantile(0.5, { lower: 50, upper: 60 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => truncatedNormalQuantile(0.5, { lower: -60, upper: -50 })).toThrow(code('OUT_OF_RANGE'));
  });
});
