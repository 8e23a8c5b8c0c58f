import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  clarifyMetrics,
  conditionalDisparity,
  demographicParityDifference,
  demographicParityRatio,
  differentialFairness,
  equalizedOddsDifference,
  equalizedOddsRatio,
  findReversals,
  groupTable,
  metricFrame,
  privilegedComparison,
  reweigh,
} from '../../src/bias/index.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { parseCsv } from '../../src/table/parse-csv.ts';
import type { Table } from '../../src/types.ts';
import { fromCounts } from './helpers.ts';

/** Rows from [TN, FP, FN, TP] per group. */
function confusion(counts: Readonly<Record<string, readonly [number, number, number, number]>>): Table {
  const group: string[] = [];
  const label: boolean[] = [];
  const prediction: boolean[] = [];
  for (const [name, cells] of Object.entries(counts))
    cells.forEach((n, k) => {
      for (let i = 0; i < n; i++) {
        group.push(name);
        label.push(k >= 2);
        prediction.push(k % 2 === 1);
      }
    });
  return createTable([
    categoryColumn('group', group),
    booleanColumn('label', label),
    booleanColumn('prediction', prediction),
  ]);
}

const spec = { sensitive: ['group'], label: { column: 'label' }, prediction: { column: 'prediction' } };

/** Figure of a group as a percentage with two digits, as ProPublica printed it. */
function printed(table: Table, group: string | null, metric: 'falsePositiveRate' | 'falseNegativeRate'): string {
  const stratum = metricFrame(groupTable(table, spec), { metrics: [metric] }).strata[0]!;
  const measures = group === null ? stratum.overall : stratum.groups.find((one) => one.group === group)!.measures;
  return (100 * measures[0]!.value!).toFixed(2);
}

describe('ProPublica 2016, How We Analyzed the COMPAS Recidivism Algorithm', () => {
  const medium = confusion({ Black: [990, 805, 532, 1369], White: [1139, 349, 461, 505], other: [552, 128, 223, 161] });

  test('medium or high risk', () => {
    const rates = [null, 'Black', 'White'].map((group) =>
      (['falsePositiveRate', 'falseNegativeRate'] as const).map((metric) => printed(medium, group, metric)),
    );
    expect(rates).toEqual([
      ['32.35', '37.40'],
      ['44.85', '27.99'],
      ['23.45', '47.72'],
    ]);
    const stratum = metricFrame(groupTable(medium, spec), {
      metrics: ['precision', 'truePositiveRate', 'falsePositiveRate'],
    }).strata[0]!;
    const byGroup = [stratum.overall, stratum.groups[0]!.measures, stratum.groups[1]!.measures];
    expect(byGroup.map((measures) => measures[0]!.value!.toFixed(2))).toEqual(['0.61', '0.63', '0.59']);
    // Positive likelihood ratios.
    expect(byGroup.map((measures) => (measures[1]!.value! / measures[2]!.value!).toFixed(2))).toEqual([
      '1.94',
      '1.61',
      '2.23',
    ]);
    const disparity = byGroup[1]![2]!.value! / byGroup[2]![2]!.value!;
    expect(disparity.toFixed(3)).toBe('1.912');
  });

  test('high risk only', () => {
    const high = confusion({ Black: [1511, 284, 1160, 741], White: [1407, 81, 771, 195] });
    expect([printed(high, 'Black', 'falsePositiveRate'), printed(high, 'Black', 'falseNegativeRate')]).toEqual([
      '15.82',
      '61.02',
    ]);
    expect([printed(high, 'White', 'falsePositiveRate'), printed(high, 'White', 'falseNegativeRate')]).toEqual([
      '5.44',
      '79.81',
    ]);
  });
});

test("Fairlearn's user guide: disparities of three groups", () => {
  const rows = [...'bbabbcccaacabccbcc'];
  const label = [...'011110101000111111'].map((one) => one === '1');
  const prediction = [...'001011100111100110'].map((one) => one === '1');
  const cells = groupTable(
    createTable([
      categoryColumn('group', rows),
      booleanColumn('label', label),
      booleanColumn('prediction', prediction),
    ]),
    spec,
  );
  const options = { minN: 0, zeroDivision: 'fairlearn' } as const;
  expect(demographicParityDifference(cells, options).value).toBeCloseTo(0.25, 12);
  expect(demographicParityRatio(cells, options).value!.toFixed(4)).toBe('0.6667');
  expect(equalizedOddsDifference(cells, options).value).toBe(1);
  expect(equalizedOddsRatio(cells, options).value).toBe(0);
});

