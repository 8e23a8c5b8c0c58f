import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SynthproofError } from '../../src/errors.ts';
import { parseStrictJson } from '../../src/hash/index.ts';
import {
  concatRows,
  equalTables,
  formatNdjson,
  fromRecords,
  parseNdjson,
  readNdjsonBatches,
  schemaOf,
  type TableSchema,
} from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { anyTable, cut } from './arbitrary-table.ts';

const SCHEMA: TableSchema = {
  columns: [
    { name: 'n', kind: 'number' },
    { name: 'i', kind: 'integer' },
    { name: 'b', kind: 'boolean' },
    { name: 'c', kind: 'category', labels: ['x', 'y', 'é"'] },
    { name: 'd', kind: 'datetime', unit: 'day' },
    { name: 't', kind: 'text' },
    { name: 'k"é', kind: 'category' },
  ],
};

interface Outcome {
  readonly table?: Table;
  readonly error?: string;
}

function outcome(run: () => Table): Outcome {
  try {
    return { table: run() };
  } catch (error) {
    if (!(error instanceof SynthproofError)) throw error;
    return { error: `${error.code} ${error.place.column} ${error.place.row} ${error.message}` };
  }
}

async function inPieces(pieces: readonly (string | Uint8Array)[], batchRows: number): Promise<Outcome> {
  const tables: Table[] = [];
  try {
    for await (const batch of readNdjsonBatches(pieces, { schema: SCHEMA, batchRows })) tables.push(batch);
  } catch (error) {
    if (!(error instanceof SynthproofError)) throw error;
    return { error: `${error.code} ${error.place.column} ${error.place.row} ${error.message}` };
  }
  return { table: concatRows(tables) };
}

const blank = fc.constantFrom('', '', '', ' ', '\t', '\r', '  ');
/** JSON values, good and broken, of every kind and just beside it. */
const value = fc.oneof(
  fc.constantFrom(
    'null',
    'true',
    'false',
    '"x"',
    '"y"',
    '"z"',
    '"é\\""',
    '""',
    '"2020-02-29"',
    '"2021-02-29"',
    '"NaN"',
    '"-Infinity"',
    '"a\\u0041"',
    '"\\ud800"',
    '"\\ud83d\\ude00"',
    '"😀"',
    '"\\q"',
    '"\\n\\t\\\\"',
    '"open',
    '[1]',
    '{"a":1}',
    'nul',
    'True',
    '',
  ),
  fc.constantFrom(
    '0',
    '-0',
    '1',
    '-12',
    '1.5',
    '1.0',
    '01',
    '-',
    '1.',
    '.5',
    '+1',
    '1e3',
    '1E-7',
    '1e',
    '1e400',
    '123456789012345',
    '9007199254740991',
    '9007199254740992',
    '0.1234567890123456789',
    '0.000000000000001',
    '-0.30000000000000004',
    '86400000',
    'NaN',
  ),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((x) => JSON.stringify(x)),
  fc.string({ unit: 'binary', maxLength: 5 }).map((text) => JSON.stringify(text)),
);
const key = fc.constantFrom(
  '"n"',
  '"i"',
  '"b"',
  '"c"',
  '"d"',
  '"t"',
  '"k\\"é"',
  '"\\u006e"',
  '"q"',
  '"__proto__"',
  'n',
);
const line = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .array(fc.tuple(blank, key, blank, value, blank), { maxLength: 4 })
      .map((cells) => `{${cells.map(([a, k, b, v, c]) => `${a}${k}${b}:${v}${c}`).join(',')}}`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\r',
      '{}',
      '{ }\r',
      '[]',
      '1',
      'null',
      '{',
      '}',
      '{"n":1,}',
      '{"n":1}}',
      '{"n" 1}',
      '{"n":1}\uFEFF',
      '\uFEFF{}',
    ),
  },
);
/** Mostly lines that fit, so that whole files do too. */
const good = fc
  .record(
    {
      n: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      i: fc.option(fc.maxSafeInteger()),
      b: fc.option(fc.boolean()),
      c: fc.option(fc.constantFrom('x', 'y', 'é"')),
      d: fc.option(fc.constantFrom('1999-12-31', '2020-02-29')),
      t: fc.option(fc.string({ unit: 'grapheme', maxLength: 5 })),
      'k"é': fc.option(fc.string({ maxLength: 3 })),
    },
    { requiredKeys: [] },
  )
  .chain((record) =>
    fc.shuffledSubarray(Object.entries(record)).map((entries) => JSON.stringify(Object.fromEntries(entries))),
  );
