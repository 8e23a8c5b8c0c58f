import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newRowSynthesis } from '../../src/quality/new-row-synthesis.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { textColumn } from '../../src/table/text-column.ts';
import type { Table } from '../../src/types.ts';

type Row = readonly [number | null, number | null, string | null];
const table = (rows: readonly Row[]): Table =>
  createTable([
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

/** The definition, row by row. */
function slow(real: readonly Row[], synthetic: readonly Row[], tolerance: number): number {
  const near = (a: number | null, b: number | null) =>
    b === null ? a === null : a !== null && Math.abs(a - b) <= Math.abs(tolerance * b);
  return synthetic.filter((s) => !real.some((r) => near(r[0], s[0]) && near(r[1], s[1]) && r[2] === s[2])).length;
}

describe('newRowSynthesis', () => {
  test('hand-computed answers', () => {
    const real: Row[] = [
      [100, 0, 'a'],
      [null, 5, 'a'],
      [50, 5, null],
    ];
    const synthetic: Row[] = [
      [101, 0, 'a'],
      [102, 0, 'a'],
      [100, 0.001, 'a'],
      [null, 5, 'a'],
      [50, 5, null],
      [50, 5, 'b'],
    ];
    // 1 % of 101 reaches 100, 1 % of 102 does not; 1 % of 0.001 does not reach 0.
    expect(newRowSynthesis(table(real), table(synthetic))).toMatchObject({ value: 0.5, newRows: 3, matchedRows: 3 });
    expect(newRowSynthesis(table(real), table(real)).value).toBe(0);
    expect(newRowSynthesis(table([]), table(synthetic)).value).toBe(1);
    expect(newRowSynthesis(table(real), table([[-100, 0, 'a']]), { numericalMatchTolerance: 3 }).matchedRows).toBe(1);
  });

  test('equals the definition', () => {
    const number = fc.oneof(fc.constant(null), fc.integer({ min: -30, max: 30 }), fc.constantFrom(0.5, -0.25, 100));
    const rows = fc.array(fc.tuple(number, number, fc.constantFrom('a', 'b', null)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(rows, rows, fc.constantFrom(0, 0.01, 0.2, 1), (real, synthetic, numericalMatchTolerance) => {
        const measure = newRowSynthesis(table(real), table(synthetic), { numericalMatchTolerance });
        expect(measure.newRows).toBe(slow(real, synthetic, numericalMatchTolerance));
        expect(measure.matchedRows).toBe(synthetic.length - measure.newRows);
      }),
    );
  });

  test('tables of levels only, and of one column', () => {
    const levels = (values: readonly string[]) => createTable([categoryColumn('c', values)]);
    expect(newRowSynthesis(levels(['a', 'b']), levels(['a', 'c', 'b', 'c'])).newRows).toBe(2);
    const numbers = (values: readonly number[]) => createTable([numberColumn('x', values)]);
    expect(newRowSynthesis(numbers([100, 200]), numbers([150, 199, 101])).newRows).toBe(1);
  });

  test('names skipped columns; reasons; bad input', () => {
    const real = createTable([numberColumn('x', [1]), textColumn('name', ['n']), numberColumn('gone', [1])]);
    const synthetic = createTable([numberColumn('x', [1]), textColumn('name', ['m']), numberColumn('extra', [1])]);
    expect(newRowSynthesis(real, synthetic)).toMatchObject({
      value: 0,
      comparedColumns: ['x'],
      skippedColumns: ['name', 'gone', 'extra'],
    });
    expect(newRowSynthesis(real, createTable([numberColumn('x', [])]))).toMatchObject({
      value: null,
      reason: 'NO_SYNTHETIC_VALUES',
    });
    expect(newRowSynthesis(real, createTable([numberColumn('z', [1])]))).toMatchObject({
      value: null,
      reason: 'NOTHING_TO_AVERAGE',
    });
    expect(() => newRowSynthesis(real, createTable([categoryColumn('x', ['1'])]))).toThrowError(
      expect.objectContaining({ code: 'KIND_MISMATCH' }),
    );
    expect(() => newRowSynthesis(real, synthetic, { numericalMatchTolerance: -1 })).toThrowError(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }),
    );
  });
});
