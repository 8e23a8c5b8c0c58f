import * as fc from 'fast-check';
import {
  booleanColumn,
  categoryColumn,
  createTable,
  datetimeColumn,
  integerColumn,
  numberColumn,
  textColumn,
} from '../../src/table/index.ts';
import type { Column, Table } from '../../src/types.ts';

/** Texts made of what trips readers up: quotes, delimiters, line breaks, NUL, marks, null tokens, numbers. */
export const awkwardText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => !/[\ud800-\udfff]/u.test(text)),
  fc
    .array(fc.constantFrom('"', ',', ';', '\n', '\r', '\r\n', ' ', '\t', '\0', '\uFEFF', 'a', 'é', '😀', '=', "'"), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
  fc.constantFrom('', 'NA', 'NaN', 'null', '01234', '1e5', '0x10', 'true', '2020-02-30', '__proto__', 'constructor'),
);

const DAY = 86_400_000;
const instant = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });

function column(name: string, rows: number): fc.Arbitrary<Column> {
  const cells = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<(T | null)[]> =>
    fc.array(fc.option(value, { freq: 4 }), { minLength: rows, maxLength: rows });
  return fc.oneof(
    cells(fc.double()).map((values) => numberColumn(name, values)),
    cells(fc.maxSafeInteger()).map((values) => integerColumn(name, values)),
    cells(fc.boolean()).map((values) => booleanColumn(name, values)),
    fc
      .tuple(cells(awkwardText), fc.array(awkwardText, { maxLength: 3 }))
      .map(([values, more]) =>
        categoryColumn(name, values, [...new Set([...values.filter((value) => value !== null), ...more])]),
      ),
    cells(instant).map((values) => datetimeColumn(name, values)),
    cells(instant.map((value) => Math.floor(value / DAY) * DAY)).map((values) => datetimeColumn(name, values, 'day')),
    cells(awkwardText).map((values) => textColumn(name, values)),
  );
}

/** Any table of one to five columns. */
export const anyTable: fc.Arbitrary<Table> = fc
  .tuple(fc.uniqueArray(awkwardText, { minLength: 1, maxLength: 5 }), fc.nat(12))
  .chain(([names, rows]) => fc.tuple(...names.map((name) => column(name, rows))))
  .map((columns) => createTable(columns));

/** A text cut at the given fractions of its length. */
export function cut(text: string, fractions: readonly number[]): string[] {
  const borders = fractions.map((fraction) => Math.floor(fraction * text.length)).sort((a, b) => a - b);
  const pieces: string[] = [];
  let start = 0;
  for (const border of [...borders, text.length]) {
    pieces.push(text.slice(start, border));
    start = border;
  }
  return pieces;
}
