import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitSmote, oversample, type SmoteModel, sampleSmote } from '../../../src/generators/smote/index.ts';
import {
  categoryColumn,
  concatRows,
  createTable,
  fromColumns,
  numberColumn,
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

const source = mixedTable(400);

test('1, 2, 7 and 64 shards give the same rows', () => {
  const model = fitSmote(source, { target: 'group', label: 'a' });
  const whole = toRecords(sampleSmote(model, { rows: 200, seed: 's' }));
  for (const shards of [2, 7, 64]) {
    const parts = Array.from({ length: shards }, (_, shard) => {
      const start = Math.floor((200 * shard) / shards);
      return sampleSmote(model, { rows: Math.floor((200 * (shard + 1)) / shards) - start, offset: start, seed: 's' });
    });
    expect(toRecords(concatRows(parts))).toEqual(whole);
  }
  expect(toRecords(sampleSmote(JSON.parse(JSON.stringify(model)), { rows: 200, seed: 's' }))).toEqual(whole);
  expect(toRecords(sampleSmote(model, { rows: 200, seed: 't' }))).not.toEqual(whole);
});

test('every kind of column keeps its kind, unit and rounding', () => {
  const model = fitSmote(source, { target: 'group', label: 'a', k: 3 });
  const drawn = sampleSmote(model, { rows: 300, seed: 's' });
  expect(drawn.columns.map((column) => [column.name, column.kind])).toEqual(
    source.columns.map((column) => [column.name, column.kind]),
  );
  const real = new Set(toRecords(source).map((row) => row['name']));
  for (const row of toRecords(drawn)) {
    expect(row['group']).toBe('a');
    if (row['age'] !== null) expect(Number.isInteger(row['age'])).toBe(true);
    if (row['born'] !== null) expect((row['born'] as number) % 86_400_000).toBe(0);
    if (row['score'] !== null) expect(row['score']).toBe(Number((row['score'] as number).toFixed(2)));
    if (row['name'] !== null) expect(real.has(row['name']!)).toBe(false);
    expect([row['one'], row['none']]).toEqual(['same', null]);
  }
});

test('missing cells are as frequent as in the class', () => {
  const model = fitSmote(source, { target: 'group', label: 'a' });
  const share = (rows: readonly Readonly<Record<string, unknown>>[]) =>
    rows.filter((row) => row['age'] === null).length / rows.length;
  const real = share(toRecords(source).filter((row) => row['group'] === 'a'));
  expect(Math.abs(share(toRecords(sampleSmote(model, { rows: 4000, seed: 's' }))) - real)).toBeLessThan(0.03);
});

test('every draw lies on the segment between its base and one of the neighbours', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, number, fc.constantFrom('p', 'q', 'r')), { minLength: 4, maxLength: 25 }),
      fc.integer({ min: 1, max: 3 }),
      (rows, k) => {
        const table = createTable([
          categoryColumn(
            't',
            rows.map(() => 'm'),
          ),
          numberColumn(
            'x',
            rows.map((row) => row[0]),
          ),
          numberColumn(
            'y',
            rows.map((row) => row[1]),
          ),
          categoryColumn(
            'c',
            rows.map((row) => row[2]),
          ),
        ]);
        const model = fitSmote(table, { target: 't', k, rareLevelMin: 0 });
        for (const { x, y, c } of toRecords(sampleSmote(model, { rows: 30, seed: 's' })) as {
          x: number;
          y: number;
          c: string;
        }[]) {
          const met = rows.some((base, b) =>
            model.neighbours.slice(b * k, b * k + k).some((n) => {
              const other = rows[n]!;
              const inside = (v: number, p: number, q: number) => v >= Math.min(p, q) && v <= Math.max(p, q);
              if (!inside(x, base[0], other[0]) || !inside(y, base[1], other[1])) return false;
              // The same share of the way in both columns, up to rounding to the columns' decimals.
              const cross = (x - base[0]) * (other[1] - base[1]) - (y - base[1]) * (other[0] - base[0]);
              if (Math.abs(cross) > 1e-6 * (1 + Math.abs(other[0] - base[0])) * (1 + Math.abs(other[1] - base[1])))
                return false;
              return model.neighbours.slice(b * k, b * k + k).some((near) => rows[near]![2] === c);
            }),
          );
          expect(met).toBe(true);
        }
      },
    ),
  );
});

