import { SynthproofError } from '../errors.ts';

/** Throws unless the value is a finite number above 0. */
export function checkPositive(argument: string, value: number): void {
  if (!(value > 0 && value < Infinity))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected a finite number above 0, received ${String(value)}`,
      {
        argument,
      },
    );
}

/** Throws unless the value is a whole number from 0 to 2^53 - 1. */
export function checkCount(argument: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected a whole number from 0 to 2^53 - 1, received ${String(value)}`,
      { argument },
    );
}

/** Throws unless every weight is finite and non-negative and one is above 0. Returns the suffix sums, one longer. */
export function checkWeights(argument: string, weights: ArrayLike<number>): Float64Array {
  const n = weights.length;
  const suffix = new Float64Array(n + 1);
  for (let i = n - 1; i >= 0; i--) {
    const w = weights[i]!;
    if (!(w >= 0 && w < Infinity))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `${argument}[${i}]: expected a finite number from 0, received ${String(w)}`,
        { argument },
      );
    suffix[i] = suffix[i + 1]! + w;
  }
  const total = suffix[0]!;
  if (n === 0 || !(total > 0))
    throw new SynthproofError('EMPTY_INPUT', `${argument}: expected at least one weight above 0`, { argument });
  if (!(total < Infinity))
    throw new SynthproofError('OUT_OF_RANGE', `${argument}: expected a finite total; scale the weights down`, {
      argument,
    });
  return suffix;
}
