import { SynthproofError } from '../../errors.ts';

/** Refuses values outside [low, high], NaN among them, naming the place. */
export function checkValues(name: string, values: ArrayLike<number>, low: number, high: number): void {
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (!(typeof x === 'number' && x >= low && x <= high))
      throw new SynthproofError(
        'BAD_VALUE',
        `${name}[${i}]: expected a number from ${low} to ${high}, received ${String(x)}; rescale the scores to their known bounds first`,
        { argument: name, row: i },
      );
  }
}
