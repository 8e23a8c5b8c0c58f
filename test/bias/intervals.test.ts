import { expect, test } from 'vitest';
import {
  consistency,
  counterfactualGap,
  demographicDisparity,
  differentialFairness,
  generalizedEntropy,
  groupTable,
  pairScores,
  pairwiseDisparities,
  rankingParity,
  regressionFrame,
  representation,
  termAssociations,
  weat,
} from '../../src/bias/index.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { uniform } from '../../src/random/uniform.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import type { Interval, Rng } from '../../src/types.ts';
import { fromCounts } from './helpers.ts';

/** Share of intervals that hold the truth over repeated draws. */
function coverage(draws: number, truth: number, draw: (rng: Rng) => Interval): number {
  const rng = createRng('coverage');
  let inside = 0;
  for (let d = 0; d < draws; d++) {
    const { lower, upper } = draw(rng);
    if (lower <= truth && truth <= upper) inside++;
  }
  return inside / draws;
}

const coin = (rng: Rng, p: number): number => (uniform(rng) < p ? 1 : 0);

test('generalized entropy: value, between and within cover the truth', () => {
  // Benefits 0 or 2 with rates .3 and .6, half the people each: mean .9.
  const truth = generalizedEntropy([0, 2, 0, 2], { alpha: 2, weights: [7, 3, 4, 6], groups: [0, 0, 1, 1] });
  const draw = (rng: Rng): ReturnType<typeof generalizedEntropy> => {
    const groups = Array.from({ length: 400 }, (_, i) => i % 2);
    return generalizedEntropy(
      groups.map((g) => 2 * coin(rng, g === 0 ? 0.3 : 0.6)),
      { groups },
    );
  };
  expect(coverage(150, truth.value!, (rng) => draw(rng).interval!)).toBeGreaterThan(0.9);
  expect(coverage(150, truth.between!, (rng) => draw(rng).betweenInterval!)).toBeGreaterThan(0.88);
  expect(coverage(150, truth.within!, (rng) => draw(rng).withinInterval!)).toBeGreaterThan(0.9);
  expect(generalizedEntropy([0, 0])).toMatchObject({ value: null, interval: null, n: 2 });
  // Counts of benefits say the same as one entry per person.
  expect(generalizedEntropy([0, 2], { weights: [3, 5] }).interval!.upper).toBeCloseTo(
    generalizedEntropy([0, 0, 0, 2, 2, 2, 2, 2]).interval!.upper,
    12,
  );
});

test('demographic disparity: groups and mean cover the truth', () => {
  const rates = { a: 0.2, b: 0.5 };
  // Equal sizes: shares among the rejected 8/13 and 5/13, among the accepted 2/7 and 5/7; their mean is 0.
  const draw = (rng: Rng): ReturnType<typeof demographicDisparity> => {
    const counts = Object.entries(rates).map(([group, p]): [string, [number, number]] => {
      let k = 0;
      for (let i = 0; i < 150; i++) k += coin(rng, p);
      return [group, [150 - k, k]];
    });
    return demographicDisparity(
      groupTable(fromCounts(Object.fromEntries(counts)), { sensitive: ['sex'], label: { column: 'label' } }),
    );
  };
  expect(coverage(150, 8 / 13 - 2 / 7, (rng) => draw(rng).groups[0]!.interval!)).toBeGreaterThan(0.9);
  expect(coverage(150, 0, (rng) => draw(rng).interval!)).toBeGreaterThan(0.9);
  expect(draw(createRng('x')).groups.every((one) => one.pAdjusted! < 0.001)).toBe(true);
});

test('differential fairness: equal groups are rarely flagged, and the interval holds', () => {
  const rng = createRng('edf');
  let flagged = 0;
  let covered = 0;
  for (let d = 0; d < 150; d++) {
    const counts = Array.from({ length: 5 }, () => {
      let k = 0;
      for (let i = 0; i < 60; i++) k += coin(rng, 0.3);
      return [60 - k, k];
    });
    const found = differentialFairness(counts, { rng, permutations: 99 });
    if (found.pValue! <= 0.05) flagged++;
    if (found.interval!.lower === 0) covered++;
    expect(found.nullExpectation).toBeGreaterThan(0.2);
  }
  expect(flagged / 150).toBeLessThan(0.09);
  expect(covered / 150).toBeGreaterThan(0.94);
  expect(() =>
    differentialFairness(
      [
        [10.5, 10],
        [10, 10],
      ],
      { rng },
    ),
  ).toThrow(/whole numbers/);
});

