import { describe, expect, test } from 'vitest';
import { SynthproofError } from '../../src/errors.ts';
import type { ColumnSchema } from '../../src/table/index.ts';
import { formatCsv, parseCsv, schemaOf, toRecords } from '../../src/table/index.ts';

const texts = (...names: string[]): { columns: ColumnSchema[] } => ({
  columns: names.map((name) => ({ name, kind: 'text' })),
});
const rows = (text: string, options = {}): unknown[][] =>
  toRecords(parseCsv(text, options)).map((record) => Object.values(record));
const asText = (text: string, ...names: string[]): unknown[][] => rows(text, { schema: texts(...names) });

function failure(run: () => unknown): SynthproofError {
  try {
    run();
  } catch (error) {
    if (error instanceof SynthproofError) return error;
    throw error;
  }
  throw new Error('expected an error');
}

describe('RFC 4180 and its neighbours', () => {
  test.each([
    ['line feeds', 'a,b\n1,2\n3,4\n'],
    ['carriage return and line feed', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['carriage returns', 'a,b\r1,2\r3,4\r'],
    ['mixed ends', 'a,b\r\n1,2\r3,4\n'],
    ['no last line end', 'a,b\n1,2\n3,4'],
    ['byte order mark', '\uFEFFa,b\n1,2\n3,4\n'],
    ['byte order mark before a quote', '\uFEFF"a",b\n1,2\n3,4\n'],
    ['everything quoted', '"a","b"\n"1","2"\n"3","4"'],
    ['blank lines', 'a,b\n\n1,2\r\n\r\n\r3,4\n\n\n'],
    ['blank lines before the header', '\n\r\na,b\n1,2\n3,4\n'],
  ])('%s', (_, text) => {
    expect(asText(text, 'a', 'b')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  test('quoted cells hold anything', () => {
    expect(asText('a,b\n"x,""y""\r\nz\0",""""\n" ","\r"\n', 'a', 'b')).toEqual([
      ['x,"y"\r\nz\0', '"'],
      [' ', '\r'],
    ]);
    expect(asText('a,b\n\0,\uFEFF\n', 'a', 'b')).toEqual([['\0', '\uFEFF']]);
  });

  test('one column: an empty line is a row', () => {
    expect(asText('a\n\n""\n\n', 'a')).toEqual([[null], [''], [null]]);
    expect(asText('a', 'a')).toEqual([]);
    expect(asText('a\n', 'a')).toEqual([]);
  });

  test('other delimiters', () => {
    expect(rows('a;b\n1;"2;3"\n', { delimiter: ';', schema: texts('a', 'b') })).toEqual([['1', '2;3']]);
    expect(rows('a\tb\n\t\n', { delimiter: '\t', schema: texts('a', 'b') })).toEqual([[null, null]]);
    expect(rows('"a" \t b\n "1"\t"2" \n', { delimiter: '\t', trim: true, schema: texts('a', 'b') })).toEqual([
      ['1', '2'],
    ]);
    for (const delimiter of ['', ',,', '"', '\n', '\r', '\0'])
      expect(failure(() => parseCsv('a,b\n', { delimiter })).code).toBe('BAD_OPTION');
  });

  test('loose quotes on request', () => {
    expect(rows('a,b\n5" pipe,x "y"\n', { looseQuotes: true, schema: texts('a', 'b') })).toEqual([
      ['5" pipe', 'x "y"'],
    ]);
  });

  test('header given beside the file', () => {
    expect(rows('1,2\n3,4\n', { header: ['a', 'b'], schema: texts('a', 'b') })).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(failure(() => parseCsv('1,2\n', { header: ['a', 'a'] })).code).toBe('DUPLICATE_COLUMN');
  });

  test('an unnamed column keeps its empty name, two are refused', () => {
    expect(parseCsv(',a\n0,x\n').columns[0]!.name).toBe('');
    expect(formatCsv(parseCsv(',a\n0,x\n'))).toBe('"",a\n0,x\n');
    expect(failure(() => parseCsv(',\n0,x\n')).code).toBe('DUPLICATE_COLUMN');
  });
});

describe('broken files say where and what to do', () => {
  test.each([
    ['short row', 'a,b\n1,2\n3\n', 'BAD_CSV', 1, /data row 2 \(line 3\): expected 2 cells.*received 1/],
    ['long row', 'a,b\n1,2,3\n', 'BAD_CSV', 0, /data row 1 \(line 2\): expected 2 cells.*received 3/],
    ['lines inside cells count', 'a,b\n"x\n\ny",2\n3\n', 'BAD_CSV', 1, /data row 2 \(line 5\)/],
    ['unclosed quote', 'a,b\n1,"2\n3,4\n', 'BAD_CSV', 0, /data row 1 \(line 2\): expected a closing quote/],
    ['quote inside', 'a,b\n1,2"\n', 'BAD_CSV', 0, /lone quote.*looseQuotes/],
    ['text after quote', 'a,b\n"1"2,3\n', 'BAD_CSV', 0, /after a closing quote/],
    ['quote in header', 'a"b\n1\n', 'BAD_CSV', -1, /the header \(line 1\)/],
    ['empty file', '', 'BAD_CSV', undefined, /expected a header line/],
    ['only a mark', '\uFEFF', 'BAD_CSV', undefined, /expected a header line/],
    ['same name twice', 'a,b,a\n', 'DUPLICATE_COLUMN', undefined, /"a" twice/],
  ])('%s', (_, text, code, row, message) => {
    const error = failure(() => parseCsv(text));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.place.row).toBe(row);
  });
});

describe('strict schemas', () => {
  const one = (kind: ColumnSchema['kind'], cell: string, more: Partial<ColumnSchema> = {}): unknown =>
    rows(`x,y\n${cell},1\n`, {
      schema: {
        columns: [
          { name: 'x', kind, ...more },
          { name: 'y', kind: 'integer' },
        ],
      },
    })[0]![0];

  test.each([
    ['integer', '007', 7],
    ['integer', '+5', 5],
    ['integer', '-0', 0],
    ['integer', '9007199254740991', 9007199254740991],
    ['integer', '"12"', 12],
    ['integer', '""', null],
    ['integer', '', null],
    ['number', '.5', 0.5],
    ['number', '5.', 5],
    ['number', '+1.50', 1.5],
    ['number', '4.321e4', 43210],
    ['number', '-0', -0],
    ['number', '0.0000', 0],
    ['number', '0e999', 0],
    ['number', '1e21', 1e21],
    ['number', '5e-324', 5e-324],
    ['number', '2.2250738585072014e-308', 2.2250738585072014e-308],
    ['number', '1.7976931348623157e308', Number.MAX_VALUE],
    ['number', '0.10000000000000001', 0.1],
    ['number', '0.1000000000000000055511151231257827', 0.1],
    ['number', '123456789012345', 123456789012345],
    ['number', '1234567890.12345', 1234567890.12345],
    ['number', 'NaN', Number.NaN],
    ['number', '-Infinity', Number.NEGATIVE_INFINITY],
    ['boolean', 'TRUE', true],
    ['boolean', '0', false],
    ['boolean', '', null],
    ['datetime', '1970-01-01T00:00:00.001Z', 1],
    ['category', '""', ''],
    ['text', '', null],
  ] as const)('%s reads %s', (kind, cell, value) => {
    expect(one(kind, cell)).toEqual(value);
  });

  test.each([
    ['integer', '1.0'],
    ['integer', '1e3'],
    ['integer', ' 1'],
    ['integer', '9007199254740992'],
    ['integer', '٣'],
    ['number', '1e400'],
    ['number', '1e-400'],
    ['number', '9007199254740993'],
    ['number', '0.12345678901234567890'],
    ['number', '1,5'.replace(',', ' ')],
    ['number', '0x10'],
    ['number', '.'],
    ['number', '-'],
    ['number', '1e'],
    ['number', 'nan'],
    ['number', '1_000'],
    ['boolean', 'yes'],
    ['boolean', 'tRUE'],
    ['datetime', '1970-01-01'],
    ['datetime', '1970-01-01T24:00:00Z'],
    ['datetime', '1970-01-01T00:00:60Z'],
    ['datetime', '1970-01-01T00:00:00.0001Z'],
    ['datetime', '1970-01-01T00:00:00'],
    ['datetime', '0000-01-01T00:00:00+01:00'],
  ] as const)('%s refuses %s', (kind, cell) => {
    const error = failure(() => one(kind, cell));
    expect(error.code).toBe('BAD_VALUE');
    expect(error.place).toEqual({ column: 'x', row: 0 });
    expect(error.message).toMatch(/column "x", data row 1 \(line 2\): expected .*, received .*; /);
  });

  test('declared labels are closed and survive unused', () => {
    expect(one('category', 'b', { labels: ['b', 'a'] })).toBe('b');
    expect(failure(() => one('category', 'c', { labels: ['b', 'a'] })).code).toBe('BAD_VALUE');
    const schema = { columns: [{ name: 'x', kind: 'category' as const, labels: ['b', 'a'] }] };
    expect(schemaOf(parseCsv('x\nb\n', { schema })).columns[0]!.labels).toEqual(['a', 'b']);
  });

  test('a column may have its own null tokens', () => {
    expect(one('integer', '?', { nullTokens: ['?', '-9'] })).toBe(null);
    expect(one('integer', '-9', { nullTokens: ['?', '-9'] })).toBe(null);
    expect(failure(() => one('integer', '', { nullTokens: ['?'] })).code).toBe('BAD_VALUE');
    expect(one('number', '-9.5', { nullTokens: ['-9.5'] })).toBe(null);
  });

  test('header and schema name the same columns', () => {
    const error = failure(() => parseCsv('age,sx\n1,M\n', { schema: texts('age', 'sex') }));
    expect(error.code).toBe('SCHEMA_MISMATCH');
    expect(error.message).toContain('did you mean "sx"?');
    expect(failure(() => parseCsv('a,b\n', { schema: texts('a') })).message).toContain(
      '"b" is in the file but not declared',
    );
  });

  test('columns come in the order of the file', () => {
    expect(parseCsv('b,a\n1,2\n', { schema: texts('a', 'b') }).columns.map((column) => column.name)).toEqual([
      'b',
      'a',
    ]);
  });
});

test('every decimal text of up to 15 digits is read as the engine reads it', () => {
  const cells: string[] = [];
  let state = 1;
  for (let i = 0; i < 20_000; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const digits = String(state).padStart(10, '1') + String(Math.imul(state, 77) >>> 0).slice(0, 1 + (state % 5));
    const point = state % (digits.length - 1);
    cells.push(`${state & 1 ? '-' : ''}${digits.slice(0, point + 1)}.${digits.slice(point + 1)}`);
  }
  const schema = { columns: [{ name: 'x', kind: 'number' as const }] };
  const { values } = parseCsv(`x\n${cells.join('\n')}\n`, { schema }).columns[0]! as { values: Float64Array };
  for (let i = 0; i < cells.length; i++) expect(Object.is(values[i], Number(cells[i]))).toBe(true);
});

describe('large and hostile inputs end', () => {
  const size = 1_000_000;
  test.each([
    ['one quote', `a,b\n"${'x'.repeat(size)}`],
    ['quotes only', `a,b\n${'"'.repeat(size + 1)}`],
    ['delimiters only', `a,b\n${','.repeat(size)}`],
    ['line feeds', `a,b\n${'\n'.repeat(size)}`],
    ['carriage returns', `a,b\n${'\r'.repeat(size)}`],
    ['digits', `a,b\n${'9'.repeat(size)},1\n`],
    ['zeros and a point', `a,b\n0.${'0'.repeat(size)},1\n`],
    ['wide header', `${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')}\n`],
    ['distinct texts', `a,b\n${Array.from({ length: 100_000 }, (_, i) => `${i}x,1`).join('\n')}`],
  ])('%s', (_, text) => {
    try {
      const table = parseCsv(text);
      expect(table.columns.length).toBeGreaterThan(0);
    } catch (error) {
      expect((error as SynthproofError).code).toMatch(/BAD_CSV|BAD_VALUE/);
    }
    if (text.startsWith('a,b\n')) {
      const schema = {
        columns: [
          { name: 'a', kind: 'number' as const },
          { name: 'b', kind: 'number' as const },
        ],
      };
      try {
        parseCsv(text, { schema });
      } catch (error) {
        expect((error as SynthproofError).message.length).toBeLessThan(600);
      }
    }
  });
});

test('progress is reported and an abort is obeyed', () => {
  const text = `a,b\n${'1,2\n'.repeat(10_000)}`;
  const seen: number[] = [];
  parseCsv(text, { onProgress: ({ done, total }) => seen.push(done / total) });
  expect(seen.length).toBeGreaterThan(4);
  expect(failure(() => parseCsv(text, { signal: { aborted: true } })).code).toBe('ABORTED');
});
