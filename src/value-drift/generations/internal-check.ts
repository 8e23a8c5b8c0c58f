import { SynthproofError } from '../../errors.ts';

/** Refuses what is no whole number in [least, most]. */
export function checkWhole(argument: string, value: number, least: number, most: number): void {
  if (!(Number.isSafeInteger(value) && value >= least && value <= most))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected a whole number from ${least} to ${most}, received ${String(value)}`,
      { argument },
    );
}

/** Refuses what is no number in [low, high]. */
export function checkBetween(argument: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected a number from ${low} to ${high}, received ${String(value)}`,
      { argument },
    );
}

/** Refuses what is no number above 0 up to 1e150. */
export function checkPositive(argument: string, value: number): void {
  if (!(value > 0 && value <= 1e150))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected a number above 0 and up to 1e150, received ${String(value)}`,
      { argument },
    );
}

/** Refuses a level of confidence that is none. */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1))
    throw new SynthproofError('OUT_OF_RANGE', `level: expected a number between 0 and 1, received ${String(level)}`, {
      argument: 'level',
    });
}
