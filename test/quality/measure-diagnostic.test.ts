import { describe, expect, test } from 'vitest';
import { measureDiagnostic } from '../../src/quality/measure-diagnostic.ts';
import { tableStructure } from '../../src/quality/table-structure.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { integerColumn } from '../../src/table/integer-column.ts';
import { textColumn } from '../../src/table/text-column.ts';

const real = createTable([
  integerColumn('age', [20, 30, 40]),
  categoryColumn('sex', ['f', 'm', 'f']),
  textColumn('name', ['a', 'b', 'c']),
]);

describe('measureDiagnostic', () => {
  test('hand-computed answers', () => {
    const synthetic = createTable([
      integerColumn('age', [10, 20, 30, 40]),
      categoryColumn('sex', ['f', 'x', 'y', 'm']),
      textColumn('name', ['d', 'e', 'f', 'g']),
    ]);
    const result = measureDiagnostic(real, synthetic);
    expect(result.columns.map((entry) => [entry.column, entry.validity.metric, entry.validity.value])).toEqual([
      ['age', 'boundaryAdherence', 0.75],
      ['sex', 'categoryAdherence', 0.5],
    ]);
    expect(result.dataValidity.value).toBe(0.625);
    expect(result.dataStructure.value).toBe(1);
    expect(result.overall.value).toBe(0.8125);
    expect(result.skipped).toEqual([{ column: 'name', kind: 'text', reason: 'TEXT' }]);
    expect(measureDiagnostic(real, real).overall.value).toBe(1);
  });

  test('columns of one table only; empty tables; other kinds', () => {
    const synthetic = createTable([integerColumn('age', [20]), integerColumn('extra', [1])]);
    const result = measureDiagnostic(real, synthetic);
    expect(result.skipped.map((entry) => entry.reason)).toEqual([
      'NOT_IN_SYNTHETIC',
      'NOT_IN_SYNTHETIC',
      'NOT_IN_REAL',
    ]);
    expect(result.dataStructure.value).toBe(0.25);
    const empty = createTable([]);
    expect(measureDiagnostic(empty, empty).overall).toMatchObject({ value: null, reason: 'NOTHING_TO_AVERAGE' });
    expect(tableStructure(empty, empty)).toMatchObject({ value: null, reason: 'NOTHING_TO_AVERAGE' });
    expect(() => measureDiagnostic(real, createTable([textColumn('age', ['20'])]))).toThrowError(
      expect.objectContaining({ code: 'KIND_MISMATCH' }),
    );
  });
});