test('damaged models are refused', () => {
  const model = fitSmote(fromColumns({ t: ['m', 'm', 'm'], x: [1.5, 2.5, 3.5], c: ['a', 'b', 'a'] }), {
    target: 't',
    k: 1,
    rareLevelMin: 0,
  });
  const broken = (change: (copy: SmoteModel & Record<string, unknown>) => void) => {
    const copy = JSON.parse(JSON.stringify(model));
    change(copy);
    return code(() => sampleSmote(copy, { rows: 1, seed: 's' }));
  };
  expect(code(() => sampleSmote(null as unknown as SmoteModel, { rows: 1, seed: 's' }))).toBe('BAD_MODEL');
  expect(broken((copy) => Object.assign(copy, { kind: 'cart' }))).toBe('BAD_MODEL');
  expect(broken((copy) => Object.assign(copy, { neighbours: [1, 2, 9] }))).toBe('BAD_MODEL');
  expect(broken((copy) => Object.assign(copy, { k: 0 }))).toBe('BAD_MODEL');
  expect(broken((copy) => Object.assign(copy.columns[1]!, { cells: [0] }))).toBe('BAD_MODEL');
  expect(broken((copy) => Object.assign(copy.columns[1]!, { values: [1, null, 2] }))).toBe('BAD_MODEL');
  expect(broken((copy) => Object.assign(copy.columns[2]!, { modes: [7, 7, 7] }))).toBe('BAD_MODEL');
  expect(code(() => sampleSmote(model, { rows: -1, seed: 's' }))).toBe('BAD_OPTION');
  expect(code(() => sampleSmote(model, { rows: 1, seed: 's', signal: { aborted: true } }))).toBe('ABORTED');
});

test('oversampling balances the classes and says where each row comes from', () => {
  const { table, classes, unlabelled } = oversample(source, { target: 'group', seed: 's' });
  const most = Math.max(...classes.map(({ real }) => real));
  for (const { real, synthetic } of classes) expect(real + synthetic).toBe(most);
  const rows = toRecords(table);
  expect(rows.slice(0, 400).map(({ origin, ...rest }) => rest)).toEqual(toRecords(source));
  expect(rows.map((row) => row['origin'])).toEqual(rows.map((_, i) => (i < 400 ? 'real' : 'synthetic')));
  const ids = rows.slice(400).map((row) => row['id']);
  expect(new Set(ids).size).toBe(ids.length);
  expect(unlabelled).toBe(rows.slice(0, 400).filter((row) => row['group'] === null).length);
});

test('oversampling to a share, and what it refuses', () => {
  const table = fromColumns({
    t: [...new Array(20).fill('n'), ...new Array(6).fill('m')],
    x: Array.from({ length: 26 }, (_, i) => i / 2),
  });
  const half = oversample(table, { target: 't', seed: 's', ratio: 0.5 });
  expect(half.classes.map(({ label, synthetic }) => [label, synthetic])).toEqual([
    ['m', 4],
    ['n', 0],
  ]);
  expect(half.classes[1]!.report).toBe(null);
  expect(code(() => oversample(table, { target: 't', seed: 's', ratio: 0 }))).toBe('BAD_OPTION');
  expect(code(() => oversample(table, { target: 't', seed: 's', k: 6 }))).toBe('BAD_OPTION');
  expect(code(() => oversample(half.table, { target: 't', seed: 's' }))).toBe('DUPLICATE_COLUMN');
});
