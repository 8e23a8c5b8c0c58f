import { describe, expect, test } from 'vitest';
import { SynthproofError } from '../../src/errors.ts';
import {
  booleanColumn,
  categoryColumn,
  columnNames,
  concatRows,
  createTable,
  datetimeColumn,
  dropColumns,
  equalTables,
  filterRows,
  formatCsv,
  formatNdjson,
  fromArrow,
  fromColumns,
  fromRecords,
  getColumn,
  groupCodes,
  integerColumn,
  missingCount,
  numberColumn,
  parseNdjson,
  readCsvBatches,
  readNdjsonBatches,
  renameColumns,
  replaceColumn,
  selectColumns,
  sliceRows,
  sortRows,
  takeRows,
  textColumn,
  toRecords,
} from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';

function failure(run: () => unknown): SynthproofError {
  try {
    run();
  } catch (error) {
    if (error instanceof SynthproofError) return error;
    throw error;
  }
  throw new Error('expected an error');
}

const people = createTable([
  textColumn('name', ['Ann', 'Bo', 'Cy', 'Di']),
  integerColumn('age', [40, null, 9, 40]),
  categoryColumn('sex', ['F', 'M', null, 'F'], ['F', 'M', 'X']),
  booleanColumn('member', [true, false, null, true]),
  datetimeColumn('born', [0, null, 86_400_000, -86_400_000], 'day'),
  numberColumn('height', [1.7, Number.NaN, null, -0]),
]);

describe('columns of a table', () => {
  test('getColumn suggests', () => {
    expect(failure(() => getColumn(people, 'hieght')).message).toContain('did you mean "height"?');
    expect(failure(() => getColumn(people, 'AGE')).message).toContain('did you mean "age"?');
    expect(failure(() => getColumn(people, 'income')).message).toContain('the columns are "name", "age"');
    expect(failure(() => getColumn(createTable([]), 'x')).message).toContain('none');
  });

  test('select, drop, rename, replace', () => {
    expect(columnNames(selectColumns(people, ['sex', 'name']))).toEqual(['sex', 'name']);
    expect(failure(() => selectColumns(people, ['sex', 'sex'])).code).toBe('DUPLICATE_COLUMN');
    expect(columnNames(dropColumns(people, ['name', 'born', 'member']))).toEqual(['age', 'sex', 'height']);
    expect(failure(() => dropColumns(people, ['nme'])).code).toBe('UNKNOWN_COLUMN');
    expect(
      columnNames(
        renameColumns(people, [
          ['name', 'age'],
          ['age', 'name'],
        ]),
      ).slice(0, 2),
    ).toEqual(['age', 'name']);
    expect(failure(() => renameColumns(people, [['name', 'age']])).code).toBe('DUPLICATE_COLUMN');
    expect(columnNames(replaceColumn(people, textColumn('note', ['', '', '', ''])))).toHaveLength(7);
    expect(replaceColumn(people, textColumn('age', ['', '', '', ''])).columns[1]!.kind).toBe('text');
    expect(failure(() => replaceColumn(people, textColumn('age', ['']))).code).toBe('LENGTH_MISMATCH');
    // No column left: the rows are still counted.
    expect(selectColumns(people, []).rowCount).toBe(4);
  });
});

