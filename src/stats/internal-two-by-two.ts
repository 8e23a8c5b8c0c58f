import { SynthproofError } from '../errors.ts';

/** Checks a 2 by 2 table; `BAD_VALUE`. */
export function requireTwoByTwo(table: readonly ArrayLike<number>[]): [number, number, number, number] {
  const cells = [table[0]?.[0], table[0]?.[1], table[1]?.[0], table[1]?.[1]];
  const right = table.length === 2 && table[0]!.length === 2 && table[1]!.length === 2;
  for (const value of cells) {
    if (!right || !(value! >= 0 && value! <= 9007199254740991.0 && Math.floor(value!) === value)) {
      throw new SynthproofError(
        'BAD_VALUE',
        `table: expected two rows of two whole counts, received ${JSON.stringify(table)}`,
        {
          argument: 'table',
        },
      );
    }
  }
  return cells as [number, number, number, number];
}
