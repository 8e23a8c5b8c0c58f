import { SynthproofError } from '../../errors.ts';

/** Refuses numbers outside [low, high], NaN among them. */
export function checkNumbers(name: string, values: ArrayLike<number>, low = -1e150, high = 1e150): void {
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (!(typeof x === 'number' && x >= low && x <= high))
      throw new SynthproofError(
        'BAD_VALUE',
        `${name}[${i}]: expected a number from ${low} to ${high}, received ${String(x)}`,
        { argument: name, row: i },
      );
  }
}

/** Refuses lists of unequal or too small length. */
export function checkPaired(name: string, a: ArrayLike<unknown>, b: ArrayLike<unknown>, least: number): void {
  if (a.length !== b.length)
    throw new SynthproofError('LENGTH_MISMATCH', `${name}: expected ${a.length} entries, received ${b.length}`, {
      argument: name,
    });
  if (a.length < least)
    throw new SynthproofError('EMPTY_INPUT', `${name}: expected at least ${least} entries, received ${a.length}`, {
      argument: name,
    });
}

/** Refuses a category that is not a whole number from 0 below `categories`. */
export function checkCategories(name: string, values: ArrayLike<number>, categories: number): void {
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (!(Number.isSafeInteger(x) && x >= 0 && x < categories))
      throw new SynthproofError(
        'BAD_VALUE',
        `${name}[${i}]: expected a category from 0 to ${categories - 1}, received ${String(x)}`,
        { argument: name, row: i },
      );
  }
}