test('consistency: the interval holds its figure over redrawn outcomes', () => {
  const rng = createRng('rows');
  const x = Array.from({ length: 150 }, () => uniform(rng));
  const found = Array.from({ length: 150 }, () =>
    consistency(
      [x],
      x.map((one) => coin(rng, 0.2 + 0.6 * one)),
    ),
  );
  const mean = found.reduce((sum, one) => sum + one.value!, 0) / found.length;
  const inside = found.filter((one) => one.interval!.lower <= mean && one.interval!.upper >= mean);
  expect(inside.length / found.length).toBeGreaterThan(0.93);
});

test('representation: distance from a population, what chance gives, diversity', () => {
  const draw = (rng: Rng): ReturnType<typeof representation> =>
    representation(
      createTable([
        categoryColumn(
          'g',
          Array.from({ length: 200 }, () => 'abcd'[Math.floor(4 * uniform(rng))]!),
        ),
      ]),
      { columns: ['g'], reference: { shares: { a: 1, b: 1, c: 1, d: 1 } } },
    );
  expect(coverage(150, 0, (rng) => draw(rng).totalVariationInterval!)).toBeGreaterThan(0.94);
  expect(coverage(150, Math.log(4), (rng) => draw(rng).shannonInterval!)).toBeGreaterThan(0.94);
  expect(coverage(150, 0.75, (rng) => draw(rng).simpsonInterval!)).toBeGreaterThan(0.94);
  const rng = createRng('mean');
  const found = Array.from({ length: 100 }, () => draw(rng));
  const mean = found.reduce((sum, one) => sum + one.totalVariation!, 0) / 100;
  expect(found[0]!.totalVariationExpected! / mean).toBeGreaterThan(0.85);
  expect(found[0]!.totalVariationExpected! / mean).toBeLessThan(1.15);
});

test('R squared has an interval', () => {
  const draw = (rng: Rng): Interval => {
    const p = Array.from({ length: 200 }, () => uniform(rng));
    const table = createTable([
      categoryColumn(
        's',
        p.map(() => 'a'),
      ),
      numberColumn('p', p),
      numberColumn(
        'y',
        p.map((x) => x + uniform(rng) - 0.5),
      ),
    ]);
    const { overall } = regressionFrame(table, { sensitive: ['s'], label: 'y', prediction: 'p' }).strata[0]!;
    return overall.find((one) => one.metric === 'r2Score')!.interval!;
  };
  expect(coverage(150, 0.5, draw)).toBeGreaterThan(0.9);
});

test('text figures have intervals around them', () => {
  const rng = createRng('text');
  const vectors = (shift: number): number[][] =>
    Array.from({ length: 8 }, () => [shift + uniform(rng), uniform(rng), 0.2]);
  const found = weat({ first: vectors(0.5), second: vectors(0), attributeA: [[1, 0, 0.1]], attributeB: [[0, 1, 0.1]] });
  for (const [value, interval] of [
    [found.effectSize, found.effectSizeInterval],
    [found.relativeNormDistance, found.relativeNormInterval],
    [found.coherence, found.coherenceInterval],
  ] as const) {
    expect(interval!.lower).toBeLessThan(value!);
    expect(interval!.upper).toBeGreaterThan(value!);
  }
  const small = weat({ first: [[1, 0]], second: [[0, 1]], attributeA: [[1, 0]], attributeB: [[0, 1]] });
  expect(small).toMatchObject({ effectSizeInterval: null, relativeNormInterval: null, coherenceInterval: null });

  const documents = Array.from({ length: 200 }, () => [
    coin(rng, 0.5) === 1 ? 'she' : 'he',
    coin(rng, 0.3) === 1 ? 'nurse' : 'clerk',
  ]);
  const [nurse] = termAssociations({ documents, identityTerms: ['she'], targets: ['nurse'] }).targets;
  expect(nurse!.pmiInterval!.lower).toBeLessThan(0);
  expect(nurse!.pmiInterval!.upper).toBeGreaterThan(0);

  const pairs = Array.from({ length: 100 }, (_, i) => ({
    stereotype: i < 60 ? -1 : -2,
    antiStereotype: -1.5,
    unrelated: i < 90 ? -3 : 0,
  }));
  const scores = pairScores(pairs);
  expect(scores.idealizedInterval!.lower).toBeLessThan(scores.idealizedScore!);
  expect(scores.idealizedInterval!.upper).toBeGreaterThan(scores.idealizedScore!);
  expect(scores.idealizedInterval!.upper).toBeLessThanOrEqual(100);

  const gap = counterfactualGap([0.9, 0.4, 0.7, 0.2], [0.6, 0.4, 0.4, 0.5]);
  expect(gap.meanAbsoluteInterval.lower).toBeLessThanOrEqual(gap.meanAbsoluteGap);
  expect(gap.meanAbsoluteInterval.upper).toBeGreaterThan(gap.meanAbsoluteGap);
});

