import { expect, test } from 'vitest';
import { levelIntervals } from '../../../src/generators/copula/level-intervals.ts';
import { categoryColumn } from '../../../src/table/index.ts';

const column = categoryColumn('c', ['b', null, 'a', 'b']);

test('levels own intervals as wide as their shares', () => {
  expect(levelIntervals(column)).toEqual([
    { label: 'a', lower: 0, upper: 0.25 },
    { label: 'b', lower: 0.25, upper: 0.75 },
    { label: null, lower: 0.75, upper: 1 },
  ]);
  expect(levelIntervals(column, { order: 'appearance' }).map((one) => one.label)).toEqual(['b', null, 'a']);
  expect(levelIntervals(column, { order: 'frequency' }).map((one) => one.label)).toEqual(['b', 'a', null]);
});

test('no rows, and an unknown order', () => {
  expect(() => levelIntervals(categoryColumn('c', []))).toThrow(expect.objectContaining({ code: 'EMPTY_INPUT' }));
  expect(() => levelIntervals(column, { order: 'size' as 'label' })).toThrow(
    expect.objectContaining({ code: 'BAD_OPTION' }),
  );
});
