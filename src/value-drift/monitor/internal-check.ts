import { SynthproofError } from '../../errors.ts';

/** Refuses an option outside [low, high]. */
export function checkRange(name: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${name}: expected a number from ${low} to ${high}, received ${String(value)}`,
      { argument: name },
    );
}

/** Refuses an option that is not a whole number in [low, high]. */
export function checkWhole(name: string, value: number, low: number, high: number): void {
  if (!(Number.isSafeInteger(value) && value >= low && value <= high))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${name}: expected a whole number from ${low} to ${high}, received ${String(value)}`,
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

/** Refuses values outside [low, high], NaN among them, naming the place. */
export function checkValues(name: string, values: ArrayLike<number>, low: number, high: number): void {
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (!(x >= low && x <= high))
      throw new SynthproofError(
        'BAD_VALUE',
        `${name}[${i}]: expected a number from ${low} to ${high}, received ${String(x)}; rescale the scores to their known bounds first`,
        { argument: name, row: i },
      );
  }
}
