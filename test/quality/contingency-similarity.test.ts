import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contingencySimilarity } from '../../src/quality/contingency-similarity.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import type { Column } from '../../src/types.ts';

type Row = readonly [string | null, string | null];
const pair = (rows: readonly Row[]): [Column, Column] => [
  categoryColumn(
    'a',
    rows.map((row) => row[0]),
  ),
  categoryColumn(
    'b',
    rows.map((row) => row[1]),
  ),
];

function slow(p: readonly Row[], q: readonly Row[]): number {
  const share = (rows: readonly Row[], key: string) =>
    rows.filter((row) => JSON.stringify(row) === key).length / rows.length;
  let distance = 0;
  for (const key of new Set([...p, ...q].map((row) => JSON.stringify(row))))
    distance += Math.abs(share(p, key) - share(q, key));
  return 1 - distance / 2;
}

describe('contingencySimilarity', () => {
  test('hand-computed answers', () => {
    const diagonal: Row[] = [
      ['x', 'u'],
      ['x', 'u'],
      ['y', 'v'],
      ['y', 'v'],
    ];
    expect(contingencySimilarity(pair(diagonal), pair(diagonal))).toMatchObject({ value: 1, realAssociation: 1, n: 8 });
    const independent: Row[] = [
      ['x', 'u'],
      ['x', 'v'],
      ['y', 'u'],
      ['y', 'v'],
    ];
    expect(contingencySimilarity(pair(diagonal), pair(independent)).value).toBe(0.5);
    expect(contingencySimilarity(pair(independent), pair(independent)).realAssociation).toBe(0);
    // 3, 1, 1, 3 in a 2 x 2 table: chi-square 8 * (1/4) = 2, V = sqrt(2 / 8).
    const rows: Row[] = [
      ['x', 'u'],
      ['x', 'u'],
      ['x', 'u'],
      ['x', 'v'],
      ['y', 'u'],
      ['y', 'v'],
      ['y', 'v'],
      ['y', 'v'],
    ];
    expect(contingencySimilarity(pair(rows), pair(rows)).realAssociation).toBeCloseTo(0.5, 14);
  });

  test('missing is a level of its own', () => {
    expect(
      contingencySimilarity(
        pair([
          ['x', null],
          ['x', 'u'],
        ]),
        pair([
          ['x', null],
          ['x', null],
        ]),
      ).value,
    ).toBe(0.5);
  });

  test('equals the definition; laws; the path for many levels agrees with the dense one', () => {
    const label = fc.oneof(fc.constantFrom('a', 'b', null), fc.string({ maxLength: 2 }));
    const rows = fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 25 });
    // Labels that occur in no row make the cross table too large for the dense path.
    const extra = Array.from({ length: 400 }, (_, i) => `unused ${i}`);
    fc.assert(
      fc.property(rows, rows, (p, q) => {
        const measure = contingencySimilarity(pair(p), pair(q));
        expect(measure.value).toBeCloseTo(slow(p, q), 12);
        expect(contingencySimilarity(pair(q), pair(p)).value).toBe(measure.value);
        expect(contingencySimilarity(pair([...p].reverse()), pair(q))).toEqual(measure);
        const wide = (data: readonly Row[]): [Column, Column] => {
          const labels = [...new Set([...data.flat().filter((cell) => cell !== null), ...extra])];
          return [
            categoryColumn(
              'a',
              data.map((row) => row[0]),
              labels,
            ),
            categoryColumn(
              'b',
              data.map((row) => row[1]),
              labels,
            ),
          ];
        };
        const sparse = contingencySimilarity(wide(p), wide(q));
        expect(sparse.value).toBe(measure.value);
        if (measure.realAssociation === null) expect(sparse.realAssociation).toBeNull();
        else expect(sparse.realAssociation).toBeCloseTo(measure.realAssociation, 7);
        expect(sparse.interval!.upper).toBeCloseTo(measure.interval!.upper, 12);
      }),
    );
  });

  test('real edges see a change of scale and place; own edges do not', () => {
    const flags = Array.from({ length: 200 }, (_, i) => (i % 200 < 100 ? 'low' : 'high'));
    const values = Array.from({ length: 200 }, (_, i) => i);
    const real: [Column, Column] = [numberColumn('x', values), categoryColumn('c', flags)];
    const moved: [Column, Column] = [
      numberColumn(
        'x',
        values.map((v) => v * 1000 + 5e6),
      ),
      categoryColumn('c', flags),
    ];
    expect(contingencySimilarity(real, moved, { binning: 'own' }).value).toBe(1);
    // Only the last of ten bins is shared, and there only the level "high".
    expect(contingencySimilarity(real, moved).value).toBeCloseTo(0.1, 12);
    expect(contingencySimilarity(real, real).value).toBe(1);
  });

  test('bins as numpy makes them: the last edge closed in own binning with missing beside it', () => {
    const one = (values: readonly (number | null)[]): [Column, Column] => [
      numberColumn('x', values),
      categoryColumn(
        'c',
        values.map(() => 'a'),
      ),
    ];
    expect(contingencySimilarity(one([0, 10]), one([0, null]), { binning: 'own' }).value).toBe(0.5);
    expect(contingencySimilarity(one([0, 9, 10]), one([0, 9, null]), { binning: 'own' }).value).toBeCloseTo(2 / 3, 12);
    expect(contingencySimilarity(one([5, 5]), one([5, 5])).value).toBe(1);
    // One bin holds everything.
    expect(contingencySimilarity(one([1, 2]), one([7, -100]), { bins: 1 }).value).toBe(1);
  });

  test('threshold and reasons', () => {
    const independent = pair([
      ['x', 'u'],
      ['x', 'v'],
      ['y', 'u'],
      ['y', 'v'],
    ]);
    expect(contingencySimilarity(independent, independent, { realAssociationThreshold: 0.1 })).toMatchObject({
      value: null,
      reason: 'BELOW_THRESHOLD',
      realAssociation: 0,
    });
    const single = pair([
      ['x', 'u'],
      ['x', 'v'],
    ]);
    expect(contingencySimilarity(single, single)).toMatchObject({ value: 1, realAssociation: null });
    expect(contingencySimilarity(single, single, { realAssociationThreshold: 0.1 }).reason).toBe('ONE_LEVEL');
    expect(contingencySimilarity(pair([]), single).reason).toBe('NO_REAL_VALUES');
    expect(contingencySimilarity(single, pair([])).reason).toBe('NO_SYNTHETIC_VALUES');
    const infinite: [Column, Column] = [numberColumn('a', [1, Infinity]), categoryColumn('b', ['u', 'v'])];
    expect(contingencySimilarity(infinite, infinite).reason).toBe('NOT_FINITE');
    const empty: [Column, Column] = [numberColumn('a', [null, null]), categoryColumn('b', ['u', 'v'])];
    expect(contingencySimilarity(empty, empty).value).toBe(1);
  });

  test('refuses bad options and kinds', () => {
    const p = pair([['x', 'u']]);
    expect(() => contingencySimilarity(p, p, { bins: 0 })).toThrowError(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }),
    );
    expect(() => contingencySimilarity(p, p, { binning: 'mine' as 'own' })).toThrowError(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
    expect(() => contingencySimilarity(p, [p[0], booleanColumn('b', [true])])).toThrowError(
      expect.objectContaining({ code: 'KIND_MISMATCH' }),
    );
  });
});
