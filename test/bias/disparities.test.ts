import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  demographicParityDifference,
  demographicParityRatio,
  equalizedOddsDifference,
  equalizedOddsRatio,
  equalOpportunityDifference,
  equalOpportunityRatio,
  type GroupTable,
  groupTable,
  metricFrame,
  pairwiseDisparities,
} from '../../src/bias/index.ts';
import { fillShuffledCounts, hypergeometric, logFactorials } from '../../src/bias/internal-hypergeometric.ts';
import { fisherTwoSided } from '../../src/bias/internal-tests.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { newcombeInterval } from '../../src/stats/newcombe-interval.ts';
import { wilsonInterval } from '../../src/stats/wilson-interval.ts';
import { checkJsonSafe, fromCounts, people } from './helpers.ts';

/** ProPublica's published counts (COMPAS, all 7,214 rows; two of the groups): [tn, fp, fn, tp]. */
function compas(): GroupTable {
  const cell = (group: string, n: readonly number[]) => ({ stratum: [], group: [group], n, w: n, w2: n });
  return {
    kind: 'group-table',
    version: 1,
    sensitive: ['race'],
    control: [],
    levels: [['African-American', 'Caucasian']],
    controlLevels: [],
    wholeLevels: [false],
    hasLabel: true,
    hasPrediction: true,
    weighted: false,
    cells: [cell('African-American', [990, 805, 532, 1369]), cell('Caucasian', [1139, 349, 461, 505])],
    rows: 6150,
    leftOut: { missingLabel: 0, missingPrediction: 0, missingWeight: 0 },
  };
}

test('ProPublica: 44.85 / 27.99 against 23.45 / 47.72 per cent, PPV .63 / .59, ratio 1.912', () => {
  const frame = metricFrame(compas(), { metrics: ['falsePositiveRate', 'falseNegativeRate', 'precision'] });
  const [black, white] = frame.strata[0]!.groups;
  expect(black!.measures.map((one) => (100 * one.value!).toFixed(2))).toEqual(['44.85', '27.99', '62.97']);
  expect(white!.measures.map((one) => (100 * one.value!).toFixed(2))).toEqual(['23.45', '47.72', '59.13']);
  expect((1 / frame.strata[0]!.aggregates[0]!.ratioBetweenGroups!).toFixed(3)).toBe('1.912');
  const odds = equalizedOddsDifference(compas(), { rng: createRng('compas') });
  expect(odds.value).toBeCloseTo(805 / 1795 - 349 / 1488, 12);
  expect(odds.pValue).toBe(0.001);
});

describe('a group without positives', () => {
  const cells = groupTable(
    people(
      [...Array(20).fill('a'), ...Array(20).fill('b')],
      Array.from({ length: 40 }, (_, i) => i < 20 && i % 2 === 0),
      Array.from({ length: 40 }, (_, i) => i % 4 === 0),
    ),
    { sensitive: ['sex'], label: { column: 'label' }, prediction: { column: 'prediction' } },
  );

  test('never passes as equal: the figure is null with its reason', () => {
    const found = equalOpportunityDifference(cells);
    expect(found.value).toBeNull();
    expect(found.reason).toBe('single-group');
    expect(found.excluded).toEqual([{ group: 'b', reason: 'no-positives' }]);
    expect(equalizedOddsDifference(cells).value).toBeNull();
    expect(equalOpportunityRatio(cells).value).toBeNull();
    expect(equalizedOddsRatio(cells, { agg: 'mean' }).value).toBeNull();
  });

  test('modes of the references', () => {
    expect(equalOpportunityDifference(cells, { zeroDivision: 'fairlearn' }).value).toBeCloseTo(0.5, 12);
    expect(equalOpportunityDifference(cells, { zeroDivision: 'clarify' }).value).toBeCloseTo(0.5, 12);
    expect(equalOpportunityDifference(cells, { zeroDivision: 1 }).value).toBeCloseTo(0.5, 12);
    expect(equalOpportunityDifference(cells, { zeroDivision: 'aif360' }).value).toBeNull();
  });
});

