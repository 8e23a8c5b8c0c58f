import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  conditionalDisparity,
  demographicParityDifference,
  differentialFairness,
  directionalAmplification,
  generalizedEntropy,
  groupTable,
  privilegedComparison,
  regressionFrame,
  reweigh,
  scoreFrame,
  shareComparison,
} from '../../src/bias/index.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { checkJsonSafe, fromCounts, people } from './helpers.ts';

const spec = { sensitive: ['sex'], label: { column: 'label' } };
const both = { ...spec, prediction: { column: 'prediction' } };

describe('reweigh', () => {
  test('laws: weighted parity is exact, totals stay', () => {
    const list = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })), {
      minLength: 2,
      maxLength: 5,
    });
    fc.assert(
      fc.property(list, (counts) => {
        const table = fromCounts(Object.fromEntries(counts.map((pair, g) => [`g${g}`, pair])));
        const { cells, effectiveShare, maxWeight } = reweigh(groupTable(table, spec));
        const weights = Array.from({ length: table.rowCount }, (_, row) => {
          const group = table.columns[0]!;
          const label = table.columns[1]!;
          if (group.kind !== 'category' || label.kind !== 'boolean') throw new Error('unexpected kinds');
          return cells.find(
            (one) => one.group === group.labels[group.codes[row]!] && one.positive === (label.values[row] === 1),
          )!.weight;
        });
        const again = groupTable(createTable([...table.columns, numberColumn('weight', weights)]), {
          ...spec,
          weight: 'weight',
        });
        expect(demographicParityDifference(again, { minN: 0 }).value!).toBeLessThan(1e-12);
        expect(cells.reduce((sum, one) => sum + one.before * one.weight!, 0)).toBeCloseTo(table.rowCount, 9);
        expect(effectiveShare).toBeLessThanOrEqual(1 + 1e-12);
        expect(maxWeight).toBeGreaterThanOrEqual(1 - 1e-12);
      }),
    );
  });

  test('an empty cell is refused, never infinite', () => {
    const cells = groupTable(fromCounts({ a: [5, 5], b: [5, 0] }), spec);
    expect(() => reweigh(cells)).toThrow(/group "b" has no positive label/);
    const skipped = reweigh(cells, { emptyCells: 'skip' });
    checkJsonSafe(skipped);
    expect(skipped.cells.find((one) => one.group === 'b' && one.positive)!.weight).toBeNull();
    expect(() => reweigh(groupTable(people([], []), spec))).toThrow(expect.objectContaining({ code: 'EMPTY_INPUT' }));
    expect(() => reweigh(groupTable(people(['a'], [true]), { sensitive: ['sex'] }))).toThrow(
      expect.objectContaining({ code: 'SPEC_MISMATCH' }),
    );
  });
});

describe('generalizedEntropy', () => {
  test('laws: at least 0, scale-free, splits into within and between', () => {
    const people_ = fc.array(
      fc.record({
        b: fc.double({ min: 0.01, max: 100, noNaN: true }),
        w: fc.integer({ min: 1, max: 5 }),
        g: fc.nat(3),
      }),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(people_, fc.constantFrom(-1, 0, 0.5, 1, 2, 3), (list, alpha) => {
        const benefits = list.map((one) => one.b);
        const weights = list.map((one) => one.w);
        const found = generalizedEntropy(benefits, { alpha, weights, groups: list.map((one) => one.g) });
        expect(found.value!).toBeGreaterThanOrEqual(0);
        expect(found.within! + found.between!).toBeCloseTo(found.value!, 10);
        const scaled = generalizedEntropy(
          benefits.map((b) => 3 * b),
          { alpha, weights },
        );
        expect(scaled.value! / Math.max(found.value!, 1e-9)).toBeCloseTo(
          found.value! / Math.max(found.value!, 1e-9),
          6,
        );
        const spread = list.flatMap((one) => Array.from({ length: one.w }, () => one.b));
        expect(Math.abs(generalizedEntropy(spread, { alpha }).value! - found.value!)).toBeLessThan(
          1e-9 * Math.max(1, found.value!),
        );
      }),
    );
  });

  test('edges', () => {
    expect(generalizedEntropy([0, 1], { alpha: 0 }).reason).toBe('infinite');
    expect(generalizedEntropy([0, 0]).reason).toBe('zero-mean');
    expect(generalizedEntropy([]).reason).toBe('no-weight');
    expect(generalizedEntropy([1, 3], { alpha: 0 }).value).toBeCloseTo(-Math.log(0.75) / 2, 12);
    expect(() => generalizedEntropy([-1])).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }));
    expect(() => generalizedEntropy([1], { weights: [1, 2] })).toThrow(
      expect.objectContaining({ code: 'LENGTH_MISMATCH' }),
    );
    expect(() => generalizedEntropy([1], { alpha: Number.NaN })).toThrow(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }),
    );
  });
});

