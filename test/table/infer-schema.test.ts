import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCsv, inferSchema, parseCsv, schemaOf } from '../../src/table/index.ts';

const file = (...cells: string[]): string => `x,y\n${cells.map((cell) => `${cell},1`).join('\n')}\n`;

/** Each trap: cells as they stand in the file, and the kind that loses nothing. */
const traps: [name: string, cells: string[], kind: string][] = [
  ['postcode with leading zero', ['01234', '94110', '10001'], 'text'],
  ['phone with plus', ['+4412', '+4913', '+331'], 'text'],
  ['hexadecimal', ['0x10', '0xff', '0x1'], 'text'],
  ['exponent notation', ['1e5', '2e5', '3e5'], 'text'],
  ['product codes that look like exponents', ['12E4', '13E4', '99'], 'text'],
  ['16-digit card number', ['4111111111111111', '5500000000000004', '1'], 'text'],
  ['integer beyond 2^53', ['9007199254740993', '1', '2'], 'text'],
  ['20-digit identifier', ['18446744073709551615', '1', '2'], 'text'],
  ['15-digit integer', ['999999999999999', '-999999999999999', '0'], 'integer'],
  ['decimal with more digits than a double', ['0.12345678901234567890', '1', '2'], 'text'],
  ['shortest form with 17 digits', ['0.30000000000000004', '1', '2'], 'number'],
  ['thousands separators', ['"1,234"', '"5,678"', '"9,999"'], 'text'],
  ['decimal comma', ['"1,5"', '"2,5"', '"3,5"'], 'text'],
  ['point without digits', ['.5', '5.', '1'], 'text'],
  ['minus zero as a whole number', ['-0', '1', '2'], 'number'],
  ['currency', ['$1', '$2', '$3'], 'text'],
  ['percent', ['1%', '2%', '3%'], 'text'],
  ['NaN word', ['NaN', '1', '2'], 'text'],
  ['infinity word', ['Infinity', '1', '2'], 'text'],
  ['NA word', ['NA', '1', '2'], 'text'],
  ['surrounding spaces', [' 1', '2 ', '3'], 'text'],
  ['day that does not exist', ['2023-02-29', '2023-01-01', '2023-01-02'], 'text'],
  ['mixed date forms', ['2023-01-02', '01/03/2023', '2023-01-04'], 'text'],
  ['slashed dates', ['01/02/2023', '02/02/2023', '03/02/2023'], 'text'],
  ['days and instants mixed', ['2023-01-02', '2023-01-02T00:00:00Z', '2023-01-03'], 'text'],
  ['time without offset', ['2023-01-02T00:00:00', '2023-01-03T00:00:00', '2023-01-04T00:00:00'], 'text'],
  ['compact date is a whole number', ['20230102', '20230103', '20230104'], 'integer'],
  ['calendar days', ['2023-01-02', '2024-02-29', '0001-01-01'], 'datetime'],
  ['instants', ['2023-01-02T03:04:05Z', '2023-01-02T03:04:05.678+01:00', '1969-12-31t23:59:59z'], 'datetime'],
  ['booleans', ['true', 'false', 'true'], 'boolean'],
  ['booleans in title case', ['True', 'False', 'False'], 'boolean'],
  ['booleans in two casings', ['true', 'FALSE', 'false'], 'text'],
  ['yes and no', ['yes', 'no', 'yes', 'no'], 'category'],
  ['zero and one stay whole numbers', ['0', '1', '0'], 'integer'],
  ['empty cells only', ['', '', ''], 'text'],
  ['Arabic digits', ['١', '٢', '٣'], 'text'],
  ['minus sign of typographers', ['−1', '−2', '−3'], 'text'],
  ['prototype names', ['__proto__', 'constructor', 'toString'], 'text'],
];

describe('traps', () => {
  test.each(traps)('%s', (_, cells, kind) => {
    const text = file(...cells);
    expect(inferSchema(text).columns[0]!.kind).toBe(kind);
    const table = parseCsv(text);
    // Whatever the kind, each cell is written back as it stood, or as the same value in canonical form.
    const again = parseCsv(formatCsv(table), { schema: schemaOf(table) });
    expect(again).toEqual(table);
    if (kind === 'text') {
      const plain = cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1) : cell));
      expect(table.columns[0]).toMatchObject({ kind: 'text', values: plain });
    }
  });

  test.each(traps)('%s, declared as text, is kept letter by letter', (_, cells) => {
    const schema = {
      columns: [
        { name: 'x', kind: 'text' as const },
        { name: 'y', kind: 'integer' as const },
      ],
    };
    expect(formatCsv(parseCsv(file(...cells), { schema }))).toBe(
      file(...cells)
        .replace(/^( 1|2 ),/gm, '"$1",')
        .replace(/"(\$?\d+%?)"/g, '"$1"'),
    );
  });
});