test('small groups are suppressed, listed, and their counts withheld', () => {
  const cells = groupTable(fromCounts({ a: [50, 50], b: [60, 40], c: [1, 2] }), {
    sensitive: ['sex'],
    label: { column: 'label' },
  });
  const found = demographicParityDifference(cells);
  expect(found.value).toBeCloseTo(0.1, 12);
  expect(found.excluded).toEqual([{ group: 'c', reason: 'suppressed' }]);
  const frame = metricFrame(cells);
  expect(frame.suppressed).toEqual({ groups: 1, rows: 3 });
  expect(frame.strata[0]!.groups[2]).toMatchObject({ n: null, suppressed: true });
  expect(frame.strata[0]!.overall[0]!.value).toBe(203);
});

test('no positives at all: difference 0, ratio undefined', () => {
  const cells = groupTable(fromCounts({ a: [50, 0], b: [60, 0] }), { sensitive: ['sex'], label: { column: 'label' } });
  expect(demographicParityDifference(cells, { rng: createRng('x') })).toMatchObject({ value: 0, pValue: 1 });
  expect(demographicParityRatio(cells)).toMatchObject({ value: null, reason: 'zero-rate' });
});

test('two groups: the interval is Newcombe of the pair', () => {
  const cells = groupTable(fromCounts({ a: [44, 56], b: [32, 48] }), {
    sensitive: ['sex'],
    label: { column: 'label' },
  });
  const peer = newcombeInterval(56, 100, 48, 80);
  const pair = pairwiseDisparities(cells).pairs[0]!;
  expect(pair.interval.lower).toBeCloseTo(peer.lower, 12);
  expect(pair.interval.upper).toBeCloseTo(peer.upper, 12);
  const measure = metricFrame(cells, { metrics: ['baseRate'] }).strata[0]!.groups[0]!.measures[0]!;
  expect(measure.interval!.lower).toBeCloseTo(wilsonInterval(56, 100).lower, 14);
  const found = demographicParityDifference(cells);
  expect(found.interval!.lower).toBe(0);
  expect(found.interval!.upper).toBeCloseTo(Math.max(peer.upper, -peer.lower), 12);
});

test('a planted gap is found, the same seed gives the same figures', () => {
  const cells = groupTable(fromCounts({ a: [400, 100], b: [300, 200], c: [350, 150] }), {
    sensitive: ['sex'],
    label: { column: 'label' },
  });
  const one = demographicParityDifference(cells, { rng: createRng('s'), permutations: 199 });
  expect(one).toEqual(demographicParityDifference(cells, { rng: createRng('s'), permutations: 199 }));
  expect(one.pValue).toBe(0.005);
  expect(one.equalityPValue).toBe(0.005);
  expect(one).toMatchObject({ highest: 'b', lowest: 'a', groups: 3 });
  expect(one.nullExpectation!).toBeLessThan(0.08);
  expect(one.corrected!).toBeLessThan(one.value!);
  expect(one.corrected!).toBeGreaterThan(0.15);
  const ratio = demographicParityRatio(cells, { rng: createRng('s'), permutations: 199 });
  expect(ratio.value).toBeCloseTo(0.5, 12);
  expect(ratio.pValue).toBe(0.005);
  const pairs = pairwiseDisparities(cells, { reference: 'b' }).pairs;
  expect(pairs.map((pair) => [pair.first, pair.second])).toEqual([
    ['a', 'b'],
    ['c', 'b'],
  ]);
});