const file = fc
  .tuple(
    fc.array(fc.oneof({ weight: 5, arbitrary: good }, { weight: 1, arbitrary: line }), { maxLength: 6 }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([lines, end, last]) => lines.join(end) + (last ? end : ''));
const borders = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe('NDJSON', () => {
  test('a line reads as the strict parser and the column constructors read it', () => {
    fc.assert(
      fc.property(fc.oneof(line, good), (text) => {
        const body = text.replace(/^\uFEFF/, '');
        const ours = outcome(() => parseNdjson(text, { schema: SCHEMA }));
        const plain = outcome(() =>
          fromRecords(/^[ \t\r]*$/.test(body) ? [] : [asRecord(parseStrictJson(body))], { schema: SCHEMA }),
        );
        expect(ours.table === undefined).toBe(plain.table === undefined);
        if (ours.table !== undefined) expect(equalTables(ours.table, plain.table!)).toBe(true);
        // Which of several bad cells is named first may differ, but never whether the JSON is at fault.
        else expect(ours.error!.startsWith('BAD_JSON')).toBe(plain.error!.startsWith('BAD_JSON'));
      }),
      { numRuns: 3000 },
    );
  });

  test('any chunk borders and batch sizes give what one piece gives, errors too', async () => {
    await fc.assert(
      fc.asyncProperty(
        file,
        borders,
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (text, at, batchRows, bytes) => {
          fc.pre(!bytes || !/[\ud800-\udfff]/u.test(text));
          const pieces = cut(text, at);
          const encoded = new TextEncoder().encode(text);
          const marks = [0, ...at.map((x) => Math.floor(x * encoded.length)).sort((a, b) => a - b), encoded.length];
          const source = bytes ? marks.slice(1).map((end, i) => encoded.subarray(marks[i], end)) : pieces;
          const whole = outcome(() => parseNdjson(text, { schema: SCHEMA }));
          const parts = await inPieces(source, batchRows);
          expect(parts.error).toBe(whole.error);
          if (whole.table !== undefined) expect(equalTables(parts.table!, whole.table)).toBe(true);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('any bytes are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 6 }), async (pieces) => {
        const { table, error } = await inPieces(pieces, 2);
        expect(table === undefined).toBe(error !== undefined);
        if (error !== undefined) expect(error).toMatch(/^(BAD_TEXT|BAD_JSON|BAD_VALUE|SCHEMA_MISMATCH) /);
      }),
      { numRuns: 1000 },
    );
  });

  test('white space and key order change nothing', () => {
    fc.assert(
      fc.property(anyTable, fc.infiniteStream(fc.constantFrom('', ' ', '  ', '\t')), (table, spaces) => {
        fc.pre(table.columns.every((column) => column.name !== '__proto__'));
        const spaced = formatNdjson(table)
          .split('\n')
          .map((text) => {
            if (text === '') return '';
            const gap = (): string => spaces.next().value as string;
            const cells = Object.entries(JSON.parse(text) as Record<string, unknown>).reverse();
            // JSON.stringify would lose -0, and write whole numbers beyond 2^53 - 1 as the strict parser refuses them.
            const cellText = (cell: unknown): string =>
              typeof cell === 'number' && !(Number.isSafeInteger(cell) && cell !== 0) && Number.isInteger(cell)
                ? Object.is(cell, -0)
                  ? '-0'
                  : cell.toExponential()
                : JSON.stringify(cell);
            const exact = cells.map(([name, cell]) => [name, cellText(cell)]);
            return `${gap()}{${exact.map(([name, cell]) => `${gap()}${JSON.stringify(name)}${gap()}:${gap()}${cell}${gap()}`).join(',')}}${gap()}`;
          })
          .join('\n');
        expect(equalTables(parseNdjson(spaced, { schema: schemaOf(table) }), table)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('errors name the line and the row of the whole source', async () => {
    const text = '{"i":1}\n\n{"i":2}\n{"i":"x"}\n';
    const { error } = await inPieces(cut(text, [0.2, 0.5, 0.9]), 1);
    expect(error).toContain('BAD_VALUE i 2 column "i", data row 3 (line 4)');
    expect(outcome(() => parseNdjson('{"i":1}\n{"j":2}', { schema: SCHEMA })).error).toContain(
      'SCHEMA_MISMATCH j 1 schema: column "j" is in line 2 but not declared (did you mean "n"?)',
    );
    expect(
      outcome(() => parseNdjson('', { schema: { columns: [SCHEMA.columns[0]!, SCHEMA.columns[0]!] } })).error,
    ).toMatch(/^DUPLICATE_COLUMN n/);
    const twice = { columns: [{ name: 'c', kind: 'category' as const, labels: ['a', 'a'] }] };
    expect(outcome(() => parseNdjson('', { schema: twice })).error).toMatch(/^BAD_COLUMN c/);
  });
});

/** What the reader asks of a line: an object. */
function asRecord(json: unknown): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new SynthproofError('BAD_JSON', 'no object');
  return json as Record<string, unknown>;
}

describe('large and hostile lines end', () => {
  const size = 1_000_000;
  test.each([
    ['one long text', `{"t":"${'x'.repeat(size)}"}`],
    ['one open text', `{"t":"${'x'.repeat(size)}`],
    ['escapes', `{"t":"${'\\n'.repeat(size / 2)}"}`],
    ['backslashes', `{"t":"${'\\'.repeat(size)}`],
    ['digits', `{"n":${'9'.repeat(size)}}`],
    ['zeros', `{"n":0.${'0'.repeat(size)}1}`],
    ['blanks', `{${' '.repeat(size)}`],
    ['brackets', '['.repeat(size)],
    ['objects', '{"t":'.repeat(size / 5)],
    ['many keys', `{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join(',')}}`],
    ['blank lines', '\n'.repeat(size)],
    ['empty rows', '{}\n'.repeat(size / 4)],
  ])('%s', (_, text) => {
    const { table, error } = outcome(() => parseNdjson(text, { schema: SCHEMA }));
    if (table === undefined) expect(error).toMatch(/^(BAD_JSON|BAD_VALUE|SCHEMA_MISMATCH)/);
    else expect(table.columns).toHaveLength(SCHEMA.columns.length);
  });
});
