import { describe, expect, test } from 'vitest';
import { arfGenerator, fitArf, sampleArf } from '../../../src/generators/forest/index.ts';
import { canonicalJson } from '../../../src/hash/index.ts';
import {
  categoryColumn,
  createTable,
  fromColumns,
  integerColumn,
  numberColumn,
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
const quick = { trees: 4 };

test('the model is canonical JSON and says that it embeds training values', () => {
  const model = fitArf(source, quick);
  expect(canonicalJson(JSON.parse(JSON.stringify(model)))).toBe(canonicalJson(model));
  expect(model).toMatchObject({ kind: 'arf', version: 1, embedsTrainingValues: true });
  expect(model.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(model)).not.toContain('Person 1');
  expect(arfGenerator.id).toBe('arf');
});

test('a fit depends on its seed only, and does not touch the source', () => {
  const before = JSON.stringify(toRecords(source));
  const model = fitArf(source, quick);
  expect(fitArf(source, quick).digest).toBe(model.digest);
  expect(fitArf(source, { ...quick, seed: 'other' }).digest).not.toBe(model.digest);
  expect(JSON.stringify(toRecords(source))).toBe(before);
});

test('every tree holds every row once, and no leaf fewer than minLeaf', () => {
  for (const minLeaf of [1, 5, 20, 100]) {
    const model = fitArf(source, { ...quick, minLeaf });
    for (const [t, tree] of model.trees.entries()) {
      expect([...tree.rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, i) => i));
      for (let leaf = 0; leaf + 1 < tree.leaves.length; leaf++)
        expect(tree.leaves[leaf + 1]! - tree.leaves[leaf]!).toBeGreaterThanOrEqual(minLeaf);
      expect(model.report.trees[t]!.smallestLeaf).toBeGreaterThanOrEqual(minLeaf);
    }
  }
});

test('the rounds are told: dependent columns are found out, then less and less', () => {
  const { report } = fitArf(source, { trees: 10 });
  expect(report.accuracy[0]).toBeGreaterThan(0.8);
  expect(report.accuracy.length).toBeGreaterThan(1);
  for (let round = 1; round <= report.keptRound; round++)
    expect(report.accuracy[round]!).toBeLessThan(report.accuracy[round - 1]!);
  expect(['chance', 'no-improvement', 'limit']).toContain(report.stopped);
  expect(fitArf(source, { ...quick, maxRounds: 0 }).report).toMatchObject({ keptRound: 0, stopped: 'limit' });
});

test('progress is told for every tree, and abort stops', () => {
  const seen: number[] = [];
  fitArf(source, {
    ...quick,
    onProgress: ({ stage, done, total }) => seen.push(stage === 'fit' && total === 44 ? done : -1),
  });
  expect(seen.slice(0, 4)).toEqual([1, 2, 3, 4]);
  expect(seen.at(-1)).toBe(44);
  expect(code(() => fitArf(source, { ...quick, signal: { aborted: true } }))).toBe('ABORTED');
});

test('what became of the columns is reported', () => {
  const { report } = fitArf(source, quick);
  expect(report.identifiers).toEqual([
    { column: 'id', reason: 'all-distinct' },
    { column: 'name', reason: 'text' },
  ]);
  expect(report.constant).toEqual(['one']);
  expect(report.allMissing).toEqual([{ column: 'none', observed: 0 }]);
  expect(report.smoothed).toContain('seen');
});

