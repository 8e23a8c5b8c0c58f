import { describe, expect, test } from 'vitest';
import { type CartOptions, fitCart, sampleCart } from '../../../src/generators/index.ts';
import { canonicalJson } from '../../../src/hash/index.ts';
import {
  categoryColumn,
  createTable,
  integerColumn,
  numberColumn,
  takeRows,
  textColumn,
  toRecords,
} from '../../../src/table/index.ts';
import { mixedTable } from '../make-table.ts';

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
}

const source = mixedTable(600);

test('the model is canonical JSON and says that it embeds training values', () => {
  const model = fitCart(source);
  expect(canonicalJson(model).length).toBeGreaterThan(1000);
  expect(model).toMatchObject({ kind: 'cart', version: 1, embedsTrainingValues: true });
  expect(model.digest).toMatch(/^[0-9a-f]{64}$/);
});

test('the source is not touched', () => {
  const before = JSON.stringify(toRecords(source));
  fitCart(source);
  expect(JSON.stringify(toRecords(source))).toBe(before);
});

test('the model does not depend on the order of rows', () => {
  const order = Array.from({ length: 600 }, (_, i) => (i * 7919) % 600);
  expect(fitCart(takeRows(source, order)).columns).toEqual(fitCart(source).columns);
});

test('no leaf has fewer than minLeaf rows', () => {
  for (const minLeaf of [1, 5, 20, 100])
    for (const tree of fitCart(source, { minLeaf }).report.trees)
      expect(tree.smallestLeaf).toBeGreaterThanOrEqual(minLeaf);
});

test('progress is told for every column, and abort stops', () => {
  const seen: string[] = [];
  fitCart(source, { onProgress: ({ stage, done, total }) => seen.push(`${stage} ${done}/${total}`) });
  expect(seen).toEqual(Array.from({ length: 10 }, (_, i) => `fit ${i + 1}/10`));
  expect(code(() => fitCart(source, { signal: { aborted: true } }))).toBe('ABORTED');
});

describe('visiting order', () => {
  const names = (options: CartOptions) => {
    const model = fitCart(source, options);
    return model.order.map((position) => model.columns[position]!.name);
  };
  test('given, listed, automatic', () => {
    const given = source.columns.map((column) => column.name);
    expect(names({ visitOrder: 'given' })).toEqual(given);
    expect(names({ visitOrder: ['born', 'age'] })).toEqual([
      'born',
      'age',
      ...given.filter((n) => n !== 'born' && n !== 'age'),
    ]);
    const auto = names({});
    expect(auto.indexOf('member')).toBeLessThan(auto.indexOf('group'));
    expect(auto.indexOf('group')).toBeLessThan(auto.indexOf('age'));
    expect(auto.at(-1)).toBe('seen');
    expect([...auto].sort()).toEqual([...given].sort());
  });
});

describe('identifiers', () => {
  test('names, ids and asked columns are replaced by values that are not in the source', () => {
    const model = fitCart(source, { identifiers: ['group'] });
    expect(model.report.identifiers).toEqual([
      { column: 'id', reason: 'all-distinct' },
      { column: 'name', reason: 'text' },
      { column: 'group', reason: 'asked' },
    ]);
    const drawn = toRecords(sampleCart(model, { rows: 700, seed: 's' }));
    const real = toRecords(source);
    for (const name of ['id', 'name', 'group']) {
      const known = new Set(real.map((record) => record[name]));
      known.delete(null);
      for (const record of drawn) expect(known.has(record[name]!)).toBe(false);
      const cells = drawn.map((record) => record[name]).filter((cell) => cell !== null);
      expect(new Set(cells).size).toBe(cells.length);
    }
    expect(drawn[0]!['id']).toBe(10_000);
    expect(JSON.stringify(model)).not.toContain('Person 1');
  });

  test('placeholders step aside for a source that already looks like them', () => {
    const names = Array.from({ length: 30 }, (_, i) => `synthetic-name-${i}`);
    const table = createTable([
      textColumn('name', names),
      integerColumn(
        'x',
        names.map((_, i) => i % 3),
      ),
    ]);
    const drawn = toRecords(sampleCart(fitCart(table), { rows: 40, seed: 's' }));
    for (const record of drawn) expect(names).not.toContain(record['name']);
    expect(drawn[0]!['name']).toBe('synthetic2-name-1');
  });

  test('numeric ids descend where there is no room above, and are refused where there is none at all', () => {
    const ids = (first: number) => Array.from({ length: 30 }, (_, i) => first + i);
    const down = fitCart(createTable([integerColumn('id', ids(2e15))]));
    expect(toRecords(sampleCart(down, { rows: 2, seed: 's' }))).toEqual([{ id: -1 }, { id: -2 }]);
    const both = createTable([integerColumn('id', [...ids(2e15), -3e15])]);
    expect(code(() => fitCart(both))).toBe('OUT_OF_RANGE');
  });

  test('booleans and datetimes cannot be identifiers; measurements are modelled', () => {
    expect(code(() => fitCart(source, { identifiers: ['member'] }))).toBe('KIND_MISMATCH');
    expect(code(() => fitCart(source, { identifiers: ['born'] }))).toBe('KIND_MISMATCH');
    const model = fitCart(source, { measurements: ['id'] });
    expect(model.columns[0]!.role).toBe('modelled');
    expect(code(() => fitCart(source, { measurements: ['name'] }))).toBe('BAD_OPTION');
    expect(code(() => fitCart(source, { measurements: ['id'], identifiers: ['id'] }))).toBe('BAD_OPTION');
  });
});

