import type { Column } from '../types.ts';
import { sortLabels } from './category-column.ts';
import { cellText } from './cell-text.ts';
import { isPresent } from './internal-bitmap.ts';

/** A column of any kind seen as groups. */
export interface GroupCodes {
  /** Index into `labels`, one per row; -1 where the cell is missing. */
  readonly codes: Int32Array;
  /** Canonical text of each group. */
  readonly labels: readonly string[];
}

/**
 * A column of any kind as integer codes of groups; missing cells get -1.
 *
 * Categories keep all their labels, whether or not each occurs; booleans are always `false`, `true`; numbers and
 * datetimes give one group per distinct value in ascending order (NaN last, -0 equal to 0); texts one per distinct
 * text in code-unit order.
 *
 * @param column - Any column.
 * @returns Codes and labels. The codes of a category column are its own array: do not write to them.
 * @example
 * const groups = groupCodes(integerColumn('age', [40, 9, null, 40]));
 * groups.labels; // => ['9', '40']
 * [...groups.codes]; // => [1, 0, -1, 1]
 */
export function groupCodes(column: Column): GroupCodes {
  if (column.kind === 'category') return { codes: column.codes, labels: column.labels };
  const rows = column.values.length;
  const codes = new Int32Array(rows);
  if (column.kind === 'boolean') {
    for (let i = 0; i < rows; i++) codes[i] = isPresent(column.validity, i) ? column.values[i]! : -1;
    return { codes, labels: ['false', 'true'] };
  }
  if (column.kind === 'text') {
    const index = new Map<string, number>();
    for (let i = 0; i < rows; i++) codes[i] = isPresent(column.validity, i) ? codeOf(index, column.values[i]!) : -1;
    return { codes, labels: sortLabels(index, codes) };
  }
  const index = new Map<number, number>();
  const example: number[] = [];
  for (let i = 0; i < rows; i++) {
    codes[i] = isPresent(column.validity, i) ? codeOf(index, column.values[i]!) : -1;
    if (codes[i] === example.length) example.push(i);
  }
  const order = Float64Array.from(index.keys()).sort();
  const recode = new Int32Array(order.length);
  const labels: string[] = [];
  for (let i = 0; i < order.length; i++) {
    const code = index.get(order[i]!)!;
    recode[code] = i;
    labels.push(cellText(column, example[code]!)!);
  }
  for (let i = 0; i < rows; i++) if (codes[i]! >= 0) codes[i] = recode[codes[i]!]!;
  return { codes, labels };
}

/** The code of a key, new keys getting the next one. A Map holds NaN as equal to itself and -0 as 0. */
function codeOf<K>(index: Map<K, number>, key: K): number {
  const known = index.get(key);
  if (known !== undefined) return known;
  index.set(key, index.size);
  return index.size - 1;
}