test('pairs: ratios, rows, a reference, each group against the rest, the greatest difference with its null', () => {
  const cells = groupTable(fromCounts({ a: [60, 40], b: [80, 20], c: [75, 25], tiny: [0, 4] }), {
    sensitive: ['sex'],
    label: { column: 'label' },
  });
  const all = pairwiseDisparities(cells, { rng: createRng('pairs'), permutations: 199 });
  expect(all.pairs).toHaveLength(3);
  expect(all.pairs[0]).toMatchObject({ first: 'a', second: 'b', n: [100, 100], difference: 0.2, ratio: 2 });
  expect(all.pairs[0]!.ratioInterval!.lower).toBeGreaterThan(1);
  expect(all.greatest).toMatchObject({ metric: 'baseRateDifference', value: 0.2, highest: 'a', lowest: 'b' });
  expect(all.greatest.pValue).toBeLessThan(0.05);
  expect(all.greatest.nullExpectation).toBeGreaterThan(0.03);
  expect(all.excluded).toEqual([{ group: 'tiny', reason: 'suppressed' }]);
  const rest = pairwiseDisparities(cells, { against: 'rest' });
  // The small group is among the others: 49 of 204.
  expect(rest.pairs.map((one) => [one.first, one.second, one.n[1], one.difference])).toEqual([
    ['a', '(all others)', 204, 0.4 - 49 / 204],
    ['b', '(all others)', 204, 0.2 - 69 / 204],
    ['c', '(all others)', 204, 0.25 - 64 / 204],
  ]);
  expect(pairwiseDisparities(cells, { reference: 'b' }).pairs.map((one) => one.second)).toEqual(['b', 'b']);
  expect(() => pairwiseDisparities(cells, { reference: 'x' })).toThrow(/reference: expected one of the groups a, b, c/);
  expect(() => pairwiseDisparities(cells, { reference: 'a', against: 'rest' })).toThrow(/reference: expected none/);
  expect(() => pairwiseDisparities(cells, { against: 'x' as never })).toThrow(/against: expected/);
});

test('the greatest difference of a frame has an interval that rarely excludes 0 when groups are equal', () => {
  const rng = createRng('frame');
  let excluded = 0;
  for (let d = 0; d < 150; d++) {
    const sex: string[] = [];
    const y: number[] = [];
    for (let i = 0; i < 250; i++) {
      sex.push('abcde'[i % 5]!);
      y.push(uniform(rng));
    }
    const table = createTable([categoryColumn('sex', sex), numberColumn('y', y), numberColumn('p', y)]);
    const { aggregates } = regressionFrame(table, { sensitive: ['sex'], label: 'y', prediction: 'p' }).strata[0]!;
    const { differenceInterval, differenceBetweenGroups } = aggregates.find((one) => one.metric === 'meanPrediction')!;
    if (differenceInterval!.lower > 0) excluded++;
    expect(differenceInterval!.upper).toBeGreaterThan(differenceBetweenGroups!);
  }
  expect(excluded / 150).toBeLessThan(0.08);
});

test('ranking: shares of the top and exposure have intervals that hold equality', () => {
  const rng = createRng('ranking');
  let skew = 0;
  let exposure = 0;
  let difference = 0;
  let ratio = 0;
  for (let d = 0; d < 100; d++) {
    const sex = Array.from({ length: 200 }, (_, i) => 'fmx'[i % 3]!);
    const table = createTable([
      categoryColumn('sex', sex),
      numberColumn(
        'score',
        sex.map(() => uniform(rng)),
      ),
    ]);
    const found = rankingParity(table, { sensitive: ['sex'], score: 'score', k: 60 });
    if (found.groups.every((one) => one.skewInterval!.lower <= 1 && one.skewInterval!.upper >= 1)) skew++;
    if (found.groups.every((one) => one.exposureInterval!.lower <= 1 && one.exposureInterval!.upper >= 1)) exposure++;
    if (found.topRateDifference.interval!.lower === 0) difference++;
    if (found.exposureRatio.interval!.upper === 1) ratio++;
  }
  expect(Math.min(skew, exposure)).toBeGreaterThan(75);
  expect(Math.min(difference, ratio)).toBeGreaterThan(90);
});
