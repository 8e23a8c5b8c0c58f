import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  concatRows,
  createTable,
  equalTables,
  formatCsv,
  formatNdjson,
  fromRecords,
  inferSchema,
  parseCsv,
  parseNdjson,
  readCsvBatches,
  readNdjsonBatches,
  renameColumns,
  schemaOf,
  sliceRows,
  takeRows,
  toRecords,
} from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { anyTable, awkwardText, cut } from './arbitrary-table.ts';

const format = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', '1', 'e', ' ', '-'),
  nullToken: fc.constantFrom('', 'NA', 'NaN', '?', 'null'),
  lineEnd: fc.constantFrom('\n' as const, '\r\n' as const),
});

async function collect(batches: AsyncIterable<Table>): Promise<Table> {
  const tables: Table[] = [];
  for await (const batch of batches) tables.push(batch);
  return concatRows(tables);
}

test('any table survives CSV, in one piece and in pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyTable,
      format,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 5 }),
      async (table, how, borders, batchRows) => {
        fc.pre(!how.nullToken.includes(how.delimiter));
        const text = formatCsv(table, how);
        const options = { schema: schemaOf(table), delimiter: how.delimiter, nullTokens: [how.nullToken] };
        expect(equalTables(parseCsv(text, options), table)).toBe(true);
        expect(equalTables(await collect(readCsvBatches(cut(text, borders), { ...options, batchRows })), table)).toBe(
          true,
        );
        const bytes = new TextEncoder().encode(text);
        const pieces = borders.map((_, i) =>
          bytes.subarray((bytes.length * i) / borders.length, (bytes.length * (i + 1)) / borders.length),
        );
        const whole = borders.length === 0 ? [bytes] : pieces;
        // A byte order mark that belongs to a quoted first name is not one of the file's.
        expect(equalTables(await collect(readCsvBatches(whole, { ...options, batchRows })), table)).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});

test('any table survives NDJSON, in one piece and in pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyTable,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
      async (table, borders) => {
        fc.pre(table.columns.every((column) => column.name !== '__proto__'));
        const text = formatNdjson(table);
        const schema = schemaOf(table);
        expect(equalTables(parseNdjson(text, { schema }), table)).toBe(true);
        expect(equalTables(await collect(readNdjsonBatches(cut(text, borders), { schema, batchRows: 3 })), table)).toBe(
          true,
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('what inference reads is written back with the same cells', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(awkwardText, { minLength: 2, maxLength: 4 }),
      fc.array(
        fc.array(fc.oneof(awkwardText, fc.integer().map(String), fc.double().map(String)), {
          minLength: 4,
          maxLength: 4,
        }),
        { maxLength: 10 },
      ),
      (names, rows) => {
        const texts = createTable(
          names.map((name, c) => ({ kind: 'text' as const, name, values: rows.map((row) => row[c]!) })),
        );
        const file = formatCsv(texts);
        const table = parseCsv(file);
        const schema = inferSchema(file);
        expect(schema.columns.map(({ name, kind }) => ({ name, kind }))).toEqual(
          table.columns.map(({ name, kind }) => ({ name, kind })),
        );
        expect(equalTables(parseCsv(formatCsv(table), { schema: schemaOf(table) }), table)).toBe(true);
        table.columns.forEach((column, c) => {
          if (column.kind === 'text') expect(column.values).toEqual(rows.map((row) => row[c]!));
        });
      },
    ),
  );
});

test('any chunk borders give what one piece gives, errors too', async () => {
  const piece = fc.constantFrom('a', '1', ',', '\n', '\r', '\r\n', '"', '""', 'b"', ' ', '\uFEFF');
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 30 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
      fc.boolean(),
      async (parts, borders, trim) => {
        const text = `x,y\n${parts.join('')}`;
        const schema = {
          columns: [
            { name: 'x', kind: 'text' as const },
            { name: 'y', kind: 'text' as const },
          ],
        };
        const outcome = async (run: () => Table | Promise<Table>): Promise<unknown> => {
          try {
            return await run();
          } catch (error) {
            return (error as Error).message.replace(/near .*/, '');
          }
        };
        const whole = await outcome(() => parseCsv(text, { schema, trim }));
        const pieces = await outcome(() => collect(readCsvBatches(cut(text, borders), { schema, trim, batchRows: 2 })));
        expect(pieces).toEqual(whole);
      },
    ),
    { numRuns: 1500 },
  );
});

test('rows: records, slices and concatenation agree', () => {
  fc.assert(
    fc.property(anyTable, fc.nat(12), (table, at) => {
      const split = Math.min(at, table.rowCount);
      expect(equalTables(concatRows([sliceRows(table, 0, split), sliceRows(table, split)]), table)).toBe(true);
      const reversed = Array.from({ length: table.rowCount }, (_, i) => table.rowCount - 1 - i);
      expect(equalTables(takeRows(takeRows(table, reversed), reversed), table)).toBe(true);
      // Names that look like integers would be reordered by the language.
      const named = renameColumns(
        table,
        table.columns.map((column, c) => [column.name, `column ${c}`] as const),
      );
      expect(equalTables(fromRecords(toRecords(named), { schema: schemaOf(named) }), named)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
