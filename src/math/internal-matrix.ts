import { SynthproofError } from '../errors.ts';

/** Order n of a square matrix given row by row; `LENGTH_MISMATCH` unless the length is a square, `BAD_NUMBER`. */
export function requireSquare(argument: string, matrix: ArrayLike<number>): number {
  const n = Math.round(Math.sqrt(matrix.length));
  if (n < 1 || n * n !== matrix.length) {
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `${argument}: expected n * n entries of a square matrix, row by row, received ${matrix.length}`,
      { argument },
    );
  }
  requireFiniteEntries(argument, matrix);
  return n;
}

/** `BAD_NUMBER` at an entry that is NaN or infinite. */
export function requireFiniteEntries(argument: string, entries: ArrayLike<number>): void {
  for (let i = 0; i < entries.length; i++) {
    const value = entries[i]!;
    if (value - value !== 0) {
      throw new SynthproofError('BAD_NUMBER', `${argument}[${i}]: expected a finite number, received ${value}`, {
        argument,
      });
    }
  }
}