describe('rows of a table', () => {
  test('take, slice, filter', () => {
    const taken = takeRows(people, [2, 0, 0]);
    expect(toRecords(taken).map((row) => row['name'])).toEqual(['Cy', 'Ann', 'Ann']);
    expect(getColumn(taken, 'sex')).toMatchObject({ labels: ['F', 'M', 'X'], codes: Int32Array.of(-1, 0, 0) });
    expect('validity' in getColumn(takeRows(people, [0, 3]), 'age')).toBe(false);
    expect(failure(() => takeRows(people, [4])).code).toBe('OUT_OF_RANGE');
    expect(sliceRows(people, 1, 3).rowCount).toBe(2);
    expect(sliceRows(people, -1).rowCount).toBe(1);
    expect(sliceRows(people, 3, 1).rowCount).toBe(0);
    expect(sliceRows(people, -9, 99).rowCount).toBe(4);
    expect(filterRows(people, (row) => row % 2 === 1).rowCount).toBe(2);
    expect(filterRows(people, () => false).rowCount).toBe(0);
  });

  test('sort: stable, missing last either way, NaN after numbers', () => {
    const order = (...by: Parameters<typeof sortRows>[1]): unknown[] =>
      toRecords(sortRows(people, by)).map((row) => row['name']);
    expect(order('age')).toEqual(['Cy', 'Ann', 'Di', 'Bo']);
    expect(order({ column: 'age', descending: true }, { column: 'name', descending: true })).toEqual([
      'Di',
      'Ann',
      'Cy',
      'Bo',
    ]);
    expect(order('height')).toEqual(['Di', 'Ann', 'Bo', 'Cy']);
    expect(order('sex', 'born')).toEqual(['Di', 'Ann', 'Bo', 'Cy']);
    expect(order('member', 'name')).toEqual(['Bo', 'Ann', 'Di', 'Cy']);
    expect(order()).toEqual(['Ann', 'Bo', 'Cy', 'Di']);
  });

  test('concatenation unites labels and refuses other shapes', () => {
    const other = replaceColumn(sliceRows(people, 0, 1), categoryColumn('sex', ['D']));
    const both = concatRows([people, selectColumns(other, [...columnNames(other)].reverse())]);
    expect(getColumn(both, 'sex')).toMatchObject({
      labels: ['D', 'F', 'M', 'X'],
      codes: Int32Array.of(1, 2, -1, 1, 0),
    });
    expect(missingCount(getColumn(both, 'height'))).toBe(1);
    expect(failure(() => concatRows([])).code).toBe('EMPTY_INPUT');
    expect(failure(() => concatRows([people, dropColumns(people, ['age'])])).code).toBe('SCHEMA_MISMATCH');
    expect(failure(() => concatRows([people, renameColumns(people, [['age', 'Age']])])).code).toBe('SCHEMA_MISMATCH');
    expect(failure(() => concatRows([people, replaceColumn(people, numberColumn('age', [1, 2, 3, 4]))])).code).toBe(
      'KIND_MISMATCH',
    );
    expect(failure(() => concatRows([people, replaceColumn(people, datetimeColumn('born', [1, 2, 3, 4]))])).code).toBe(
      'KIND_MISMATCH',
    );
  });

  test('group codes of every kind', () => {
    const groups = (name: string): unknown => {
      const { codes, labels } = groupCodes(getColumn(people, name));
      return [[...codes], labels];
    };
    expect(groups('age')).toEqual([
      [1, -1, 0, 1],
      ['9', '40'],
    ]);
    expect(groups('sex')).toEqual([
      [0, 1, -1, 0],
      ['F', 'M', 'X'],
    ]);
    expect(groups('member')).toEqual([
      [1, 0, -1, 1],
      ['false', 'true'],
    ]);
    expect(groups('born')).toEqual([
      [1, -1, 2, 0],
      ['1969-12-31', '1970-01-01', '1970-01-02'],
    ]);
    expect(groups('height')).toEqual([
      [1, 2, -1, 0],
      ['0', '1.7', 'NaN'],
    ]);
    expect(groups('name')).toEqual([
      [0, 1, 2, 3],
      ['Ann', 'Bo', 'Cy', 'Di'],
    ]);
    expect(groupCodes(numberColumn('x', [0, -0])).labels).toEqual(['0']);
  });
});

