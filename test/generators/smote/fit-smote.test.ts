import { describe, expect, test } from 'vitest';
import { fitSmote, smoteGenerator } from '../../../src/generators/smote/index.ts';
import { canonicalJson } from '../../../src/hash/index.ts';
import {
  booleanColumn,
  categoryColumn,
  createTable,
  datetimeColumn,
  fromColumns,
  integerColumn,
  numberColumn,
  textColumn,
} from '../../../src/table/index.ts';
import { mixedTable } from '../make-table.ts';
import { neighbourDistances } from './distances.ts';

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
}

const source = mixedTable(400);

test('the model is canonical JSON, says that it embeds training values, and holds those of the class only', () => {
  const model = fitSmote(source, { target: 'group', label: 'a' });
  expect(model).toMatchObject({
    kind: 'smote',
    version: 1,
    embedsTrainingValues: true,
    target: 'group',
    label: 'a',
    k: 5,
  });
  expect(canonicalJson(JSON.parse(JSON.stringify(model)))).toBe(canonicalJson(model));
  expect(model.digest).toMatch(/^[0-9a-f]{64}$/);
  // Ages of group a are 10 to 20, of the others 50 and more.
  expect(Math.max(...model.columns.find((column) => column.name === 'age')!.values)).toBeLessThanOrEqual(20);
  expect(JSON.stringify(model)).not.toContain('Person 1');
  expect(smoteGenerator.id).toBe('smote');
});

test('the rarest class is the default, missing targets are counted', () => {
  const model = fitSmote(source, { target: 'group' });
  const groups = source.columns[2]!;
  if (groups.kind !== 'category') throw new Error('group is a category');
  const counts = groups.labels.map((_, l) => groups.codes.filter((c) => c === l).length);
  expect(model.report.classRows).toBe(Math.min(...counts));
  expect(model.report.unlabelled).toBe(groups.codes.filter((c) => c < 0).length);
  expect(model.report.missing.map(({ column }) => column)).toContain('age');
});

describe('distances', () => {
  const known = { x: [0, 3, 0, 9], y: [0, 4, 1, 0], c: ['a', 'b', 'b', 'a'] };
  const columns = [numberColumn('x', known.x), numberColumn('y', known.y), categoryColumn('c', known.c)];
  test('by hand: a category that differs adds half the squared median deviation', () => {
    const deviation = (v: number[]) =>
      Math.sqrt(v.reduce((s, x) => s + (x - v.reduce((a, b) => a + b) / 4) ** 2, 0) / 4);
    const median = (deviation(known.x) + deviation(known.y)) / 2;
    const found = neighbourDistances(columns, ['m', 'm', 'm', 'm'], 'm', 3);
    expect(found.medianStd).toBeCloseTo(median, 12);
    const first = [1 + median ** 2 / 2, 25 + median ** 2 / 2, 81].map(Math.sqrt);
    expect(found.neighbourDistances[0]!.map((d) => d.toFixed(10))).toEqual(first.map((d) => d.toFixed(10)));
  });

  test('with scaling, units do not matter', () => {
    const inCents = fromColumns({
      t: new Array(8).fill('m'),
      pay: [1, 2, 4, 8, 16, 32, 64, 128].map((v) => v * 100),
      n: [8, 1, 7, 2, 6, 3, 5, 4],
    });
    const inEuro = fromColumns({
      t: new Array(8).fill('m'),
      pay: [1, 2, 4, 8, 16, 32, 64, 128],
      n: [8, 1, 7, 2, 6, 3, 5, 4],
    });
    const options = { target: 't', k: 3, measurements: ['pay', 'n'] };
    expect(fitSmote(inCents, options).neighbours).toEqual(fitSmote(inEuro, options).neighbours);
    expect(fitSmote(inCents, { ...options, scale: 'none' }).neighbours).not.toEqual(
      fitSmote(inEuro, { ...options, scale: 'none' }).neighbours,
    );
  });

  test('only categories: the number that differs; modes take the nearest of equally frequent levels', () => {
    const table = fromColumns({
      t: ['m', 'm', 'm', 'm'],
      a: ['x', 'x', 'y', 'y'],
      b: ['p', 'p', 'p', 'q'],
      c: ['u', 'u', 'u', 'v'],
    });
    const model = fitSmote(table, { target: 't', k: 2, rareLevelMin: 0 });
    expect(model.neighbours).toEqual([1, 2, 0, 2, 0, 1, 2, 0]);
    expect(model.report.medianDeviation).toBe(null);
    // Row 0: neighbours show x and y once each; x is nearer.
    expect(model.columns[1]!.modes[0]).toBe(0);
  });

  test('missing numbers count as a category that differs, two missing ones as equal', () => {
    const table = createTable([
      categoryColumn('t', ['m', 'm', 'm', 'm', 'm']),
      numberColumn('x', [null, null, 0.5, 1.5, 9.5]),
      numberColumn('y', [0.5, 0.55, 0.5, 0.5, 0.25]),
    ]);
    const model = fitSmote(table, { target: 't', k: 1 });
    expect(model.neighbours.slice(0, 2)).toEqual([1, 0]);
    expect(model.report.missing).toEqual([{ column: 'x', cells: 2 }]);
  });

  test('constant columns of the class and extreme numbers', () => {
    const table = fromColumns({ t: ['m', 'm', 'm', 'n'], x: [7.5, 7.5, 7.5, 1], y: [1e308, -1e308, 0.5, 1] });
    for (const scale of ['deviation', 'none'] as const) {
      const { neighbours } = fitSmote(table, { target: 't', label: 'm', k: 2, scale });
      for (let row = 0; row < 3; row++) expect(neighbours.slice(2 * row, 2 * row + 2)).not.toContain(row);
      // Unscaled, both distances are beyond the largest number: the earlier row comes first.
      expect(neighbours[0]).toBe(scale === 'none' ? 1 : 2);
    }
  });
});