describe("AIF360's published figures", () => {
  const compare = (
    unprivileged: readonly [number, number],
    privileged: readonly [number, number],
  ): (number | null)[] => {
    const counts = {
      p: [privileged[1] - privileged[0], privileged[0]] as const,
      u: [unprivileged[1] - unprivileged[0], unprivileged[0]] as const,
    };
    const cells = groupTable(fromCounts(counts), { sensitive: ['sex'], label: { column: 'label' } });
    const found = privilegedComparison(cells, { privileged: [{ sex: 'p' }], unprivileged: [{ sex: 'u' }] });
    const base = found.metrics.find((one) => one.metric === 'baseRate')!;
    return [base.difference.value, base.ratio.value];
  };

  test.each([
    ['German credit, age under 25, all rows', [88, 149], [612, 851], -0.12854990969960323, 0.8212484098784929],
    ['German credit, tutorial train split', [63, 113], [427, 587], -0.1699054740619017, null],
    ['German credit, tutorial test split', [25, 36], [185, 264], -0.0063131313131313815, null],
    ['Adult, 45,222 rows, sex', [1669, 14695], [9539, 30527], -0.198901432678815, 0.3634695423643793],
    ['Adult, 45,222 rows, race', [1001, 6319], [10207, 38903], -0.10395937026830099, 0.6037688467181627],
  ] as const)('%s', (_, unprivileged, privileged, difference, ratio) => {
    const [first, second] = compare(unprivileged, privileged);
    expect(first).toBeCloseTo(difference, 12);
    if (ratio !== null) expect(second).toBeCloseTo(ratio, 12);
  });

  test('Adult, 45,222 rows, smoothed empirical differential fairness of sex x race', () => {
    // Rows of training and test file without "?", by sex and race: [<=50K, >50K].
    const counts = [
      [152, 14],
      [371, 65],
      [1958, 126],
      [117, 9],
      [10428, 1455],
      [230, 39],
      [563, 304],
      [1736, 408],
      [191, 36],
      [18268, 8752],
    ];
    expect(counts.flat().reduce((sum, n) => sum + n)).toBe(45222);
    expect(differentialFairness(counts).epsilon).toBeCloseTo(1.754761198554928, 12);
  });

  test('Adult train, reweighing', () => {
    const cells = groupTable(fromCounts({ Female: [9592, 1179], Male: [15128, 6662] }), {
      sensitive: ['sex'],
      label: { column: 'label' },
    });
    expect(demographicParityDifference(cells).value).toBeCloseTo(0.19627598779361352, 12);
    const { cells: weights } = reweigh(cells);
    const of = (group: string, positive: boolean): string =>
      weights.find((one) => one.group === group && one.positive === positive)!.weight!.toFixed(8);
    expect([of('Male', true), of('Male', false), of('Female', true), of('Female', false)]).toEqual([
      '0.78763738',
      '1.09351928',
      '2.19996586',
      '0.85250628',
    ]);
  });

  test('German tutorial split: parity after reweighing is exact', () => {
    const { cells } = reweigh(
      groupTable(fromCounts({ old: [160, 427], young: [50, 63] }), { sensitive: ['sex'], label: { column: 'label' } }),
    );
    const rate = (group: string): number => {
      const mine = cells.filter((one) => one.group === group);
      return mine.find((one) => one.positive)!.after / mine.reduce((sum, one) => sum + one.after, 0);
    };
    expect(Math.abs(rate('old') - rate('young'))).toBeLessThan(1e-12);
  });
});

