import { SynthproofError } from '../../errors.ts';

/** Positions of the values that are there; refuses values that are not finite or too large to square. */
export function presentPositions(values: readonly (number | null)[]): number[] {
  const at: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === null) continue;
    if (!(Math.abs(value) <= 1e150))
      throw new SynthproofError(
        'BAD_NUMBER',
        `values[${i}]: expected a finite number or null, received ${String(value)}`,
        { argument: 'values', row: i },
      );
    at.push(i);
  }
  return at;
}