test('exponents are read on request', () => {
  expect(inferSchema(file('1e5', '2.5e-7', '3'), { exponents: true }).columns[0]!.kind).toBe('number');
  expect(inferSchema(file('1e400', '2', '3'), { exponents: true }).columns[0]!.kind).toBe('text');
});

test('null tokens are explicit', () => {
  expect(inferSchema(file('NA', '1', '2'), { nullTokens: ['NA'] }).columns[0]!.kind).toBe('integer');
  expect(inferSchema(file('"NA"', '1', '2'), { nullTokens: ['NA'] }).columns[0]!.kind).toBe('text');
  expect(inferSchema(file('"NA"', '1', '2'), { nullTokens: ['NA'], quotedNulls: true }).columns[0]!.kind).toBe(
    'integer',
  );
});

test('a quoted empty cell is a value in text and missing in a number', () => {
  const table = parseCsv('n,t\n"","a"\n"1",""\n"2",\n');
  expect(table.columns.map((column) => column.kind)).toEqual(['integer', 'text']);
  expect([...table.columns[0]!.validity!]).toEqual([0b110]);
  expect([...table.columns[1]!.validity!]).toEqual([0b011]);
});

test('trim reads padded files', () => {
  const text = 'x , y\n 1 , "a" \n2, b\n';
  expect(parseCsv(text, { trim: true }).columns.map((column) => [column.name, column.kind])).toEqual([
    ['x', 'integer'],
    ['y', 'text'],
  ]);
  expect(parseCsv(text, { trim: true }).columns[1]).toMatchObject({ values: ['a', 'b'] });
});

test('categories: few levels, or ten rows each; identifiers stay text', () => {
  const rows = (n: number, cell: (i: number) => string): string =>
    file(...Array.from({ length: n }, (_, i) => cell(i)));
  const kind = (text: string, options = {}): string => inferSchema(text, options).columns[0]!.kind;
  expect(kind(rows(4, (i) => `k${i % 3}`))).toBe('category');
  expect(kind(rows(10, (i) => `k${i}`))).toBe('text');
  expect(kind(rows(20, (i) => `k${i % 19}`))).toBe('text');
  expect(kind(rows(210, (i) => `k${i % 21}`))).toBe('category');
  expect(kind(rows(209, (i) => `k${i % 21}`))).toBe('text');
  expect(
    kind(
      rows(210, (i) => `k${i % 21}`),
      { maxLevels: 20 },
    ),
  ).toBe('text');
});

test('an unquoted empty cell that is a value is text, also after a quoted one', () => {
  const kinds = (text: string): string[] => inferSchema(text, { nullTokens: [] }).columns.map((column) => column.kind);
  expect(kinds('a,b\n"",1\n,2\n')).toEqual(['text', 'integer']);
  expect(kinds('a,b\n,1\n"",2\n')).toEqual(['text', 'integer']);
});

test('rows past the distinct limit are judged like the first ones', () => {
  const head = Array.from({ length: 30 }, (_, i) => `${i}`).join('\n');
  const kind = (...cells: string[]): string =>
    inferSchema(`x\n${head}\n${cells.join('\n')}\n`, { maxLevels: 25 }).columns[0]!.kind;
  expect(kind('31', '-5', '0', '123456789012345')).toBe('integer');
  expect(kind('0.5', '-0.25', '12.0', '123456789012345.5', '-0')).toBe('number');
  for (const cell of ['01', '-01', '00.5', '1.', '.5', '1.2.3', '-', '1e5', '0x1', '1 ', '1234567890123456', 'true'])
    expect([cell, kind('7', cell, '8')]).toEqual([cell, 'text']);
  expect(kind('-0')).toBe('number');
});

test('law: the limit of distinct values decides between category and text alone', () => {
  const digits = fc.string({ unit: fc.constantFrom('0', '1', '9', '.', '-', 'e'), minLength: 1, maxLength: 18 });
  const cell = fc.oneof(
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map(String),
    fc.constantFrom('true', 'false', '2020-01-01', '2020-01-01T00:00:00Z', '-0', '0', '""'),
    digits,
  );
  const kind = (cells: readonly string[], maxLevels: number): string => {
    const found = inferSchema(`x\n${cells.join('\n')}\n`, { maxLevels }).columns[0]!.kind;
    return found === 'category' ? 'text' : found;
  };
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 5 }), (cells, maxLevels) => {
      expect(kind(cells, maxLevels)).toBe(kind(cells, 1000));
    }),
    { numRuns: 2000 },
  );
});
