import { describe, expect, test } from 'vitest';
import { createRng } from '../../src/random/create-rng.ts';
import { permutation } from '../../src/random/permutation.ts';
import { concatRows } from '../../src/table/concat-rows.ts';
import { dropColumns } from '../../src/table/drop-columns.ts';
import { equalTables } from '../../src/table/equal-tables.ts';
import { fromRecords } from '../../src/table/from-records.ts';
import { getColumn } from '../../src/table/get-column.ts';
import { groupCodes } from '../../src/table/group-codes.ts';
import { isMissing } from '../../src/table/is-missing.ts';
import { sliceRows } from '../../src/table/slice-rows.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import { planTableMark } from '../../src/watermark/plan-table-mark.ts';
import { selectMarkedRows } from '../../src/watermark/select-marked-rows.ts';
import { mixedTable, testKey } from './fixtures.ts';

const pool = mixedTable(4000);
const plan = planTableMark(sliceRows(pool, 0, 1000), { tableId: 'release-1', label: 'class', rows: 2000 });
const key = testKey(1);

test('every row is one of its own candidates, unaltered, and the pool stays as it was', () => {
  const before = JSON.stringify(pool.columns.map((column) => Object.values(column).map(String)));
  const marked = selectMarkedRows(pool, plan, { key, candidates: 4 });
  expect(marked.table.rowCount).toBe(1000);
  marked.picked.forEach((row, i) => {
    expect(Math.floor(row / 4)).toBe(i);
  });
  expect(equalTables(marked.table, takeRows(pool, marked.picked))).toBe(true);
  expect(JSON.stringify(pool.columns.map((column) => Object.values(column).map(String)))).toBe(before);
  expect(marked.meanScore).toBeGreaterThan(marked.meanCandidateScore);
  expect(marked.meanSigns).toBeGreaterThan(5);
});

test('shards give the rows of the whole', () => {
  const whole = selectMarkedRows(pool, plan, { key, candidates: 2 });
  for (const shards of [2, 5, 8]) {
    const size = pool.rowCount / shards;
    const parts = Array.from({ length: shards }, (_, k) =>
      selectMarkedRows(sliceRows(pool, k * size, (k + 1) * size), plan, { key, candidates: 2 }),
    );
    expect(parts.flatMap((part) => Array.from(part.scores))).toEqual(Array.from(whole.scores));
    expect(equalTables(concatRows(parts.map((part) => part.table)), whole.table)).toBe(true);
  }
});

test('the best score among those that lack the same cells wins, and a tie goes to the first candidate', () => {
  const all = selectMarkedRows(pool, plan, { key, candidates: 1 }).scores;
  const marked = selectMarkedRows(pool, plan, { key, candidates: 4 });
  const used = plan.columns.filter((column) => column.role !== 'locked').map((column) => getColumn(pool, column.name));
  const lacks = (row: number): string => used.map((column) => (isMissing(column, row) ? 1 : 0)).join('');
  marked.picked.forEach((row, i) => {
    const scores = Array.from(all.subarray(4 * i, 4 * i + 4), (score, c) =>
      lacks(4 * i + c) === lacks(4 * i) ? score : -Infinity,
    );
    expect(row).toBe(4 * i + scores.indexOf(Math.max(...scores)));
  });
  const twins = takeRows(pool, [7, 7, 7, 9, 9, 9]);
  expect(Array.from(selectMarkedRows(twins, plan, { key, candidates: 3 }).picked)).toEqual([0, 3]);
});

test('choosing rows leaves the margins about as sampling does, over keys', () => {
  // The share of a rare level under the best of 8: without scaling by the row's own deviation it would rise by half.
  const rare = fromRecords(
    Array.from({ length: 8000 }, (_, i) => ({
      group: i % 25 === 0 ? 'rare' : 'common',
      a: (i * 7919) % 613,
      b: (i * 104729) % 499,
      c: (i * 31) % 17,
    })),
  );
  const rarePlan = planTableMark(rare, { tableId: 'rare', rows: 1000 });
  const mixed = takeRows(rare, permutation(createRng('mix'), 8000));
  let kept = 0;
  for (let k = 0; k < 20; k++) {
    const { table } = selectMarkedRows(mixed, rarePlan, { key: testKey(k), candidates: 8 });
    const group = table.columns[0]!;
    if (group.kind !== 'category') throw new Error('a category');
    const code = group.labels.indexOf('rare');
    kept += group.codes.filter((value) => value === code).length / 1000;
  }
  expect(kept / 20).toBeGreaterThan(0.033);
  expect(kept / 20).toBeLessThan(0.047);
});