describe('hostile tables', () => {
  test('refused with a code', () => {
    const x = numberColumn('x', [1, 2, 3, 4, 5, 6]);
    expect(code(() => fitArf({ rowCount: 0, columns: [] }))).toBe('EMPTY_INPUT');
    expect(code(() => fitArf(createTable([numberColumn('x', [])])))).toBe('EMPTY_INPUT');
    expect(code(() => fitArf({ rowCount: 6, columns: [x, x] }))).toBe('DUPLICATE_COLUMN');
    expect(code(() => fitArf({ rowCount: 6, columns: [x, numberColumn('y', [1])] }))).toBe('LENGTH_MISMATCH');
    expect(code(() => fitArf(createTable([x]), { minLeaf: 7 }))).toBe('BAD_OPTION');
    for (const bad of [Number.NaN, Infinity, -Infinity])
      expect(code(() => fitArf(createTable([numberColumn('x', [1, bad, 3])]), { minLeaf: 1 }))).toBe('BAD_VALUE');
  });

  test('bad options are refused', () => {
    for (const options of [
      { trees: 0 },
      { minLeaf: 0 },
      { minLeaf: 2.5 },
      { maxDepth: 0 },
      { candidates: 0 },
      { maxRounds: -1 },
      { tolerance: Number.NaN },
      { tolerance: 0.6 },
      { rareLevelMin: -1 },
    ])
      expect([options, code(() => fitArf(source, options))]).toEqual([options, 'BAD_OPTION']);
    expect(code(() => fitArf(source, { identifiers: ['x'] }))).toBe('UNKNOWN_COLUMN');
  });

  test('one row is a constant table; one column is its own marginal', () => {
    const one = createTable([numberColumn('x', [1.5]), categoryColumn('c', ['a']), textColumn('t', ['Ann'])]);
    const model = fitArf(one, { minLeaf: 1, rareLevelMin: 0 });
    expect(toRecords(sampleArf(model, { rows: 2, seed: 's' }))).toEqual([
      { x: 1.5, c: 'a', t: 'synthetic-t-1' },
      { x: 1.5, c: 'a', t: 'synthetic-t-2' },
    ]);
    const single = fitArf(fromColumns({ c: ['a', 'a', 'b', 'a', 'a', 'a', 'b', 'a', 'b', 'a'] }), { rareLevelMin: 0 });
    expect(single.report).toMatchObject({
      stopped: 'one-column',
      accuracy: [],
      trees: [{ leaves: 1, smallestLeaf: 10, pruned: 0 }],
    });
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
    for (const smoothing of ['none', 'interpolate'] as const) {
      const model = fitArf(table, { ...quick, smoothing });
      for (const record of toRecords(sampleArf(model, { rows: 300, seed: 's' })))
        expect(Number.isFinite(record['x']) && Number.isFinite(record['y'])).toBe(true);
    }
  });

  test('10,000 levels: the forest finds what they settle', () => {
    const rows = 60_000;
    const at = (i: number) => (i * 17) % 10_000;
    const table = createTable([
      categoryColumn(
        'many',
        Array.from({ length: rows }, (_, i) => `L${at(i)}`),
      ),
      categoryColumn(
        'few',
        Array.from({ length: rows }, (_, i) => ['p', 'q', 'r'][at(i) % 3]!),
      ),
    ]);
    const model = fitArf(table, { trees: 2, maxRounds: 1, candidates: 2 });
    const drawn = toRecords(sampleArf(model, { rows: 2000, seed: 's' }));
    const right = drawn.filter((r) => ['p', 'q', 'r'][Number(String(r['many']).slice(1)) % 3] === r['few']).length;
    expect(right / drawn.length).toBeGreaterThan(0.9);
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
    const drawn = sampleArf(fitArf(table), { rows: 200, seed: 's' });
    expect(drawn.columns.map((column) => column.name)).toEqual(['10', '2']);
    const right = toRecords(drawn).filter(
      (record) => ['10', '9', '1e3'][record['2'] as number] === record['10'],
    ).length;
    expect(right).toBeGreaterThan(180);
  });

  test('rare levels are pooled, counted and never shown', () => {
    const cells = [...Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 'x' : 'y')), 'rare1', 'rare2'];
    const model = fitArf(
      createTable([
        categoryColumn('c', cells),
        integerColumn(
          'n',
          cells.map((_, i) => i % 4),
        ),
      ]),
      quick,
    );
    expect(model.report.pooled).toEqual([{ column: 'c', levels: 2, rows: 2, label: 'other', below: 5 }]);
    expect(JSON.stringify(model)).not.toContain('rare1');
  });
});
