import { SynthproofError } from '../errors.ts';
import { groupCodes } from '../table/group-codes.ts';
import type { Column } from '../types.ts';
import type { TextItems } from './lexicon-scorer.ts';

/** The distinct texts of a list or column, and each row's place among them; -1 for a missing text. */
export interface DistinctTexts {
  readonly codes: Int32Array;
  readonly texts: readonly string[];
}

/** Equal texts are scored once: they cost once, and a judge cannot contradict itself on them. */
export function distinctTexts(input: TextItems): DistinctTexts {
  if (!Array.isArray(input)) return columnTexts(input as Column);
  const items = input as readonly (string | null | undefined)[];
  const places = new Map<string, number>();
  const codes = new Int32Array(items.length).fill(-1);
  for (let i = 0; i < items.length; i++) {
    const text = items[i];
    if (text === null || text === undefined) continue;
    if (typeof text !== 'string')
      throw new SynthproofError('BAD_VALUE', `items[${i}]: expected a text or null, received ${typeof text}`, {
        argument: 'items',
        row: i,
      });
    let place = places.get(text);
    if (place === undefined) {
      place = places.size;
      places.set(text, place);
    }
    codes[i] = place;
  }
  return { codes, texts: [...places.keys()] };
}

/** The distinct texts of a column and each row's place among them. */
function columnTexts(column: Column): DistinctTexts {
  if (typeof column !== 'object' || column === null)
    throw new SynthproofError(
      'BAD_VALUE',
      `items: expected a list of texts or a text column, received ${column === null ? 'null' : typeof column}`,
      { argument: 'items' },
    );
  if (column.kind !== 'text' && column.kind !== 'category')
    throw new SynthproofError(
      'KIND_MISMATCH',
      `items: expected a text or category column, received the ${column.kind} column ${JSON.stringify(column.name)}`,
      {
        argument: 'items',
        column: column.name,
      },
    );
  const { codes, labels } = groupCodes(column);
  return { codes, texts: labels };
}

/** Scores of distinct texts, back in the order of the rows. */
export function spread(codes: Int32Array, columns: readonly Float64Array[]): Float64Array[] {
  return columns.map((scores) => Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : scores[code]!)));
}