describe('plain values', () => {
  test('values keep their type', () => {
    const table = fromColumns({
      whole: [1, 2n, null],
      real: [1, 0.5, Number.NaN],
      flag: [true, undefined, false],
      zip: ['01234', '94110', null],
      day: [new Date(0), null, new Date(86_400_000)],
      time: [new Date(1), null, new Date(2)],
      iso: ['2020-01-01', null, '2020-01-02'],
      nothing: [null, undefined, null],
      minusZero: [-0, 1, 2],
    });
    expect(table.columns.map((column) => column.kind)).toEqual([
      'integer',
      'number',
      'boolean',
      'text',
      'datetime',
      'datetime',
      'datetime',
      'text',
      'number',
    ]);
    expect(table.columns[4]).toMatchObject({ unit: 'day' });
    expect(table.columns[5]).toMatchObject({ unit: 'millisecond' });
  });

  test('mixed types and unknown ones are refused', () => {
    expect(failure(() => fromColumns({ x: [1, 'a'] })).message).toContain(
      'expected a number as in the rows above, received "a"',
    );
    expect(failure(() => fromColumns({ x: [null, {}] })).place).toEqual({ column: 'x', row: 1 });
    expect(failure(() => fromColumns({ x: [2n ** 60n] })).code).toBe('BAD_VALUE');
    expect(failure(() => fromColumns({ x: [1], y: [1, 2] })).code).toBe('LENGTH_MISMATCH');
  });

  test('a schema is strict about values', () => {
    const schema = { columns: [{ name: 'x', kind: 'number' as const }] };
    expect(toRecords(fromRecords([{ x: 'NaN' }, { x: 'Infinity' }, {}], { schema }))).toEqual([
      { x: Number.NaN },
      { x: Number.POSITIVE_INFINITY },
      { x: null },
    ]);
    expect(failure(() => fromRecords([{ x: '1' }], { schema })).code).toBe('BAD_VALUE');
    expect(failure(() => fromRecords([{ x: 1, y: 2 }], { schema })).code).toBe('SCHEMA_MISMATCH');
    expect(fromRecords([], { schema }).columns).toHaveLength(1);
  });

  test('records with different keys', () => {
    expect(toRecords(fromRecords([{ a: 1 }, { b: 'x', a: 2 }, {}]))).toEqual([
      { a: 1, b: null },
      { a: 2, b: 'x' },
      { a: null, b: null },
    ]);
    expect(fromRecords([]).columns).toEqual([]);
    expect(failure(() => toRecords(createTable([textColumn('__proto__', ['a'])]))).code).toBe('BAD_COLUMN');
  });

  test('Arrow-like tables, by get and by at', () => {
    const cells: Record<string, unknown[]> = { n: [1n, null], s: ['a', 'b'] };
    const source = (method: 'get' | 'at') => ({
      numRows: 2,
      schema: { fields: [{ name: 'n' }, { name: 's' }] },
      getChild: (name: string) => ({ length: 2, [method]: (row: number) => cells[name]![row] }),
    });
    for (const method of ['get', 'at'] as const)
      expect(toRecords(fromArrow(source(method)))).toEqual([
        { n: 1, s: 'a' },
        { n: null, s: 'b' },
      ]);
    expect(failure(() => fromArrow({ ...source('get'), getChild: () => null })).code).toBe('BAD_COLUMN');
  });
});

