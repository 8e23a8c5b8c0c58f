import { SynthproofError } from '../errors.ts';

/** Checks a finite number of at least 0. */
export function checkNotNegative(argument: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new SynthproofError('OUT_OF_RANGE', `${argument}: expected a number of at least 0, received ${value}`, {
      argument,
    });
}

/** Checks a finite number above 0. */
export function checkPositive(argument: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new SynthproofError('OUT_OF_RANGE', `${argument}: expected a number above 0, received ${value}`, {
      argument,
    });
}

/** Checks a failure probability, above 0 and at most 1. */
export function checkDelta(value: number): void {
  if (!(value > 0 && value <= 1))
    throw new SynthproofError('OUT_OF_RANGE', `delta: expected a number above 0 and at most 1, received ${value}`, {
      argument: 'delta',
    });
}
