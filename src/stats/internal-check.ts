import { SynthproofError } from '../errors.ts';

/** Throws `EMPTY_INPUT` when fewer than `least` values are given. */
export function requireLength(argument: string, length: number, least: number): void {
  if (length < least) {
    throw new SynthproofError(
      'EMPTY_INPUT',
      `${argument}: expected at least ${least} value${least === 1 ? '' : 's'}, received ${length}; pass more observations`,
      { argument },
    );
  }
}

/** Throws `LENGTH_MISMATCH` when two lists differ in length. */
export function requireSameLength(argument: string, length: number, expected: number): void {
  if (length !== expected) {
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `${argument}: expected ${expected} values, received ${length}; both lists must be aligned by position`,
      { argument },
    );
  }
}

/** Throws `BAD_NUMBER` at the first value that is NaN or infinite. */
export function requireFinite(argument: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value - value !== 0) {
      throw new SynthproofError(
        'BAD_NUMBER',
        `${argument}[${i}]: expected a finite number, received ${value}; leave such values out first`,
        { argument, row: i },
      );
    }
  }
}

/** Throws `OUT_OF_RANGE` unless 0 < level < 1. */
export function requireLevel(level: number): void {
  if (!(level > 0 && level < 1)) {
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `level: expected a coverage between 0 and 1, received ${level}; 0.95 is usual`,
      {
        argument: 'level',
      },
    );
  }
}

/** Throws `OUT_OF_RANGE` unless 0 <= count <= n, both whole, n >= 1. */
export function requireCount(argument: string, count: number, n: number): void {
  if (!(Math.floor(count) === count && Math.floor(n) === n && n >= 1 && count >= 0 && count <= n && n < Infinity)) {
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected whole counts with 0 <= count <= n and n >= 1, received ${count} of ${n}`,
      { argument },
    );
  }
}

/** Throws `OUT_OF_RANGE` unless 0 <= value <= 1. */
export function requireProbability(argument: string, value: number): void {
  if (!(value >= 0 && value <= 1)) {
    throw new SynthproofError('OUT_OF_RANGE', `${argument}: expected a number from 0 to 1, received ${value}`, {
      argument,
    });
  }
}