describe('writers', () => {
  test('CSV quotes what must be quoted', () => {
    const table = createTable([textColumn('a,b', ['', 'NA', ' x', 'x\t', 'a"b', 'a\nb', null, '\uFEFF'])]);
    expect(formatCsv(table)).toBe('"a,b"\n""\nNA\n" x"\n"x\t"\n"a""b"\n"a\nb"\n\n"\uFEFF"\n');
    expect(formatCsv(table, { nullToken: 'NA', lineEnd: '\r\n' })).toContain('\r\n"NA"\r\n');
    expect(formatCsv(table, { header: false }).startsWith('""\n')).toBe(true);
  });

  test('the injection guard marks formulas only', () => {
    const table = createTable([
      textColumn('=x', ['=1+1', '+1', '-1', '@a', '\t=1', '\r=1', 'a=b', '']),
      numberColumn('n', [-1, 2, 3, 4, 5, 6, 7, 8]),
    ]);
    expect(formatCsv(table, { guardInjection: true })).toBe(
      `'=x,n\n'=1+1,-1\n'+1,2\n'-1,3\n'@a,4\n'\t=1,5\n"'\r=1",6\na=b,7\n"",8\n`,
    );
  });

  test.each([
    [() => formatCsv(createTable([])), 'EMPTY_INPUT'],
    [() => formatNdjson(createTable([])), 'EMPTY_INPUT'],
    [() => formatCsv(people, { nullToken: 'a"' }), 'BAD_OPTION'],
    [() => formatCsv(people, { nullToken: ',' }), 'BAD_OPTION'],
    [() => formatCsv(people, { lineEnd: '\r' as '\n' }), 'BAD_OPTION'],
    [() => formatCsv(people, { delimiter: '\n' }), 'BAD_OPTION'],
    [() => formatCsv(createTable([textColumn('x', ['\ud800'])])), 'BAD_TEXT'],
    [() => formatCsv(createTable([categoryColumn('x', ['\udc00'])])), 'BAD_TEXT'],
    [() => formatNdjson(createTable([textColumn('\ud800', ['a'])])), 'BAD_TEXT'],
    [() => formatNdjson(createTable([textColumn('__proto__', ['a'])])), 'BAD_COLUMN'],
  ])('refusal %#', (run, code) => {
    expect(failure(run).code).toBe(code);
  });

  test('NDJSON in detail', () => {
    expect(formatNdjson(sliceRows(people, 1, 3))).toBe(
      '{"name":"Bo","age":null,"sex":"M","member":false,"born":null,"height":"NaN"}\n{"name":"Cy","age":9,"sex":null,"member":null,"born":"1970-01-02","height":null}\n',
    );
    expect(formatNdjson(createTable([numberColumn('x', [2 ** 60, -0, 1e-7])]))).toBe(
      '{"x":1.152921504606847e+18}\n{"x":-0}\n{"x":1e-7}\n',
    );
    expect(parseNdjson('\uFEFF{"a":1}\r\n\r\n  \n{"a":2}').rowCount).toBe(2);
    expect(parseNdjson('').columns).toEqual([]);
    expect(failure(() => parseNdjson('{"a":1}\n{"a":1,"a":2}\n')).message).toContain('line 2');
    expect(failure(() => parseNdjson('{"a":1}\n[1]\n')).code).toBe('BAD_JSON');
    expect(failure(() => parseNdjson('{"a":{"b":1}}\n')).code).toBe('BAD_VALUE');
    expect(failure(() => parseNdjson('{"a":9007199254740993}\n')).code).toBe('BAD_JSON');
  });
});