test('differentialFairness: edges', () => {
  expect(differentialFairness([[1, 2]]).reason).toBe('fewer-than-two-groups');
  expect(
    differentialFairness(
      [
        [0, 2],
        [1, 1],
        [0, 0],
      ],
      { minN: 1 },
    ),
  ).toMatchObject({ empty: [2], outcome: 0, highest: 1, lowest: 0, n: 4 });
  expect(
    differentialFairness([
      [20, 30],
      [0, 9],
      [30, 20],
    ]),
  ).toMatchObject({ suppressed: [1], highest: 2, n: 100 });
  expect(
    differentialFairness(
      [
        [0, 2],
        [1, 1],
      ],
      { concentration: 0, minN: 1 },
    ).reason,
  ).toBe('zero-probability');
  expect(() => differentialFairness([[1], [1, 2]])).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }));
  expect(() => differentialFairness([[1, -1]])).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }));
});

test('directionalAmplification: the same counts give 0, an absent attribute is left out', () => {
  const counts = { n: 100, attributes: [40, 60, 0], tasks: [30], both: [[20, 10, 0]] };
  const found = directionalAmplification(counts, counts);
  expect(found.attributeToTask).toBe(0);
  expect(found.pairs[2]!.attributeToTask).toBeNull();
  checkJsonSafe(found);
  expect(() => directionalAmplification(counts, { ...counts, tasks: [1, 2] })).toThrow(
    expect.objectContaining({ code: 'LENGTH_MISMATCH' }),
  );
});

describe('privilegedComparison', () => {
  const cells = groupTable(
    people(
      [...Array(40).fill('f'), ...Array(40).fill('m'), ...Array(15).fill('x')],
      Array.from({ length: 95 }, (_, i) => i % 3 === 0),
      Array.from({ length: 95 }, (_, i) => i % (i < 40 ? 5 : 2) === 0),
    ),
    both,
  );

  test('differences, ratios, intervals, rows on neither side', () => {
    const found = privilegedComparison(cells, { unprivileged: [{ sex: 'f' }], privileged: [{ sex: 'm' }] });
    checkJsonSafe(found);
    expect(found.rows).toEqual({ overall: 95, unprivileged: 40, privileged: 40, neither: 15 });
    const selection = found.metrics.find((one) => one.metric === 'selectionRate')!;
    expect(selection.difference.value).toBeCloseTo(0.2 - 0.5, 12);
    expect(selection.ratio.value).toBeCloseTo(0.4, 12);
    for (const one of found.metrics)
      for (const measure of [one.difference, one.ratio])
        if (measure.value !== null) {
          expect(measure.interval!.lower).toBeLessThanOrEqual(measure.value);
          expect(measure.interval!.upper).toBeGreaterThanOrEqual(measure.value);
        }
    expect(found.averageAbsOddsDifference!.value!).toBeGreaterThanOrEqual(
      Math.abs(found.averageOddsDifference!.value!),
    );
  });

  test('mistakes', () => {
    const check = (unprivileged: Record<string, string>[], privileged: Record<string, string>[]): unknown =>
      privilegedComparison(cells, { unprivileged, privileged });
    expect(() => check([], [{ sex: 'm' }])).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => check([{}], [{ sex: 'm' }])).toThrow(/names no column/);
    expect(() => check([{ race: 'a' }], [{ sex: 'm' }])).toThrow(/expected one of the sensitive columns/);
    expect(() => check([{ sex: 'q' }], [{ sex: 'm' }])).toThrow(/expected a level of/);
    expect(() => check([{ sex: 'm' }], [{ sex: 'm' }])).toThrow(/both sides/);
  });
});

