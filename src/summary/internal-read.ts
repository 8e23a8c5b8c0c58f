import { SynthproofError } from '../errors.ts';

/** The error for a damaged encoded summary. */
export function badSummary(path: string, expected: string): SynthproofError {
  return new SynthproofError(
    'BAD_RECORD',
    `value: the encoded summary is damaged at ${path || 'its top'}: expected ${expected}; encode it again from its source`,
    { argument: 'value' },
  );
}

/** A field of a plain object. */
export function readField(value: unknown, name: string, path: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
    throw badSummary(path, `an object with the field "${name}"`);
  return (value as Record<string, unknown>)[name];
}

/** A list, of a stated length when one is given. */
export function readList(value: unknown, path: string, length?: number): readonly unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length))
    throw badSummary(path, length === undefined ? 'a list' : `a list of ${length}`);
  // A copy has undefined where the list has holes, which map would skip.
  return length === undefined ? value : [...value];
}

/** A count: a whole number from 0 to 2^53 - 1. */
export function readCount(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw badSummary(path, 'a count');
  return value;
}

/**
 * A finite double written as text, the shortest that reads back to it: JSON numbers that are whole and beyond 2^53 are
 * refused by strict readers.
 */
export function writeDouble(value: number): string {
  return String(value);
}

/** Reads {@link writeDouble}. */
export function readDouble(value: unknown, path: string): number {
  const number = typeof value === 'string' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number) || String(number) !== value) throw badSummary(path, 'a finite number as text');
  return number;
}

/** A text that matches a pattern. */
export function readText(value: unknown, path: string, pattern?: RegExp): string {
  if (typeof value !== 'string' || (pattern !== undefined && !pattern.test(value)))
    throw badSummary(path, pattern === undefined ? 'a text' : `a text of the form ${pattern.source}`);
  return value;
}

/** The sum of two counts; states so large that it is inexact are refused, since merging them would depend on the order. */
export function addCounts(a: number, b: number): number {
  const total = a + b;
  if (total > Number.MAX_SAFE_INTEGER)
    throw new SynthproofError('OUT_OF_RANGE', 'b: the merged summaries count more than 2^53 - 1 rows', {
      argument: 'b',
    });
  return total;
}
