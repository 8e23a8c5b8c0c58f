import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { figure, intervalFigures, tickFigure } from '../../src/report/internal-figures.ts';
import { niceAxis } from '../../src/report/internal-scale.ts';

test.each([
  [0, '0'],
  [-0, '0'],
  [1, '1'],
  [2016, '2016'],
  [11538, '11,538'],
  [-1234567, '-1,234,567'],
  [0.1749, '0.1749'],
  [0.17491234, '0.1749'],
  [0.5, '0.5'],
  [1 / 3, '0.3333'],
  [1e-4, '0.0001'],
  [1.234e-5, '1.23e-5'],
  [12345.678, '12,346'],
  [1e15, '1e15'],
  [1.5e300, '1.5e300'],
  [null, '–'],
  [Number.NaN, '–'],
  [Number.POSITIVE_INFINITY, '–'],
] as const)('figure(%s) is %s', (value, text) => {
  expect(figure(value)).toBe(text);
});

test('an interval has one number of decimals', () => {
  expect(intervalFigures(-0.14, -0.178, -0.09)).toBe('−0.140 [−0.178, −0.090]');
  expect(intervalFigures(1, 0.5, undefined)).toBe('1.0 [0.5, –]');
  expect(intervalFigures(0.5, undefined, undefined)).toBe('0.5');
  expect(intervalFigures(null, 1, 2)).toBe('–');
});

test('ticks have the decimals of their step', () => {
  expect([0, 0.5, 1].map((tick) => tickFigure(tick, 0.5))).toEqual(['0', '0.5', '1.0']);
  expect(tickFigure(25_000, 5000)).toBe('25,000');
  expect(tickFigure(-2e9, 1e9)).toBe('−2e9');
});

test('axes cover their values with few, evenly spaced, distinct ticks', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const axis = niceAxis(low, high, 5, true);
        expect(axis.low).toBeLessThanOrEqual(low);
        expect(axis.high).toBeGreaterThanOrEqual(high);
        expect(axis.ticks.length).toBeLessThanOrEqual(50);
        for (const tick of axis.ticks) expect(Number.isNaN(tick)).toBe(false);
      },
    ),
    { numRuns: 3000 },
  );
  expect(niceAxis(0, 1, 5, true).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(niceAxis(0.3, 0.3, 5, true).low).toBeLessThan(0.3);
});
