import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import type { Table } from '../../src/types.ts';

/** A table with columns sex, label, prediction and weight. */
export function people(
  sex: readonly (string | null)[],
  label: readonly (boolean | null)[],
  prediction?: readonly (boolean | null)[],
  weight?: readonly (number | null)[],
): Table {
  return createTable([
    categoryColumn('sex', sex),
    booleanColumn('label', label),
    ...(prediction === undefined ? [] : [booleanColumn('prediction', prediction)]),
    ...(weight === undefined ? [] : [numberColumn('weight', weight)]),
  ]);
}

/** Rows that have the given counts: group -> [negatives, positives]. */
export function fromCounts(counts: Readonly<Record<string, readonly [number, number]>>): Table {
  const sex: string[] = [];
  const label: boolean[] = [];
  for (const [group, [negatives, positives]] of Object.entries(counts)) {
    for (let i = 0; i < negatives + positives; i++) {
      sex.push(group);
      label.push(i < positives);
    }
  }
  return people(sex, label);
}

/** Fails on a NaN, an infinity or an undefined anywhere in data. */
export function checkJsonSafe(value: unknown, path = '$'): void {
  if (value === undefined) throw new Error(`${path} is undefined`);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${path} is ${value}`);
  if (ArrayBuffer.isView(value)) throw new Error(`${path} is a typed array`);
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) checkJsonSafe(inner, `${path}.${key}`);
}