test('shareComparison: the figures of scipy on one case', () => {
  const found = shareComparison([134, 162, 33, 183, 123, 164], [0.1579, 0.1368, 0.3632, 0.1512, 0.0908, 0.1001]);
  expect(found.chiSquare).toBeCloseTo(409.20568546938125, 8);
  expect(found.kullbackLeibler).toBeCloseTo(0.32386950429228467, 10);
  expect(found.jensenShannon).toBeCloseTo(0.09417977261844232, 10);
  expect(found.hellinger).toBeCloseTo(0.3171564400105777, 10);
  expect(found.populationStability).toBeCloseTo(0.8675354474975969, 10);
  expect(found.simpsonUnbiased).toBeCloseTo(0.8117885452053162, 12);
  expect(found.effectiveGroups).toBeCloseTo(5.28464524887627, 10);
  expect(found.imbalanceRatio).toBeCloseTo(5.545454545454546, 12);
});

describe('frames of continuous figures', () => {
  const table = createTable([
    categoryColumn('sex', ['f', 'f', 'f', 'm', 'm', null]),
    booleanColumn('label', [true, false, true, true, true, false]),
    numberColumn('score', [0.9, 0.1, 0.4, 0.3, null, 1.5]),
    numberColumn('y', [1, 2, 3, 4, 4, Number.NaN]),
  ]);

  test('scores: one class only, outside 0 to 1, missing', () => {
    const frame = scoreFrame(table, { sensitive: ['sex'], label: { column: 'label' }, score: 'score', minN: 1 });
    checkJsonSafe(frame);
    const [f, m, missing] = frame.strata[0]!.groups;
    expect(f!.measures[2]!.value).toBe(1);
    expect(m!.measures[2]).toMatchObject({ value: null, reason: 'no-negatives' });
    expect(missing!.measures[3]).toMatchObject({ value: null, reason: 'score-outside-0-1' });
    expect(frame.leftOut).toBe(1);
    expect(frame.strata[0]!.aggregates[2]).toMatchObject({ differenceBetweenGroups: null, reason: 'single-group' });
  });

  test('regression: constant label, non-finite values are left out, suppression', () => {
    const frame = regressionFrame(table, { sensitive: ['sex'], label: 'y', prediction: 'score', minN: 1 });
    checkJsonSafe(frame);
    expect(frame.leftOut).toBe(2);
    expect(frame.strata[0]!.groups[1]!.measures[5]).toMatchObject({ value: null, reason: 'too-few-rows' });
    const small = regressionFrame(table, { sensitive: ['sex'], label: 'y', prediction: 'score' });
    expect(small.suppressed).toEqual({ groups: 2, rows: 4 });
    expect(small.strata[0]!.groups[0]!.n).toBeNull();
  });
});

test('UC Berkeley 1973: the aggregate -.14165 turns into +.04264 within departments, CMH 1.42695 (p .23226)', () => {
  const counts: Record<string, readonly (readonly [number, number])[]> = {
    A: [
      [512, 313],
      [89, 19],
    ],
    B: [
      [353, 207],
      [17, 8],
    ],
    C: [
      [120, 205],
      [202, 391],
    ],
    D: [
      [138, 279],
      [131, 244],
    ],
    E: [
      [53, 138],
      [94, 299],
    ],
    F: [
      [22, 351],
      [24, 317],
    ],
  };
  const cells = Object.entries(counts).flatMap(([department, rows]) =>
    rows.map(([admitted, rejected], side) => {
      const n = [rejected, 0, admitted, 0];
      return { stratum: [department], group: [side === 0 ? 'Male' : 'Female'], n, w: n, w2: n };
    }),
  );
  const found = conditionalDisparity(
    {
      kind: 'group-table',
      version: 1,
      sensitive: ['sex'],
      control: ['department'],
      levels: [['Female', 'Male']],
      controlLevels: [Object.keys(counts)],
      wholeLevels: [false, false],
      hasLabel: true,
      hasPrediction: false,
      weighted: false,
      cells,
      rows: 4526,
      leftOut: { missingLabel: 0, missingPrediction: 0, missingWeight: 0 },
    },
    { first: 'Female', second: 'Male' },
  );
  expect(found.aggregate.value).toBeCloseTo(-0.14164542824654186, 12);
  expect(found.conditional.value).toBeCloseTo(0.04263679777130291, 12);
  expect(found.mantelHaenszel!.statistic).toBeCloseTo(1.4269462285866883, 10);
  expect(found.mantelHaenszel!.pValue).toBeCloseTo(0.23226346281704802, 10);
  expect(found.reversed).toBe(true);
  checkJsonSafe(found);
});