describe('rare levels', () => {
  const cells = [
    ...Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 'x' : 'y')),
    'rare1',
    'rare2',
    'rare2',
    'other',
  ];
  const table = createTable([categoryColumn('c', cells)]);
  test('are pooled under a free label, counted, and never shown', () => {
    const model = fitCart(table);
    expect(model.report.pooled).toEqual([{ column: 'c', levels: 3, rows: 4, label: '(other)', below: 5 }]);
    expect(model.columns[0]!.labels).toEqual(['(other)', 'x', 'y']);
    expect(JSON.stringify(model)).not.toContain('rare');
    const drawn = new Set(toRecords(sampleCart(model, { rows: 500, seed: 's' })).map((record) => record['c']));
    expect([...drawn].sort()).toEqual(['(other)', 'x', 'y']);
  });
  test('0 pools none', () => {
    const model = fitCart(table, { rareLevelMin: 0 });
    expect(model.report.pooled).toEqual([]);
    expect(model.columns[0]!.labels).toEqual(['other', 'rare1', 'rare2', 'x', 'y']);
  });
  test('when every level is rare the column is one pooled level', () => {
    const model = fitCart(createTable([categoryColumn('c', ['a', 'b', 'c']), integerColumn('n', [1, 1, 2])]), {
      minLeaf: 1,
    });
    expect(model.report.pooled).toEqual([{ column: 'c', levels: 3, rows: 3, label: 'other', below: 5 }]);
    expect(toRecords(sampleCart(model, { rows: 1, seed: 's' }))[0]!['c']).toBe('other');
  });
});

