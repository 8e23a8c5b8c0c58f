import { describe, expect, test } from 'vitest';
import { achievedTilt } from '../../../src/bias/fair/achieved-tilt.ts';
import { fairReport } from '../../../src/bias/fair/fair-report.ts';
import { fairTarget } from '../../../src/bias/fair/fair-target.ts';
import { fairTradeOff } from '../../../src/bias/fair/fair-trade-off.ts';
import type { FairTradeOffOptions } from '../../../src/bias/fair/fair-trade-off-types.ts';
import { tiltLabels } from '../../../src/bias/fair/tilt-labels.ts';
import { dropColumns, sliceRows } from '../../../src/table/index.ts';
import { hiringTable } from './helpers.ts';

const source = hiringTable(1500);
const holdout = hiringTable(1500, 'other');
const label = { column: 'hired' };
/** Label side with known probabilities: enough to see a curve, and needs no generator. */
const sample: FairTradeOffOptions['sample'] = (target) =>
  tiltLabels(source, target, { probabilities: new Float64Array(1500).fill(0.5), seed: 'a' }).table;
const options: FairTradeOffOptions = { target: { sensitive: ['sex'], label }, sample, holdout };

describe('fairTradeOff', () => {
  const curve = fairTradeOff(source, { ...options, metric: 'demographicParity', test: hiringTable(800, 'test') });

  test('the curve runs from the untilted rows on, with intervals', () => {
    const strengths = curve.points.map((point) => point.strength);
    expect(strengths).toEqual([...strengths].sort((a, b) => a - b));
    expect(strengths[0]).toBe(0);
    expect(curve.points[0]!.aucLoss).toBe(0);
    for (const point of curve.points) {
      const { value, interval } = point.holdout.demographicParity;
      expect(interval!.lower).toBeLessThanOrEqual(value!);
      expect(interval!.upper).toBeGreaterThanOrEqual(value!);
      expect(point.test).not.toBe(null);
    }
    const gaps = curve.points.map((point) => point.holdout.demographicParity.value!);
    expect(gaps[0]).toBeGreaterThan(gaps.at(-1)! + 0.1);
    expect(Math.min(...gaps.map(Math.abs))).toBe(Math.abs(gaps[curve.chosen!]!));
    expect(JSON.parse(JSON.stringify(curve))).toEqual(curve);
  });

  test('the search goes on where the gap changes its sign', () => {
    expect(curve.points.length).toBeGreaterThan(5);
    const coarse = fairTradeOff(source, { ...options, metric: 'demographicParity', refine: 0 });
    const best = (one: typeof curve) => Math.abs(one.points[one.chosen!]!.holdout.demographicParity.value!);
    expect(best(curve)).toBeLessThanOrEqual(best(coarse));
  });

  test('a bound on the loss rules strengths out', () => {
    const bound = fairTradeOff(source, { ...options, metric: 'demographicParity', refine: 0, maxAucLoss: 0 });
    expect(bound.points[bound.chosen!]!.aucLoss!).toBeLessThanOrEqual(0);
  });

  test('more than two groups: the widest gap, unsigned', () => {
    const four = fairTradeOff(source, {
      ...options,
      target: { sensitive: ['sex', 'region'], label },
      learner: 'boosted',
      exclude: ['sex'],
      strengths: [0, 1],
      refine: 1,
      metric: 'demographicParity',
    });
    expect(four.points).toHaveLength(3);
    for (const point of four.points) {
      expect(point.holdout.demographicParity.signed).toBe(false);
      expect(point.holdout.demographicParity.value).toBeGreaterThanOrEqual(0);
      expect(point.holdout.groups).toHaveLength(4);
    }
  });

  test('groups too small give no gap, with a reason', () => {
    const none = fairTradeOff(source, { ...options, refine: 0, strengths: [0, 1], minGroupRows: 5000 });
    expect(none.chosen).toBe(null);
    expect(none.points[0]!.holdout.equalOpportunity).toMatchObject({ value: null, reason: 'TOO_FEW_GROUPS' });
    expect(JSON.parse(JSON.stringify(none))).toEqual(none);
    expect(fairReport({ target: fairTarget(source, options.target), tradeOff: none }).findings.at(-1)!.level).toBe(
      'warning',
    );
  });

  test('progress and abort', () => {
    const seen: number[] = [];
    const signal = { aborted: false };
    const onProgress = ({ done }: { done: number }) => {
      seen.push(done);
      if (done === 2) signal.aborted = true;
    };
    expect(() => fairTradeOff(source, { ...options, onProgress, signal })).toThrow(
      expect.objectContaining({ code: 'ABORTED' }),
    );
    expect(seen).toEqual([1, 2]);
  });

  const bad: [string, Partial<FairTradeOffOptions>, string][] = [
    ['strengths without 0', { strengths: [0.5, 1] }, 'BAD_OPTION'],
    ['strengths out of order', { strengths: [0, 0.6, 0.5] }, 'BAD_OPTION'],
    ['strengths outside [0, 1]', { strengths: [0, 1.5] }, 'BAD_OPTION'],
    ['no strengths', { strengths: [] }, 'BAD_OPTION'],
    ['refine', { refine: -1 }, 'BAD_OPTION'],
    ['metric', { metric: 'x' as never }, 'BAD_OPTION'],
    ['threshold', { threshold: 2 }, 'BAD_OPTION'],
    ['maxAucLoss', { maxAucLoss: Number.NaN }, 'BAD_OPTION'],
    ['learner', { learner: 'x' as never }, 'BAD_OPTION'],
    ['exclude', { exclude: ['x'] }, 'UNKNOWN_COLUMN'],
    ['holdout', { holdout: dropColumns(holdout, ['sex']) }, 'UNKNOWN_COLUMN'],
    ['target', { target: { sensitive: ['x'], label } }, 'UNKNOWN_COLUMN'],
    [
      'no positive label',
      { target: { sensitive: ['sex'], label: { column: 'role' } }, sample: () => source },
      'BAD_OPTION',
    ],
  ];
  test.each(bad)('refuses bad %s', (_, part, code) => {
    expect(() => fairTradeOff(source, { ...options, ...part })).toThrow(expect.objectContaining({ code }));
  });
});

