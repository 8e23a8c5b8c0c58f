import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binColumn } from '../../src/table/bin-column.ts';
import { datetimeColumn } from '../../src/table/datetime-column.ts';
import { integerColumn } from '../../src/table/integer-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { textColumn } from '../../src/table/text-column.ts';

describe('binColumn', () => {
  test('quantiles hold about equal counts', () => {
    const column = binColumn(
      integerColumn(
        'x',
        Array.from({ length: 100 }, (_, i) => i),
      ),
      { bins: 4 },
    );
    const counts = [0, 0, 0, 0];
    for (const code of column.codes) counts[code]!++;
    expect(counts).toEqual([25, 25, 25, 25]);
  });

  test('ties leave fewer bins, a constant column one', () => {
    expect(binColumn(integerColumn('x', [0, 0, 0, 0, 9]), { bins: 4 }).labels).toEqual(['1: under 9', '2: 9 and over']);
    expect(binColumn(integerColumn('x', [3, 3]), { method: 'natural' }).labels).toEqual(['1: all']);
    expect(binColumn(numberColumn('x', [])).labels).toEqual(['1: all']);
  });

  test('equal widths, datetimes, missing and NaN', () => {
    expect(binColumn(numberColumn('x', [0, 10]), { bins: 2, method: 'width' }).labels).toEqual([
      '1: under 5',
      '2: 5 and over',
    ]);
    const days = datetimeColumn('d', [0, 86_400_000, null], 'day');
    expect(binColumn(days, { edges: [86_400_000] }).labels).toEqual(['1: under 1970-01-02', '2: 1970-01-02 and over']);
    expect([...binColumn(days, { edges: [86_400_000] }).codes]).toEqual([0, 1, -1]);
    expect([...binColumn(numberColumn('x', [Number.NaN, 1]), { edges: [0] }).codes]).toEqual([-1, 1]);
  });

  test('labels sort in order also beyond nine bins', () => {
    const { labels } = binColumn(
      integerColumn(
        'x',
        Array.from({ length: 60 }, (_, i) => i),
      ),
      { bins: 12 },
    );
    expect([...labels].sort()).toEqual(labels);
    expect(labels).toHaveLength(12);
  });

  test.each([
    [{ bins: 1 }, 'OUT_OF_RANGE'],
    [{ bins: 2.5 }, 'OUT_OF_RANGE'],
    [{ edges: [2, 1] }, 'BAD_OPTION'],
    [{ edges: [Number.NaN] }, 'BAD_OPTION'],
  ] as const)('refuses %o', (options, code) => {
    expect(() => binColumn(integerColumn('x', [1, 2]), options)).toThrow(expect.objectContaining({ code }));
  });

  test('refuses other kinds', () => {
    expect(() => binColumn(textColumn('x', ['a']) as never)).toThrow(
      expect.objectContaining({ code: 'KIND_MISMATCH' }),
    );
  });

  test('larger values never fall into a lower bin', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 2, max: 9 }),
        fc.constantFrom('quantile', 'width', 'natural'),
        (values, bins, method) => {
          const { codes, labels } = binColumn(integerColumn('x', values), { bins, method: method as 'quantile' });
          expect(labels.length).toBeLessThanOrEqual(bins);
          values.forEach((a, i) => {
            values.forEach((b, j) => {
              if (a <= b) expect(codes[i]!).toBeLessThanOrEqual(codes[j]!);
            });
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});
