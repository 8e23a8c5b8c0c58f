import { SynthproofError } from '../errors.ts';
import { shown } from './internal-text.ts';

/** A `BAD_VALUE` error about one cell: column, row, what was expected and received, and what to do. */
export function badCell(
  column: string,
  row: number,
  expected: string,
  received: unknown,
  remedy: string,
  line?: number,
): SynthproofError {
  const where = line === undefined ? `row ${row}` : `data row ${row + 1} (line ${line})`;
  return new SynthproofError(
    'BAD_VALUE',
    `column ${shown(column)}, ${where}: expected ${expected}, received ${shown(received)}; ${remedy}`,
    { column, row },
  );
}
