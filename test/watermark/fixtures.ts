import { readFileSync } from 'node:fs';
import { createRng } from '../../src/random/create-rng.ts';
import { normal } from '../../src/random/normal.ts';
import { permutation } from '../../src/random/permutation.ts';
import { uniform } from '../../src/random/uniform.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { datetimeColumn } from '../../src/table/datetime-column.ts';
import { integerColumn } from '../../src/table/integer-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { parseCsv } from '../../src/table/parse-csv.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import { textColumn } from '../../src/table/text-column.ts';
import type { Table } from '../../src/types.ts';

/** A key for tests, different for each number. */
export function testKey(number: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => (number * 31 + i * 7) & 255);
}

/** Rows of every column kind with missing cells and dependence, as a generator would draw them. */
export function mixedTable(rows: number, seed = 'mixed'): Table {
  const rng = createRng(seed);
  const latent = Float64Array.from({ length: rows }, () => normal(rng));
  const of = <T>(make: (z: number) => T): T[] => Array.from(latent, make);
  const gap = <T>(value: T): T | null => (uniform(rng) < 0.05 ? null : value);
  return createTable([
    integerColumn(
      'id',
      of(() => 0).map((_, i) => i),
    ),
    textColumn(
      'note',
      of(() => 0).map((_, i) => `row ${i}`),
    ),
    numberColumn(
      'income',
      of((z) => gap(Math.round((30000 + 9000 * z + 6000 * normal(rng)) * 100) / 100)),
    ),
    integerColumn(
      'age',
      of((z) => Math.max(18, Math.round(42 + 8 * z + 9 * normal(rng)))),
    ),
    datetimeColumn(
      'born',
      of((z) => 86_400_000 * Math.round(4000 + 900 * z + 2500 * normal(rng))),
      'day',
    ),
    categoryColumn(
      'region',
      of((z) => gap(['north', 'south', 'east', 'west'][Math.floor(uniform(rng) * (z > 0 ? 4 : 3))]!)),
    ),
    booleanColumn(
      'member',
      of((z) => gap(z + normal(rng) > 0)),
    ),
    integerColumn(
      'children',
      of(() => Math.floor(5 * uniform(rng) * uniform(rng))),
    ),
    categoryColumn(
      'class',
      of((z) => (z + normal(rng) > 0.4 ? 'high' : 'low')),
    ),
  ]);
}

/** Real people: 11,538 Olympians, in a fixed random order. */
export function olympians(): Table {
  const path = new URL('../../node_modules/@observablehq/sample-datasets/olympians.csv', import.meta.url);
  const table = parseCsv(readFileSync(path, 'utf8'));
  return takeRows(table, permutation(createRng('olympians'), table.rowCount));
}

/** The rows in a random order. */
export function shuffled(table: Table, seed: string): Table {
  return takeRows(table, permutation(createRng(seed), table.rowCount));
}