describe('hostile tables', () => {
  test('refused with a code', () => {
    expect(code(() => fitCart({ rowCount: 0, columns: [] }))).toBe('EMPTY_INPUT');
    expect(code(() => fitCart(createTable([numberColumn('x', [])])))).toBe('EMPTY_INPUT');
    const x = numberColumn('x', [1, 2, 3]);
    expect(code(() => fitCart({ rowCount: 3, columns: [x, x] }))).toBe('DUPLICATE_COLUMN');
    expect(code(() => fitCart({ rowCount: 3, columns: [x, numberColumn('y', [1])] }))).toBe('LENGTH_MISMATCH');
    expect(code(() => fitCart({ rowCount: 2, columns: [x] }))).toBe('LENGTH_MISMATCH');
    expect(code(() => fitCart(createTable([x])))).toBe('BAD_OPTION'); // fewer rows than minLeaf
    for (const bad of [Number.NaN, Infinity, -Infinity])
      expect(code(() => fitCart(createTable([numberColumn('x', [1, bad, 3])]), { minLeaf: 1 }))).toBe('BAD_VALUE');
    const codes = categoryColumn('c', ['a', 'b', 'a']);
    const wrong = { ...codes, codes: Int32Array.of(0, 7, 0) };
    expect(code(() => fitCart({ rowCount: 3, columns: [wrong] }, { minLeaf: 1 }))).toBe('BAD_COLUMN');
  });

  test('bad options are refused', () => {
    for (const options of [
      { minLeaf: 0 },
      { minLeaf: 2.5 },
      { minSplit: 1 },
      { maxDepth: -1 },
      { complexity: Number.NaN },
      { complexity: -1 },
      { rareLevelMin: -1 },
      { synthesize: [] },
      { synthesize: ['age', 'age'] },
      { visitOrder: ['age', 'age'] },
    ])
      expect([options, code(() => fitCart(source, options))]).toEqual([options, 'BAD_OPTION']);
    for (const options of [
      { visitOrder: ['agee'] },
      { synthesize: ['x'] },
      { identifiers: ['x'] },
      { measurements: ['x'] },
    ])
      expect(code(() => fitCart(source, options))).toBe('UNKNOWN_COLUMN');
  });

  test('one row, with minLeaf 1, is a constant table', () => {
    const table = createTable([numberColumn('x', [1.5]), categoryColumn('c', ['a']), textColumn('t', ['Ann'])]);
    const model = fitCart(table, { minLeaf: 1, rareLevelMin: 0 });
    expect(toRecords(sampleCart(model, { rows: 2, seed: 's' }))).toEqual([
      { x: 1.5, c: 'a', t: 'synthetic-t-1' },
      { x: 1.5, c: 'a', t: 'synthetic-t-2' },
    ]);
  });

  test('numeric columns with fewer than minLeaf observed cells are given up and reported', () => {
    const cells = Array.from({ length: 60 }, (_, i) => (i < 19 ? i / 2 : null));
    const model = fitCart(
      createTable([
        numberColumn('x', cells),
        integerColumn(
          'y',
          cells.map((_, i) => i % 4),
        ),
      ]),
    );
    expect(model.report.allMissing).toEqual([{ column: 'x', observed: 19 }]);
  });

  test('extreme and signed numbers', () => {
    const values = Array.from({ length: 200 }, (_, i) => [1e308, -1e308, 5e-324, -0, 0, 1e21, 0.1][i % 7]!);
    const table = createTable([
      numberColumn('x', values),
      numberColumn(
        'y',
        values.map((v) => -v),
      ),
    ]);
    for (const smoothing of ['none', 'interpolate'] as const)
      for (const numericSplit of ['rank', 'value'] as const) {
        const model = fitCart(table, { smoothing, numericSplit });
        expect(canonicalJson(JSON.parse(JSON.stringify(model)))).toBe(canonicalJson(model));
        for (const record of toRecords(sampleCart(model, { rows: 300, seed: 's' })))
          expect(Number.isFinite(record['x']) && Number.isFinite(record['y'])).toBe(true);
      }
  });

  test('10,000 levels as target and as predictor', () => {
    const rows = 60_000;
    const label = (i: number) => `L${i % 10_000}`;
    const table = createTable([
      categoryColumn(
        'many',
        Array.from({ length: rows }, (_, i) => label(i * 17)),
      ),
      categoryColumn(
        'few',
        Array.from({ length: rows }, (_, i) => ['p', 'q', 'r'][((i * 17) % 10_000) % 3]!),
      ),
      integerColumn(
        'number',
        Array.from({ length: rows }, (_, i) => ((i * 17) % 10_000) % 5),
      ),
    ]);
    const model = fitCart(table, { visitOrder: 'given' });
    const drawn = toRecords(sampleCart(model, { rows: 2000, seed: 's' }));
    // The level settles the class: the ordered splits must find most of that.
    const right = drawn.filter((r) => ['p', 'q', 'r'][Number(String(r['many']).slice(1)) % 3] === r['few']).length;
    expect(right / drawn.length).toBeGreaterThan(0.9);
    const exact = drawn.filter((r) => Number(String(r['many']).slice(1)) % 5 === r['number']).length;
    expect(exact / drawn.length).toBeGreaterThan(0.9);
  });

  test('labels that look like numbers, and column names that look like indices', () => {
    const table = createTable([
      categoryColumn(
        '10',
        Array.from({ length: 60 }, (_, i) => ['10', '9', '1e3'][i % 3]!),
      ),
      integerColumn(
        '2',
        Array.from({ length: 60 }, (_, i) => i % 3),
      ),
    ]);
    const drawn = sampleCart(fitCart(table), { rows: 50, seed: 's' });
    expect(drawn.columns.map((column) => column.name)).toEqual(['10', '2']);
    for (const [row, record] of toRecords(drawn).entries())
      expect([row, ['10', '9', '1e3'][record['2'] as number]]).toEqual([row, record['10']]);
  });
});
