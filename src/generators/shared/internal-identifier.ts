import { SynthproofError } from '../../errors.ts';
import { isPresent } from '../../table/internal-bitmap.ts';
import type { Column } from '../../types.ts';

/** How placeholders of an identifier column are made: text `prefix + (row + 1)`, or the number `firstId + idStep * row`. */
export interface Placeholder {
  /** Text before the number; '' for numeric identifiers. */
  readonly prefix: string;
  /** Number of row 0. */
  readonly firstId: number;
  /** 1 or -1. */
  readonly idStep: number;
}

/** Chooses placeholders that no cell of the column equals: no source text starts with the prefix, no source number reaches the range. */
export function choosePlaceholder(column: Column): Placeholder {
  if (column.kind === 'text' || column.kind === 'category') {
    const texts = column.kind === 'text' ? column.values : column.labels;
    let prefix = `synthetic-${column.name}-`;
    for (let n = 2; texts.some((text) => text.startsWith(prefix)); n++) prefix = `synthetic${n}-${column.name}-`;
    return { prefix, firstId: 0, idStep: 1 };
  }
  if (column.kind !== 'integer' && column.kind !== 'number')
    throw new SynthproofError(
      'KIND_MISMATCH',
      `identifiers: expected text, category, integer or number columns, received the ${column.kind} column "${column.name}"; leave it out or cast it`,
      { argument: 'identifiers', column: column.name },
    );
  let low = 0;
  let high = 0;
  for (let i = 0; i < column.values.length; i++) {
    if (!isPresent(column.validity, i)) continue;
    low = Math.min(low, column.values[i]!);
    high = Math.max(high, column.values[i]!);
  }
  // A power of ten above every source id does not tell the largest one.
  const above = powerAbove(high);
  if (above > 0) return { prefix: '', firstId: above, idStep: 1 };
  const below = powerAbove(-low);
  if (below > 0) return { prefix: '', firstId: -below, idStep: -1 };
  throw new SynthproofError(
    'OUT_OF_RANGE',
    `table: column "${column.name}" holds ids on both sides of +-1e15, so no range is left for placeholders; cast it to text`,
    { argument: 'table', column: column.name },
  );
}

/** The least power of ten from 1 to 1e15 above a value, 0 when there is none. */
function powerAbove(value: number): number {
  for (let power = 1; power <= 1e15; power *= 10) if (power > value) return power;
  return 0;
}
