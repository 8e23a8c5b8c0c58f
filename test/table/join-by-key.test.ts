import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SynthproofError } from '../../src/errors.ts';
import {
  booleanColumn,
  categoryColumn,
  columnNames,
  createTable,
  datetimeColumn,
  fromColumns,
  fromRecords,
  integerColumn,
  joinByKey,
  missingCount,
  numberColumn,
  sliceRows,
  textColumn,
  toRecords,
} from '../../src/table/index.ts';

const failure = (run: () => unknown): SynthproofError => {
  try {
    run();
  } catch (error) {
    return error as SynthproofError;
  }
  throw new Error('expected an error');
};

const left = createTable([categoryColumn('site', ['b', 'a', null, 'c', 'b']), integerColumn('n', [1, 2, 3, 4, 5])]);
const right = createTable([
  textColumn('site', ['a', 'b', null, 'd']),
  numberColumn('beds', [10, null, 30, 40]),
  categoryColumn('kind', ['x', 'y', 'x', 'y']),
  booleanColumn('open', [true, false, true, false]),
  textColumn('note', ['p', 'q', 'r', 's']),
  datetimeColumn('since', [0, 1, 2, 3]),
]);

test('left keeps every row, inner those with a partner', () => {
  const all = joinByKey(left, right, { key: 'site', kind: 'left' });
  expect([all.matched, all.leftUnmatched, all.rightUnmatched]).toEqual([3, 2, 2]);
  const nothing = { beds: null, kind: null, open: null, note: null, since: null };
  expect(toRecords(all.table)).toEqual([
    { site: 'b', n: 1, beds: null, kind: 'y', open: false, note: 'q', since: 1 },
    { site: 'a', n: 2, beds: 10, kind: 'x', open: true, note: 'p', since: 0 },
    { site: null, n: 3, ...nothing },
    { site: 'c', n: 4, ...nothing },
    { site: 'b', n: 5, beds: null, kind: 'y', open: false, note: 'q', since: 1 },
  ]);
  expect(all.table.columns.map((column) => missingCount(column))).toEqual([1, 0, 4, 2, 2, 2, 2]);
  const some = joinByKey(left, right, { key: ['site'], kind: 'inner' });
  expect([some.matched, some.leftUnmatched, some.rightUnmatched]).toEqual([3, 2, 2]);
  expect(toRecords(some.table)).toEqual(toRecords(all.table).filter((row) => row['kind'] !== null));
});

test('a key of several columns, of any kind', () => {
  const many = fromColumns({ a: [1, 1, 2, 2], b: ['x', 'y', 'x', null], v: [1, 2, 3, 4] });
  const few = createTable([
    textColumn('b', ['y', 'x', 'x', 'y']),
    numberColumn('a', [1, 2, 3, null]),
    integerColumn('w', [7, 8, 9, 10]),
  ]);
  const { table, matched, rightUnmatched } = joinByKey(many, few, { key: ['a', 'b'], kind: 'left' });
  expect(toRecords(table).map((row) => row['w'])).toEqual([null, 7, 8, null]);
  expect([matched, rightUnmatched]).toEqual([2, 2]);
  const special = createTable([numberColumn('k', [Number.NaN, -0]), integerColumn('w', [1, 2])]);
  expect(
    toRecords(joinByKey(createTable([numberColumn('k', [0, Number.NaN])]), special, { key: 'k', kind: 'inner' }).table),
  ).toEqual([
    { k: 0, w: 2 },
    { k: Number.NaN, w: 1 },
  ]);
});

test('refusals name the column, the key and the rows', () => {
  const twice = failure(() =>
    joinByKey(left, fromColumns({ site: ['a', 'b', 'a'], v: [1, 2, 3] }), { key: 'site', kind: 'left' }),
  );
  expect(twice.code).toBe('BAD_VALUE');
  expect(twice.place).toEqual({ argument: 'right', column: 'site', row: 2 });
  expect(twice.message).toContain('"site" "a" in row 0 and again in row 2');
  const join = (other: Parameters<typeof joinByKey>[1], key: string | string[] = 'site'): string =>
    failure(() => joinByKey(left, other, { key, kind: 'inner' })).code;
  expect(join(fromColumns({ site: [1, 2] }))).toBe('KIND_MISMATCH');
  expect(join(fromColumns({ site: ['a', 'b'], n: [1, 2] }))).toBe('DUPLICATE_COLUMN');
  expect(join(right, 'sitee')).toBe('UNKNOWN_COLUMN');
  expect(join(right, [])).toBe('BAD_OPTION');
  expect(failure(() => joinByKey(left, right, { key: 'site', kind: 'outer' as 'left' })).code).toBe('BAD_OPTION');
  const day = createTable([datetimeColumn('t', [0], 'day')]);
  expect(failure(() => joinByKey(day, createTable([datetimeColumn('t', [0])]), { key: 't', kind: 'left' })).code).toBe(
    'KIND_MISMATCH',
  );
});

test('empty tables', () => {
  const none = joinByKey(left, sliceRows(right, 0, 0), { key: 'site', kind: 'left' });
  expect([none.table.rowCount, none.matched, none.leftUnmatched, none.rightUnmatched]).toEqual([5, 0, 5, 0]);
  const nobody = joinByKey(sliceRows(left, 0, 0), right, { key: 'site', kind: 'inner' });
  expect([nobody.table.rowCount, nobody.rightUnmatched, columnNames(nobody.table).length]).toEqual([0, 4, 7]);
});

test('law: the join is the plain loop', () => {
  const rows = fc.array(fc.record({ a: fc.option(fc.nat(4)), b: fc.option(fc.constantFrom('x', 'y', '')) }), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(rows, rows, (leftRows, rightRows) => {
      const schema = {
        columns: [
          { name: 'a', kind: 'integer' as const },
          { name: 'b', kind: 'text' as const },
        ],
      };
      const keyed = rightRows.filter(
        (row, i) => rightRows.findIndex((other) => other.a === row.a && other.b === row.b) === i,
      );
      const one = fromRecords(leftRows, { schema });
      const other = createTable([
        ...fromRecords(keyed, { schema }).columns,
        integerColumn(
          'at',
          keyed.map((_, i) => i),
        ),
      ]);
      const { table, matched, leftUnmatched } = joinByKey(one, other, { key: ['a', 'b'], kind: 'left' });
      const plain = leftRows.map(({ a, b }) => {
        const at = a === null || b === null ? -1 : keyed.findIndex((row) => row.a === a && row.b === b);
        return { a, b, at: at < 0 ? null : at };
      });
      expect(toRecords(table)).toEqual(plain);
      expect(matched).toBe(plain.filter((row) => row.at !== null).length);
      expect(matched + leftUnmatched).toBe(leftRows.length);
    }),
    { numRuns: 300 },
  );
});
