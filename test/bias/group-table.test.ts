import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupTable, mergeGroupTables, metricFrame } from '../../src/bias/index.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { datetimeColumn } from '../../src/table/datetime-column.ts';
import { integerColumn } from '../../src/table/integer-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { sliceRows } from '../../src/table/slice-rows.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import { textColumn } from '../../src/table/text-column.ts';
import { checkJsonSafe, people } from './helpers.ts';

const spec = { sensitive: ['sex'], label: { column: 'label' }, prediction: { column: 'prediction' } };

describe('groupTable', () => {
  test('counts cells and leaves out missing outcomes, by reason', () => {
    const table = people(['f', 'm', null, 'm', 'f'], [true, false, true, null, true], [true, true, false, true, null]);
    const cells = groupTable(table, spec);
    expect(cells.cells.map((one) => [one.group[0], one.n])).toEqual([
      ['f', [0, 0, 0, 1]],
      ['m', [0, 1, 0, 0]],
      ['(missing)', [0, 0, 1, 0]],
    ]);
    expect(cells.rows).toBe(3);
    expect(cells.leftOut).toEqual({ missingLabel: 1, missingPrediction: 1, missingWeight: 0 });
    checkJsonSafe(cells);
  });

  test('missing weights leave a row out, negative ones are refused with their row', () => {
    const cells = groupTable(people(['f', 'm'], [true, true], [true, true], [2, null]), { ...spec, weight: 'weight' });
    expect(cells.leftOut.missingWeight).toBe(1);
    expect(cells.cells[0]?.w).toEqual([0, 0, 0, 2]);
    expect(cells.cells[0]?.w2).toEqual([0, 0, 0, 4]);
    expect(() =>
      groupTable(people(['f', 'm'], [true, true], [true, true], [2, -1]), { ...spec, weight: 'weight' }),
    ).toThrow(expect.objectContaining({ code: 'BAD_VALUE', place: { argument: 'weight', column: 'weight', row: 1 } }));
  });

  test('continuous sensitive columns are refused with the remedy', () => {
    const table = createTable([
      numberColumn('age', [1.5, 2]),
      integerColumn(
        'year',
        Array.from({ length: 2 }, (_, i) => i),
      ),
      datetimeColumn('born', [0, 1]),
    ]);
    for (const sensitive of ['age', 'born'])
      expect(() => groupTable(table, { sensitive: [sensitive] })).toThrow(/bin it first/);
    expect(groupTable(table, { sensitive: ['year'] }).cells).toHaveLength(2);
    const many = createTable([
      integerColumn(
        'age',
        Array.from({ length: 50 }, (_, i) => i),
      ),
    ]);
    expect(() => groupTable(many, { sensitive: ['age'] })).toThrow(expect.objectContaining({ code: 'KIND_MISMATCH' }));
  });

  test('whole-number codes sort as numbers and missing ones come last', () => {
    const table = createTable([integerColumn('code', [10, 9, null, 10])]);
    expect(groupTable(table, { sensitive: ['code'] }).cells.map((one) => one.group[0])).toEqual([
      '9',
      '10',
      '(missing)',
    ]);
  });

  test('positive values: labels, numbers, thresholds', () => {
    const table = createTable([
      categoryColumn('sex', ['f', 'f', 'm']),
      categoryColumn('income', ['>50K', '<=50K', '>50K']),
      integerColumn('medals', [0, 2, null]),
      textColumn('note', ['a', 'b', 'a']),
    ]);
    const positives = (column: string, positive: string | number): number[] =>
      groupTable(table, { sensitive: ['sex'], label: { column, positive } }).cells.map((one) => one.n[2]!);
    expect(positives('income', '>50K')).toEqual([1, 1]);
    expect(positives('medals', '> 0')).toEqual([1]);
    expect(positives('medals', '<=0')).toEqual([1]);
    expect(positives('medals', 2)).toEqual([1]);
    expect(positives('note', 'a')).toEqual([1, 1]);
    expect(() => positives('income', '>60K')).toThrow(/one of its labels/);
    expect(() => positives('medals', 'many')).toThrow(/threshold/);
    expect(() => groupTable(table, { sensitive: ['sex'], label: { column: 'income' } })).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
  });

  test('names of unknown columns come with a suggestion', () => {
    const table = people(['f'], [true]);
    expect(() => groupTable(table, { sensitive: ['Sex'] })).toThrow(/did you mean "sex"/);
    expect(() => groupTable(table, { sensitive: [] })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => groupTable(table, { sensitive: ['sex', 'sex'] })).toThrow(/named twice/);
  });

  test('very many combinations fall back to the ones that occur', () => {
    const rows = 3000;
    const names = ['a', 'b', 'c'];
    const table = createTable(
      names.map((name, k) =>
        categoryColumn(
          name,
          Array.from({ length: rows }, (_, i) => `v${(i * (k + 1)) % 1500}`),
        ),
      ),
    );
    const cells = groupTable(table, { sensitive: names });
    expect(cells.rows).toBe(rows);
    expect(cells.cells.length).toBe(1500);
    expect(metricFrame(cells, { minN: 1 }).strata[0]?.groups).toHaveLength(1500);
  });

  test('no rows', () => {
    const cells = groupTable(people([], []), { sensitive: ['sex'], label: { column: 'label' } });
    expect(cells.cells).toEqual([]);
    checkJsonSafe(metricFrame(cells));
  });
});

