import type { CategoryColumn } from '../types.ts';
import { MissingRows } from './internal-bitmap.ts';
import { labelIndex, strangeLabel } from './internal-checks.ts';
import { badCell } from './internal-error.ts';
import { byCodeUnit } from './internal-text.ts';

/**
 * A column of labels, stored as codes into a list sorted by code unit.
 *
 * Missing cells (null or undefined) are recorded in the validity bitmap and hold the code -1. The empty text is
 * a label like any other.
 *
 * @param name - The column's name.
 * @param values - One label, null or undefined per row.
 * @param labels - All labels, in any order, whether or not each occurs. Default: the values that occur.
 * @returns The column.
 * @throws {@link SynthproofError} `BAD_VALUE` for a cell that is no string or not among `labels`, with its row;
 * `BAD_COLUMN` for a label that is listed twice.
 * @example
 * categoryColumn('sex', ['male', 'female', null]).labels; // => ['female', 'male']
 */
export function categoryColumn(
  name: string,
  values: ArrayLike<string | null | undefined>,
  labels?: readonly string[],
): CategoryColumn {
  const index = labels === undefined ? new Map<string, number>() : labelIndex(name, labels);
  const codes = new Int32Array(values.length);
  const missing = new MissingRows();
  for (let i = 0; i < codes.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) {
      missing.mark(i);
      codes[i] = -1;
      continue;
    }
    if (typeof value !== 'string')
      throw badCell(name, i, 'a string or null', value, 'convert the labels to strings first');
    let code = index.get(value);
    if (code === undefined) {
      if (labels !== undefined) throw strangeLabel(name, i, value, labels.length);
      code = index.size;
      index.set(value, code);
    }
    codes[i] = code;
  }
  const validity = missing.validity(codes.length);
  const sorted = sortLabels(index, codes);
  return validity === undefined
    ? { kind: 'category', name, codes, labels: sorted }
    : { kind: 'category', name, codes, labels: sorted, validity };
}

/** Sorts the labels of an index by code unit and rewrites the codes (in place) to match. */
export function sortLabels(index: ReadonlyMap<string, number>, codes: Int32Array): string[] {
  const unsorted = [...index.keys()];
  const sorted = [...unsorted].sort(byCodeUnit);
  const rank = new Map<string, number>();
  for (let i = 0; i < sorted.length; i++) rank.set(sorted[i]!, i);
  const recode = new Int32Array(unsorted.length);
  for (let i = 0; i < unsorted.length; i++) recode[i] = rank.get(unsorted[i]!)!;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code >= 0) codes[i] = recode[code]!;
  }
  return sorted;
}
