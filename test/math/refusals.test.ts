import { expect, test } from 'vitest';
import type { SynthproofErrorCode } from '../../src/errors.ts';
import { cholesky, solveTriangular, symmetricEigen, truncatedNormalQuantile } from '../../src/math/index.ts';
import { refusal } from './refusal.ts';

// The functions of numbers return NaN outside their range; those of matrices and options refuse.
test.each<[SynthproofErrorCode, string, string, () => unknown]>([
  [
    'LENGTH_MISMATCH',
    'matrix',
    'matrix: expected n * n entries of a square matrix, row by row, received 3',
    () => cholesky([1, 2, 3]),
  ],
  [
    'LENGTH_MISMATCH',
    'matrix',
    'matrix: expected n * n entries of a square matrix, row by row, received 0',
    () => symmetricEigen([]),
  ],
  ['BAD_NUMBER', 'matrix', 'matrix[1]: expected a finite number, received NaN', () => cholesky([1, NaN, NaN, 1])],
  [
    'BAD_VALUE',
    'matrix',
    'matrix: expected a symmetric matrix, received 2 at (0, 1) and 3 across',
    () => symmetricEigen([1, 2, 3, 4]),
  ],
  [
    'LENGTH_MISMATCH',
    'lower',
    'lower: expected n * n entries of a square matrix, row by row, received 2',
    () => solveTriangular([1, 2], [1]),
  ],
  [
    'LENGTH_MISMATCH',
    'rightSide',
    'rightSide: expected 2 numbers, received 1',
    () => solveTriangular([1, 0, 0, 1], [1]),
  ],
  [
    'BAD_NUMBER',
    'rightSide',
    'rightSide[1]: expected a finite number, received -Infinity',
    () => solveTriangular([1, 0, 0, 1], [1, -Infinity]),
  ],
  [
    'OUT_OF_RANGE',
    'lower',
    'lower: expected a diagonal without zeros, received 0 at row 1',
    () => solveTriangular([1, 0, 1, 0], [1, 1]),
  ],
  ['OUT_OF_RANGE', 'p', 'p: expected a probability from 0 to 1, received -0.5', () => truncatedNormalQuantile(-0.5)],
  [
    'OUT_OF_RANGE',
    'deviation',
    'deviation: expected a finite deviation above 0, received Infinity',
    () => truncatedNormalQuantile(0.5, { deviation: Infinity }),
  ],
  [
    'OUT_OF_RANGE',
    'mean',
    'mean: expected a finite mean, received Infinity',
    () => truncatedNormalQuantile(0.5, { mean: Infinity }),
  ],
  [
    'OUT_OF_RANGE',
    'lower',
    'lower: expected lower < upper, received 2 and 1',
    () => truncatedNormalQuantile(0.5, { lower: 2, upper: 1 }),
  ],
  [
    'OUT_OF_RANGE',
    'lower',
    'lower: expected a range that holds some mass, received [50, 60]',
    () => truncatedNormalQuantile(0.5, { lower: 50, upper: 60 }),
  ],
  [
    'OUT_OF_RANGE',
    'upper',
    'upper: expected a range that holds some mass, received [-60, -50]',
    () => truncatedNormalQuantile(0.5, { lower: -60, upper: -50 }),
  ],
])('%s, %s: %s', (code, argument, message, run) => {
  expect(run).toThrow(refusal(code, argument, message));
});

test('what is just inside is taken', () => {
  expect(truncatedNormalQuantile(0, { lower: 1, upper: 2 })).toBe(1);
  expect(truncatedNormalQuantile(1, { lower: 1, upper: 2 })).toBe(2);
  // Symmetric to the last bits: rounding noise is no asymmetry.
  expect(symmetricEigen([1, 0.5, 0.5 + 1e-13, 1]).values[0]).toBeCloseTo(1.5, 10);
  expect(() => symmetricEigen([1, 0.5, 0.5 + 1e-11, 1])).toThrow('symmetric');
  // The size of the entries does not matter.
  expect(() => symmetricEigen([1e-200, 5e-201, 6e-201, 1e-200])).toThrow('symmetric');
  expect(symmetricEigen([1e200, 5e199, 5e199, 1e200]).values[0]! / 1e200).toBeCloseTo(1.5, 12);
});