const row = fc.record({
  sex: fc.constantFrom('a', 'b', 'c', null),
  label: fc.constantFrom(true, false, null),
  prediction: fc.constantFrom(true, false, null),
  weight: fc.double({ min: 0, max: 1e6, noNaN: true }),
});

test('shards merge to the whole and the order of rows does not matter', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), fc.nat(), (rows, cut) => {
      const table = people(
        rows.map((one) => one.sex),
        rows.map((one) => one.label),
        rows.map((one) => one.prediction),
        rows.map((one) => one.weight),
      );
      const at = cut % (rows.length + 1);
      const whole = groupTable(table, spec);
      const parts = mergeGroupTables([
        groupTable(sliceRows(table, 0, at), spec),
        groupTable(sliceRows(table, at, rows.length), spec),
      ]);
      expect(parts).toEqual(whole);
      const weighted = { ...spec, weight: 'weight' };
      const forward = groupTable(table, weighted);
      const backward = groupTable(
        takeRows(
          table,
          rows.map((_, i) => rows.length - 1 - i),
        ),
        weighted,
      );
      expect(backward.cells.length).toBe(forward.cells.length);
      forward.cells.forEach((cell, g) => {
        expect(backward.cells[g]!.n).toEqual(cell.n);
        for (let k = 0; k < 4; k++)
          expect(Math.abs(backward.cells[g]!.w[k]! - cell.w[k]!)).toBeLessThanOrEqual(1e-12 * Math.max(1, cell.w[k]!));
      });
    }),
  );
});

test('whole numbers keep their order by size in a merge', () => {
  const table = createTable([
    integerColumn('age', [10, 2, 100, 9, null, 10]),
    booleanColumn('hired', [true, false, true, true, false, null]),
  ]);
  const counted = { sensitive: ['age'], label: { column: 'hired' } };
  const shards = [4, 2, 0].map((at) => groupTable(sliceRows(table, at, at + 2), counted));
  expect(mergeGroupTables(shards)).toEqual(groupTable(table, counted));
  expect(mergeGroupTables(shards).levels).toEqual([['2', '9', '10', '100', '(missing)']]);
});

test('tables of different specs do not merge', () => {
  const table = people(['f'], [true], [true]);
  expect(() => mergeGroupTables([groupTable(table, spec), groupTable(table, { sensitive: ['sex'] })])).toThrow(
    expect.objectContaining({ code: 'SPEC_MISMATCH' }),
  );
  expect(() => mergeGroupTables([])).toThrow(expect.objectContaining({ code: 'EMPTY_INPUT' }));
});