test('key and tableId decide the choice', () => {
  const { picked, choice } = selectMarkedRows(pool, plan, { key, candidates: 2 });
  const again = selectMarkedRows(pool, plan, { key: key.slice(), candidates: 2 }).picked;
  expect(again).toEqual(picked);
  const otherKey = selectMarkedRows(pool, plan, { key: testKey(2), candidates: 2 }).picked;
  const otherId = selectMarkedRows(pool, { ...plan, tableId: 'release-2' }, { key, candidates: 2 }).picked;
  for (const other of [otherKey, otherId]) {
    // Where there is a choice, two keys agree as two coins do.
    const differing = picked.filter((row, i) => row !== other[i]).length / picked.length / choice;
    expect(differing).toBeGreaterThan(0.42);
    expect(differing).toBeLessThan(0.58);
  }
});

test('columns beyond the plan are carried along', () => {
  const small = planTableMark(dropColumns(pool, ['age', 'note']), { tableId: 't' });
  const marked = selectMarkedRows(pool, small, { key, candidates: 2 });
  expect(marked.table.columns.map((column) => column.name)).toEqual(pool.columns.map((column) => column.name));
});

test('an empty pool gives an empty table', () => {
  const marked = selectMarkedRows(sliceRows(pool, 0, 0), plan, { key, candidates: 2 });
  expect(marked).toMatchObject({ meanScore: 0, meanCandidateScore: 0, meanSigns: 0, table: { rowCount: 0 } });
});

test('progress rises to its total, and a signal stops the job', () => {
  const seen: number[] = [];
  selectMarkedRows(pool, plan, { key, candidates: 2, onProgress: ({ done, total }) => seen.push(done / total) });
  expect(seen[seen.length - 1]).toBe(1);
  expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  const run = () => selectMarkedRows(pool, plan, { key, candidates: 2, signal: { aborted: true } });
  expect(run).toThrow(expect.objectContaining({ code: 'ABORTED' }));
});

const bare = planTableMark(fromRecords([{ a: 'x' }, { a: 'x' }]), { tableId: 't' });
test.each([
  ['no candidate', () => selectMarkedRows(pool, plan, { key, candidates: 0 }), 'OUT_OF_RANGE'],
  ['65 candidates', () => selectMarkedRows(pool, plan, { key, candidates: 65 }), 'OUT_OF_RANGE'],
  ['a pool of another size', () => selectMarkedRows(pool, plan, { key, candidates: 3 }), 'LENGTH_MISMATCH'],
  ['no carrier', () => selectMarkedRows(pool, bare, { key, candidates: 2 }), 'NO_CAPACITY'],
  [
    'a missing column',
    () => selectMarkedRows(dropColumns(pool, ['age']), plan, { key, candidates: 2 }),
    'UNKNOWN_COLUMN',
  ],
  ['a short key', () => selectMarkedRows(pool, plan, { key: new Uint8Array(15), candidates: 2 }), 'BAD_KEY'],
  ['no plan', () => selectMarkedRows(pool, {} as never, { key, candidates: 2 }), 'BAD_RECORD'],
])('%s is refused', (_, run, code) => {
  expect(run).toThrow(expect.objectContaining({ code }));
});

describe('what the choice leaves alone', () => {
  const pool = fromRecords(
    Array.from({ length: 4000 }, (_, i) => ({
      age: (i * 7919) % 61,
      sex: (i * 31) % 7 < 3 ? 'f' : 'm',
      income: (i * 104729) % 9 === 0 ? null : ((i * 7907) % 997) / 10,
    })),
  );
  const plan = planTableMark(pool, { tableId: 'preserve', rows: 1000 });
  const firsts = takeRows(
    pool,
    Int32Array.from({ length: 1000 }, (_, i) => i * 4),
  );

  test.each([1, 2, 3])('missing cells and preserved columns are those of the first candidates, key %i', (fill) => {
    const marked = selectMarkedRows(pool, plan, {
      key: new Uint8Array(32).fill(fill),
      candidates: 4,
      preserve: ['sex'],
    });
    expect(groupCodes(getColumn(marked.table, 'sex')).codes).toEqual(groupCodes(getColumn(firsts, 'sex')).codes);
    for (let row = 0; row < 1000; row++)
      expect(isMissing(getColumn(marked.table, 'income'), row)).toBe(isMissing(getColumn(firsts, 'income'), row));
    expect(marked.choice).toBeGreaterThan(0.5);
    expect(marked.meanScore).toBeGreaterThan(0.2);
  });

  test('an unknown column is named', () => {
    expect(() =>
      selectMarkedRows(pool, plan, { key: new Uint8Array(32), candidates: 4, preserve: ['gender'] }),
    ).toThrow(expect.objectContaining({ code: 'UNKNOWN_COLUMN', place: { argument: 'preserve', column: 'gender' } }));
  });
});