describe('refused with a code', () => {
  const table = fromColumns({ t: ['m', 'm', 'm', 'n'], x: [1, 2, 3, 4], note: ['p', 'q', 'p', 'q'] });
  test('k not below the rows of the class: the message names the largest', () => {
    expect(() => fitSmote(table, { target: 't', label: 'm', k: 3 })).toThrow(
      /k: expected at most 2.*has 3 rows, received 3/,
    );
    expect(code(() => fitSmote(table, { target: 't', label: 'm', k: 3 }))).toBe('BAD_OPTION');
    expect(() => fitSmote(table, { target: 't', label: 'n', k: 1 })).toThrow(/at most 0.*at least two rows/);
  });
  test('labels of the wrong type or none', () => {
    const numbers = createTable([
      categoryColumn('c', ['1', '1', '2']),
      integerColumn('n', [1, 1, 2]),
      numberColumn('x', [1, 2, 3]),
    ]);
    expect(code(() => fitSmote(numbers, { target: 'c', label: 1, k: 1 }))).toBe('KIND_MISMATCH');
    expect(code(() => fitSmote(numbers, { target: 'n', label: '1', k: 1 }))).toBe('KIND_MISMATCH');
    expect(code(() => fitSmote(numbers, { target: 'n', label: 3, k: 1 }))).toBe('BAD_VALUE');
    expect(fitSmote(numbers, { target: 'c', label: '1', k: 1 }).label).toBe('1');
    expect(fitSmote(numbers, { target: 'n', label: 1, k: 1 }).columns[1]!.values).toEqual([1]);
    const booleans = createTable([
      booleanColumn('b', [true, true, null]),
      datetimeColumn('d', [0, 0, 86_400_000], 'day'),
    ]);
    expect(fitSmote(booleans, { target: 'b', label: true, k: 1 }).report.unlabelled).toBe(1);
    expect(fitSmote(booleans, { target: 'd', label: 0, k: 1 }).label).toBe('1970-01-01');
  });
  test('targets and tables', () => {
    expect(code(() => fitSmote(table, { target: 'u', k: 1 }))).toBe('UNKNOWN_COLUMN');
    expect(code(() => fitSmote(createTable([textColumn('t', ['a', 'a'])]), { target: 't', k: 1 }))).toBe(
      'KIND_MISMATCH',
    );
    expect(code(() => fitSmote(createTable([categoryColumn('t', ['a', 'a'])]), { target: 't', k: 1 }))).toBe(
      'EMPTY_INPUT',
    );
    const gone = createTable([categoryColumn('t', [null, null]), numberColumn('x', [1, 2])]);
    expect(code(() => fitSmote(gone, { target: 't', k: 1 }))).toBe('BAD_VALUE');
    const nan = createTable([categoryColumn('t', ['a', 'a']), numberColumn('x', [1, Number.NaN])]);
    expect(code(() => fitSmote(nan, { target: 't', k: 1 }))).toBe('BAD_VALUE');
    const x = numberColumn('x', [1, 2]);
    expect(code(() => fitSmote({ rowCount: 2, columns: [x, x] }, { target: 'x', k: 1 }))).toBe('DUPLICATE_COLUMN');
    expect(code(() => fitSmote({ rowCount: 2, columns: [x, numberColumn('y', [1])] }, { target: 'x', k: 1 }))).toBe(
      'LENGTH_MISMATCH',
    );
    expect(code(() => fitSmote({ rowCount: 0, columns: [] }, { target: 'x', k: 1 }))).toBe('EMPTY_INPUT');
  });
  test('options and abort', () => {
    for (const options of [{ k: 0 }, { k: 1.5 }, { rareLevelMin: -1 }, { scale: 'other' as 'none' }])
      expect(code(() => fitSmote(table, { target: 't', label: 'm', k: 1, ...options }))).toBe('BAD_OPTION');
    expect(code(() => fitSmote(table, { target: 't', label: 'm', k: 1, signal: { aborted: true } }))).toBe('ABORTED');
  });
});

test('10,000 levels, a single level, all missing', () => {
  const rows = 300;
  const table = createTable([
    categoryColumn(
      't',
      Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 'rare' : 'common')),
    ),
    categoryColumn(
      'many',
      Array.from({ length: rows }, (_, i) => `L${i % 150}`),
      Array.from({ length: 10_000 }, (_, i) => `L${i}`),
    ),
    categoryColumn('none', new Array(rows).fill(null)),
    numberColumn(
      'gap',
      Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? null : i / 2)),
    ),
  ]);
  const model = fitSmote(table, { target: 't' });
  expect(model.report.pooled).toEqual([{ column: 'many', levels: 150, rows, label: 'other', below: 5 }]);
  expect(model.report.allMissing).toEqual([{ column: 'none', observed: 0 }]);
  expect(model.report.missing).toEqual([{ column: 'gap', cells: 100 }]);
});