describe('streams', () => {
  const schema = {
    columns: [
      { name: 'a', kind: 'integer' as const },
      { name: 'b', kind: 'text' as const },
    ],
  };
  async function sizes(batches: AsyncIterable<Table>): Promise<number[]> {
    const out: number[] = [];
    for await (const batch of batches) out.push(batch.rowCount);
    return out;
  }
  const bytes = new TextEncoder().encode('a,b\n1,é\n2,😀\n');

  test('bytes cut inside characters, from every kind of source', async () => {
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    async function* later(): AsyncGenerator<Uint8Array> {
      yield* single;
    }
    const stream = new ReadableStream<Uint8Array>({
      start(controller): void {
        for (const chunk of single) controller.enqueue(chunk);
        controller.close();
      },
    });
    const bare = {
      getReader: () =>
        new ReadableStream<Uint8Array>({
          start(controller): void {
            controller.enqueue(bytes);
            controller.close();
          },
        }).getReader(),
    };
    for (const source of [single, later(), stream, bare]) {
      const batches: Table[] = [];
      for await (const batch of readCsvBatches(source, { schema })) batches.push(batch);
      expect(toRecords(concatRows(batches))).toEqual([
        { a: 1, b: 'é' },
        { a: 2, b: '😀' },
      ]);
    }
  });

  test('an abandoned stream is cancelled', async () => {
    let cancelled = false;
    const source = {
      getReader: () => ({
        read: async () => ({ done: false, value: 'a,b\n1,x\n' }),
        cancel: async () => {
          cancelled = true;
        },
      }),
    };
    const batches = readCsvBatches(source, {
      schema: {
        columns: [
          { name: 'a', kind: 'text' },
          { name: 'b', kind: 'text' },
        ],
      },
      batchRows: 1,
    });
    await batches.next();
    await batches.return();
    expect(cancelled).toBe(true);
  });

  test('broken bytes are refused', async () => {
    await expect(sizes(readCsvBatches([bytes.subarray(0, bytes.length - 4)], { schema }))).rejects.toMatchObject({
      code: 'BAD_TEXT',
    });
    await expect(sizes(readCsvBatches([Uint8Array.of(0xff)], { schema }))).rejects.toMatchObject({ code: 'BAD_TEXT' });
    await expect(sizes(readCsvBatches([Uint8Array.of(0xe2), 'a'], { schema }))).rejects.toMatchObject({
      code: 'BAD_TEXT',
    });
    await expect(sizes(readCsvBatches([1 as unknown as string], { schema }))).rejects.toMatchObject({
      code: 'BAD_OPTION',
    });
  });

  test('batches, errors and empty files', async () => {
    expect(await sizes(readCsvBatches(['a,b\n', '1,x\n'.repeat(5)], { schema, batchRows: 2 }))).toEqual([2, 2, 1]);
    expect(await sizes(readCsvBatches(['a,b\n', '1,x\n'.repeat(4)], { schema, batchRows: 2 }))).toEqual([2, 2]);
    expect(await sizes(readCsvBatches(['a,', 'b'], { schema }))).toEqual([0]);
    expect(await sizes(readNdjsonBatches([''], { schema }))).toEqual([0]);
    expect(await sizes(readNdjsonBatches(['{"a":1,"b":"x"}\n'.repeat(3)], { schema, batchRows: 3 }))).toEqual([3]);
    await expect(sizes(readCsvBatches([], { schema }))).rejects.toMatchObject({ code: 'BAD_CSV' });
    await expect(
      sizes(readCsvBatches(['a,b\n1,x\n2,y\n3,', 'z\nx,y\n'], { schema, batchRows: 2 })),
    ).rejects.toMatchObject({
      code: 'BAD_VALUE',
      place: { column: 'a', row: 3 },
      message: expect.stringContaining('data row 4 (line 5)'),
    });
    await expect(
      sizes(
        readCsvBatches(['a,b\n"', '\n\n', '",x\n1\n'], {
          schema: {
            columns: [
              { name: 'a', kind: 'text' },
              { name: 'b', kind: 'text' },
            ],
          },
        }),
      ),
    ).rejects.toMatchObject({
      message: expect.stringContaining('data row 2 (line 5)'),
    });
    await expect(sizes(readCsvBatches(['a,b\n'], { schema, batchRows: 0 }))).rejects.toMatchObject({
      code: 'BAD_OPTION',
    });
    await expect(sizes(readNdjsonBatches(['{}'], { schema, batchRows: 0.5 }))).rejects.toMatchObject({
      code: 'BAD_OPTION',
    });
    await expect(sizes(readCsvBatches(['a,b\n'], { schema, signal: { aborted: true } }))).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });

  test('one-character pieces of a long cell take linear time', async () => {
    const text = `a,b\n1,"${'x'.repeat(100_000)}"\n`;
    expect(await sizes(readCsvBatches(text.split(''), { schema }))).toEqual([1]);
  });
});

test('equal tables', () => {
  expect(equalTables(people, takeRows(people, [0, 1, 2, 3]))).toBe(true);
  expect(equalTables(people, takeRows(people, [0, 1, 3, 2]))).toBe(false);
  expect(equalTables(people, dropColumns(people, ['age']))).toBe(false);
  expect(equalTables(people, replaceColumn(people, categoryColumn('sex', ['F', 'M', null, 'F'])))).toBe(false);
  expect(equalTables(people, replaceColumn(people, datetimeColumn('born', [0, null, 86_400_000, -86_400_000])))).toBe(
    false,
  );
  expect(equalTables(people, replaceColumn(people, numberColumn('height', [1.7, Number.NaN, null, 0])))).toBe(false);
});
