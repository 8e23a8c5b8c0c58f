import { SynthproofError } from '../errors.ts';
import type { JobOptions, Measure } from '../types.ts';

/** Refuses what is no whole number of at least `least`. */
export function requireWhole(
  argument: string,
  value: number,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ''}, received ${String(value)}`,
      { argument },
    );
}

/** Refuses what is no number in [low, high]. */
export function requireBetween(argument: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected a number from ${low} to ${high}, received ${String(value)}`,
      { argument },
    );
}

/** Refuses a list that holds anything but texts. */
export function requireTexts(argument: string, texts: readonly string[]): void {
  for (let i = 0; i < texts.length; i++)
    if (typeof texts[i] !== 'string')
      throw new SynthproofError('BAD_VALUE', `${argument}[${i}]: expected a text, received ${typeof texts[i]}`, {
        argument,
        row: i,
      });
}

/** One step of a long job: reports it, and throws `ABORTED` when it is to stop. */
export function jobStep(options: JobOptions, stage: string, done: number, total: number): void {
  if (options.signal?.aborted)
    throw new SynthproofError('ABORTED', `${stage}: stopped at ${done} of ${total} by the signal`, {
      argument: 'signal',
    });
  options.onProgress?.({ stage, done, total });
}

/** A measure with a value. */
export function figure(
  metric: string,
  value: number,
  range: Measure['range'],
  goal: Measure['goal'],
  n: number,
): Measure {
  return { metric, value, range, goal, n };
}

/** A measure that cannot be computed. */
export function noFigure(
  metric: string,
  reason: string,
  range: Measure['range'],
  goal: Measure['goal'],
  n: number,
): Measure {
  return { metric, value: null, range, goal, n, reason };
}
