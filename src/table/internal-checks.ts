import { SynthproofError } from '../errors.ts';
import { DAY_MS, FIRST_MS, LAST_MS } from './internal-calendar.ts';
import { badCell } from './internal-error.ts';
import { shown } from './internal-text.ts';

/** A whole number without the sign of -0, or `BAD_VALUE`. */
export function wholeNumber(name: string, row: number, value: unknown, line?: number): number {
  if (Number.isSafeInteger(value)) return (value as number) + 0;
  throw badCell(
    name,
    row,
    'a whole number of at most 2^53 - 1 in size, or null',
    value,
    'use numberColumn for fractions, textColumn for long identifiers',
    line,
  );
}

/** Epoch milliseconds that a datetime of the unit can hold, or `BAD_VALUE`. */
export function epochTime(
  name: string,
  row: number,
  value: number,
  unit: 'day' | 'millisecond',
  line?: number,
): number {
  if (!Number.isInteger(value) || value < FIRST_MS || value > LAST_MS)
    throw badCell(
      name,
      row,
      'whole epoch milliseconds in the years 0000 to 9999, or null',
      value,
      'convert it first',
      line,
    );
  if (unit === 'day' && value % DAY_MS !== 0)
    throw badCell(name, row, 'a whole day (a multiple of 86400000)', value, "use the unit 'millisecond'", line);
  return value + 0;
}

/** The refusal of a label that a category does not list. */
export function strangeLabel(name: string, row: number, value: string, labels: number, line?: number): SynthproofError {
  return badCell(name, row, `one of the ${labels} labels`, value, 'add it to `labels`, or mend the cell', line);
}

/** Declared labels to their codes, in the order given; `BAD_COLUMN` when one is listed twice. */
export function labelIndex(name: string, labels: readonly string[]): Map<string, number> {
  const index = new Map<string, number>();
  for (const label of labels) {
    if (index.has(label))
      throw new SynthproofError(
        'BAD_COLUMN',
        `labels: column ${shown(name)} lists ${shown(label)} twice; list each label once`,
        { argument: 'labels', column: name },
      );
    index.set(label, index.size);
  }
  return index;
}
