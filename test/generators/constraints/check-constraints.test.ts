import { describe, expect, test } from 'vitest';
import { type Constraint, checkConstraints } from '../../../src/generators/constraints/index.ts';
import { categoryColumn, createTable, fromColumns, integerColumn, numberColumn } from '../../../src/table/index.ts';

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
}

const table = createTable([
  integerColumn('a', [1, 5, null, 2]),
  integerColumn('b', [1, 4, 3, 9]),
  numberColumn('c', [2, 9, 1, 11.5]),
  categoryColumn('d', ['x', 'x', 'y', null]),
]);
const rowsOf = (constraint: Constraint) =>
  checkConstraints(table, [constraint], { source: table }).constraints[0]!.rows;

test('each kind names its violating rows', () => {
  expect(rowsOf({ kind: 'inequality', low: 'a', high: 'b' })).toEqual([1]);
  expect(rowsOf({ kind: 'inequality', low: 'a', high: 'b', strict: true })).toEqual([0, 1]);
  expect(rowsOf({ kind: 'range', column: 'c', min: 2, max: 9 })).toEqual([2, 3]);
  expect(rowsOf({ kind: 'sum', columns: ['a', 'b'], total: 'c' })).toEqual([3]);
  expect(rowsOf({ kind: 'sum', columns: ['a', 'b'], total: 'c', tolerance: 0.5 })).toEqual([]);
  expect(rowsOf({ kind: 'sum', columns: ['a', 'b'], total: 9 })).toEqual([0, 3]);
  expect(rowsOf({ kind: 'unique', columns: ['d'] })).toEqual([1]);
  expect(rowsOf({ kind: 'unique', columns: ['a', 'd'] })).toEqual([]);
  expect(rowsOf({ kind: 'fixedCombinations', columns: ['a', 'd'] })).toEqual([]);
  expect(
    rowsOf({
      kind: 'fixedCombinations',
      columns: ['a', 'd'],
      allowed: [
        [1, 'x'],
        [2, null],
      ],
    }),
  ).toEqual([1, 2]);
  expect(
    rowsOf({ kind: 'predicate', name: 'p', columns: ['d', 'b'], holds: ({ d, b }) => d === null || b !== 4 }),
  ).toEqual([1]);
});

test('NaN violates what compares numbers', () => {
  const bad = createTable([numberColumn('x', [Number.NaN, 1]), numberColumn('y', [1, 1])]);
  for (const constraint of [
    { kind: 'inequality', low: 'x', high: 'y' },
    { kind: 'range', column: 'x', min: 0 },
    { kind: 'sum', columns: ['x', 'y'], total: 2 },
  ] satisfies Constraint[])
    expect(checkConstraints(bad, [constraint]).constraints[0]!.rows).toEqual([0]);
});

test('counts all violations, lists at most maxRows', () => {
  const long = fromColumns({ n: Array.from({ length: 100 }, (_, i) => i) });
  const check = checkConstraints(long, [{ kind: 'range', column: 'n', max: 9, name: 'small' }], { maxRows: 3 });
  expect(check).toEqual({
    ok: false,
    rows: 100,
    violatingRows: 90,
    constraints: [{ constraint: 'small', kind: 'range', violations: 90, rows: [10, 11, 12] }],
  });
});

describe('refused', () => {
  const bad: [string, unknown, string][] = [
    ['unknown kind', { kind: 'magic' }, 'BAD_OPTION'],
    ['no object', null, 'BAD_OPTION'],
    ['unknown column', { kind: 'range', column: 'z', min: 0 }, 'UNKNOWN_COLUMN'],
    ['range without bounds', { kind: 'range', column: 'a' }, 'BAD_OPTION'],
    ['range upside down', { kind: 'range', column: 'a', min: 2, max: 1 }, 'BAD_OPTION'],
    ['range with NaN', { kind: 'range', column: 'a', min: Number.NaN }, 'BAD_OPTION'],
    ['range of labels', { kind: 'range', column: 'd', min: 0 }, 'KIND_MISMATCH'],
    ['inequality of labels', { kind: 'inequality', low: 'a', high: 'd' }, 'KIND_MISMATCH'],
    ['column against itself', { kind: 'inequality', low: 'a', high: 'a' }, 'BAD_OPTION'],
    ['one column fused', { kind: 'fixedCombinations', columns: ['a'] }, 'BAD_OPTION'],
    ['no columns', { kind: 'unique', columns: [] }, 'BAD_OPTION'],
    ['ragged list', { kind: 'fixedCombinations', columns: ['a', 'b'], allowed: [[1]] }, 'BAD_OPTION'],
    ['no total', { kind: 'sum', columns: ['a', 'b'] }, 'BAD_OPTION'],
    ['tolerance below 0', { kind: 'sum', columns: ['a', 'b'], total: 1, tolerance: -1 }, 'BAD_OPTION'],
    ['predicate without function', { kind: 'predicate', name: 'p', columns: ['a'] }, 'BAD_OPTION'],
    ['predicate that returns text', { kind: 'predicate', name: 'p', columns: ['a'], holds: () => 'yes' }, 'BAD_OPTION'],
  ];
  test.each(bad)('%s', (_, constraint, expected) => {
    expect(code(() => checkConstraints(table, [constraint as Constraint]))).toBe(expected);
  });
  test('combinations of nothing', () => {
    expect(code(() => checkConstraints(table, [{ kind: 'fixedCombinations', columns: ['a', 'b'] }]))).toBe(
      'BAD_OPTION',
    );
  });
});