describe('UC Berkeley 1973 (Bickel, Hammel & O’Connell 1975)', () => {
  // Per department: men admitted, rejected, women admitted, rejected.
  const departments: Readonly<Record<string, readonly [number, number, number, number]>> = {
    A: [512, 313, 89, 19],
    B: [353, 207, 17, 8],
    C: [120, 205, 202, 391],
    D: [138, 279, 131, 244],
    E: [53, 138, 94, 299],
    F: [22, 351, 24, 317],
  };
  const sex: string[] = [];
  const department: string[] = [];
  const admitted: boolean[] = [];
  for (const [name, counts] of Object.entries(departments))
    counts.forEach((n, k) => {
      for (let i = 0; i < n; i++) {
        sex.push(k < 2 ? 'male' : 'female');
        department.push(name);
        admitted.push(k % 2 === 0);
      }
    });
  const table = createTable([
    categoryColumn('sex', sex),
    categoryColumn('department', department),
    booleanColumn('admitted', admitted),
  ]);

  test('aggregate, conditional, tests', () => {
    const cells = groupTable(table, {
      sensitive: ['sex'],
      control: ['department'],
      label: { column: 'admitted' },
    });
    const found = conditionalDisparity(cells, { first: 'female' });
    expect(found.aggregate.value!.toFixed(5)).toBe('-0.14165');
    expect(found.conditional.value!.toFixed(5)).toBe('0.04264');
    expect(found.mantelHaenszel!.statistic.toFixed(5)).toBe('1.42695');
    expect(found.mantelHaenszel!.pValue.toFixed(5)).toBe('0.23226');
    expect(found.homogeneity!.statistic.toFixed(4)).toBe('18.8255');
    expect(found.reversed).toBe(true);
  });

  test('the search finds it', () => {
    const found = findReversals(table, { sensitive: 'sex', label: { column: 'admitted' } });
    expect(found.checks).toHaveLength(1);
    expect(found.checks[0]).toMatchObject({ stratum: 'department', reversed: true, verdict: 'sign-reversed' });
    expect(found.checks[0]!.opposed).toBeGreaterThanOrEqual(3);
  });

  test('CDDL', () => {
    const { metrics } = clarifyMetrics(
      table,
      { disadvantaged: { column: 'sex', positive: 'female' }, label: { column: 'admitted' }, strata: ['department'] },
      { resamples: 0 },
    );
    expect(metrics.find((one) => one.code === 'CDDL')!.value!.toFixed(5)).toBe('-0.01928');
  });
});

/** Development data that is not part of the repository. */
const shared = join(import.meta.dirname, '../../../shared/data');

describe.skipIf(!existsSync(join(shared, 'compas-scores-two-years.csv')))(
  'from the files, where they are at hand',
  () => {
    test('COMPAS', () => {
      const table = parseCsv(readFileSync(join(shared, 'compas-scores-two-years.csv'), 'utf8'));
      const low = table.columns.find((column) => column.name === 'score_text')!;
      if (low.kind !== 'category') throw new Error('score_text is no category');
      const risky = booleanColumn(
        'risky',
        Array.from(low.codes, (code) => low.labels[code] !== 'Low'),
      );
      const cells = groupTable(createTable([...table.columns, risky]), {
        sensitive: ['race'],
        label: { column: 'two_year_recid', positive: 1 },
        prediction: { column: 'risky' },
      });
      const stratum = metricFrame(cells, { metrics: ['falsePositiveRate', 'falseNegativeRate'] }).strata[0]!;
      expect(stratum.overall.map((one) => (100 * one.value!).toFixed(2))).toEqual(['32.35', '37.40']);
      const black = stratum.groups.find((one) => one.group === 'African-American')!;
      expect(black.measures.map((one) => (100 * one.value!).toFixed(2))).toEqual(['44.85', '27.99']);
      // A handful of people per cell: suppressed, never read as parity.
      const small = metricFrame(
        groupTable(createTable([...table.columns, risky]), {
          sensitive: ['race', 'sex'],
          label: { column: 'two_year_recid', positive: 1 },
          prediction: { column: 'risky' },
        }),
      );
      expect(small.suppressed.groups).toBeGreaterThan(0);
    });

    test('German credit', () => {
      const table = parseCsv(readFileSync(join(shared, 'german_credit.csv'), 'utf8'));
      const age = table.columns.find((column) => column.name === 'age')!;
      if (age.kind !== 'integer') throw new Error('age is no integer');
      const old = booleanColumn(
        'old',
        Array.from(age.values, (value) => value >= 25),
      );
      const cells = groupTable(createTable([...table.columns, old]), {
        sensitive: ['old'],
        label: { column: 'credit', positive: 1 },
      });
      expect(demographicParityDifference(cells).value).toBeCloseTo(0.12854990969960323, 12);
    });
  },
);
