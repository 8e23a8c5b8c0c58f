import { SynthproofError } from '../errors.ts';

/** Refuses an option that is not a number in [low, high]; without `high`, one that is not finite. */
export function checkRange(name: string, value: number, low: number, high: number = Infinity): void {
  if (!(value >= low && value <= high && value < Infinity))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${name}: expected a ${high === Infinity ? `finite number from ${low}` : `number from ${low} to ${high}`}, received ${String(value)}`,
      { argument: name },
    );
}

/** Refuses an option that is not a whole number in [low, high]. */
export function checkWhole(name: string, value: number, low: number, high: number = Number.MAX_SAFE_INTEGER): void {
  if (!(Number.isSafeInteger(value) && value >= low && value <= high))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${name}: expected a whole number ${high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`}, received ${String(value)}`,
      { argument: name },
    );
}

/** Refuses an error rate or level that is not strictly between 0 and 1. */
export function checkShare(name: string, value: number): void {
  if (!(value > 0 && value < 1))
    throw new SynthproofError('OUT_OF_RANGE', `${name}: expected a number between 0 and 1, received ${String(value)}`, {
      argument: name,
    });
}

/** Refuses an option that is not above 0 or not at most `high`. */
export function checkPositive(name: string, value: number, high = 1e150): void {
  if (!(value > 0 && value <= high))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${name}: expected a number above 0 and up to ${high}, received ${String(value)}`,
      { argument: name },
    );
}

/** Refuses an option that is none of those allowed. */
export function checkOneOf(name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value))
    throw new SynthproofError(
      'BAD_OPTION',
      `${name}: expected one of ${allowed.join(', ')}, received ${JSON.stringify(value)}`,
      { argument: name },
    );
}