test('options are checked', () => {
  const cells = groupTable(fromCounts({ a: [5, 5], b: [5, 5] }), { sensitive: ['sex'], label: { column: 'label' } });
  expect(() => demographicParityDifference(cells, { level: 95 })).toThrow(
    expect.objectContaining({ code: 'OUT_OF_RANGE' }),
  );
  expect(() => demographicParityDifference(cells, { permutations: 0 })).toThrow(
    expect.objectContaining({ code: 'OUT_OF_RANGE' }),
  );
  // @ts-expect-error not a method
  expect(() => demographicParityDifference(cells, { method: 'pairs' })).toThrow(
    expect.objectContaining({ code: 'BAD_OPTION' }),
  );
  expect(() => demographicParityDifference(cells, { stratum: ['x'] })).toThrow(/stratum/);
  expect(() => equalOpportunityDifference(cells)).toThrow(expect.objectContaining({ code: 'SPEC_MISMATCH' }));
  expect(() => metricFrame(cells, { metrics: ['recall'] })).toThrow(expect.objectContaining({ code: 'SPEC_MISMATCH' }));
});

const counts = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 6 });

test('laws: bounds, interval holds the value, no NaN, group order does not matter', () => {
  fc.assert(
    fc.property(counts, fc.constantFrom('between_groups' as const, 'to_overall' as const), (list, method) => {
      const named = Object.fromEntries(list.map((pair, g) => [`g${g}`, pair]));
      const flipped = Object.fromEntries(list.map((pair, g) => [`g${list.length - 1 - g}`, pair]));
      const spec = { sensitive: ['sex'], label: { column: 'label' } };
      const cells = groupTable(fromCounts(named), spec);
      const other = groupTable(fromCounts(flipped), spec);
      for (const measure of [demographicParityDifference, demographicParityRatio]) {
        const found = measure(cells, { method, minN: 1, rng: createRng('law'), permutations: 19 });
        checkJsonSafe(found);
        if (found.value === null) {
          expect(found.reason).toBeTruthy();
          continue;
        }
        expect(found.value).toBeGreaterThanOrEqual(0);
        expect(found.value).toBeLessThanOrEqual(1);
        expect(found.interval!.lower).toBeLessThanOrEqual(found.value);
        expect(found.interval!.upper).toBeGreaterThanOrEqual(found.value);
        expect(measure(other, { method, minN: 1 }).value).toBeCloseTo(found.value, 12);
      }
    }),
  );
});

test('hypergeometric draws have the right mean and variance, with and without a table', () => {
  const rng = createRng('hypergeometric');
  const table = logFactorials(500);
  for (const [total, marked, draws] of [
    [500, 120, 60],
    [500, 3, 250],
    [40, 35, 20],
  ] as const)
    for (const logs of [table, null]) {
      let sum = 0;
      let squares = 0;
      const n = 4000;
      for (let i = 0; i < n; i++) {
        const k = hypergeometric(rng, total, marked, draws, logs);
        expect(k).toBeGreaterThanOrEqual(Math.max(0, draws - (total - marked)));
        expect(k).toBeLessThanOrEqual(Math.min(draws, marked));
        sum += k;
        squares += k * k;
      }
      const mean = (draws * marked) / total;
      const variance = (mean * (1 - marked / total) * (total - draws)) / (total - 1);
      expect(Math.abs(sum / n - mean)).toBeLessThan(5 * Math.sqrt(variance / n));
      expect(squares / n - (sum / n) ** 2).toBeGreaterThan(0.85 * variance);
      expect(squares / n - (sum / n) ** 2).toBeLessThan(1.15 * variance);
    }
  const out = new Float64Array(3);
  fillShuffledCounts(out, Float64Array.of(10, 0, 5), 7, rng);
  expect(out[0]! + out[1]! + out[2]!).toBe(7);
  expect(out[1]).toBe(0);
});

test("Fisher's exact test: known answers (scipy)", () => {
  expect(fisherTwoSided(3, 17, 5, 12)).toBeCloseTo(0.21804226092082163, 12);
  expect(fisherTwoSided(0, 10, 0, 12)).toBe(1);
  expect(fisherTwoSided(10, 10, 12, 12)).toBe(1);
});