describe('achievedTilt and fairReport', () => {
  const target = fairTarget(source, options.target);
  const table = sample(target);
  const achieved = achievedTilt(table, target, { direction: 'label', seed: 'a' });

  test('counts what is there', () => {
    expect(achieved.rows).toBe(1500);
    expect(achieved.labelGap.achieved).toBeLessThan(0.002);
    expect(achieved.cells.reduce((sum, cell) => sum + cell.rows, 0)).toBe(1500);
    expect(achieved.labelGaps).toEqual([{ column: 'sex', achieved: achieved.labelGap.achieved }]);
    expect(JSON.parse(JSON.stringify(achieved))).toEqual(achieved);
  });

  test('an empty table has no gap', () => {
    const empty = achievedTilt(sliceRows(table, 0, 0), target, { direction: 'label', seed: 'a' });
    expect([empty.rows, empty.labelGap.achieved, empty.largestError]).toEqual([0, null, null]);
    expect(fairReport({ target, achieved: empty }).findings.at(-1)!.text).toBe('The sample has no labelled rows');
  });

  test('bad input', () => {
    const wrong = () => achievedTilt(table, target, { direction: 'x' as never, seed: 'a' });
    expect(wrong).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => achievedTilt(table, {} as never, { direction: 'label', seed: 'a' })).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
    expect(() => achievedTilt(dropColumns(table, ['sex']), target, { direction: 'label', seed: 'a' })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_COLUMN' }),
    );
    expect(() => fairReport({ target: {} as never })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });

  test('the report states parity and cost, and calls nothing fair', () => {
    const tradeOff = fairTradeOff(source, { ...options, test: hiringTable(800, 'test'), strengths: [0, 1], refine: 1 });
    const report = fairReport({ target, achieved, tradeOff });
    expect(report.findings.length).toBeGreaterThanOrEqual(5);
    expect(report.tables.map((one) => one.title)).toEqual(['Cells', 'Trade-off by strength, on held-out real rows']);
    for (const table of report.tables) for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    expect(report.charts.map((chart) => chart.kind)).toEqual(['bar', 'line', 'interval']);
    const text = JSON.stringify(report);
    expect(text).not.toMatch(/\bfair\b|unbiased|compliant|NaN|Infinity/i);
    expect(JSON.parse(text)).toEqual(report);
  });
});
