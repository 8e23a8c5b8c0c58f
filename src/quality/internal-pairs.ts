import { SynthproofError } from '../errors.ts';
import { columnLength } from '../table/column-length.ts';
import type { Column } from '../types.ts';

/** Throws `LENGTH_MISMATCH` unless both columns of a pair have the same number of rows. */
export function checkPair(pair: readonly [Column, Column], argument: string): void {
  const [first, second] = [columnLength(pair[0]), columnLength(pair[1])];
  if (first === second) return;
  throw new SynthproofError(
    'LENGTH_MISMATCH',
    `${argument}: column "${pair[1].name}" has ${second} rows, expected ${first} as in "${pair[0].name}"`,
    { argument, column: pair[1].name },
  );
}
