import { describe, expect, test } from 'vitest';
import type { SynthproofErrorCode } from '../../src/errors.ts';
import { createRng } from '../../src/random/index.ts';
import * as stats from '../../src/stats/index.ts';
import { refusal } from '../math/refusal.ts';

const rng = createRng('refusals');
const ok = [1, 2, 3, 4, 5, 6];
const two = [
  [1, 2],
  [3, 4],
];
type Lists = (a: readonly number[], b: readonly number[]) => unknown;

describe('two lists', () => {
  const both: [string, number, Lists][] = [
    ['cohensD', 2, stats.cohensD],
    ['cramerVonMises', 1, stats.cramerVonMises],
    ['eppsSingleton', 5, stats.eppsSingleton],
    ['exactMeanPermutation', 1, stats.exactMeanPermutation],
    ['ksStatistic', 1, stats.ksStatistic],
    ['ksTwoSample', 1, stats.ksTwoSample],
    ['mannWhitneyU', 1, stats.mannWhitneyU],
    ['welchT', 2, stats.welchT],
  ];
  test.each(both)('%s needs %i values of each', (_, least, run) => {
    const short = ok.slice(0, least - 1);
    const text = `expected at least ${least} value${least === 1 ? '' : 's'}, received ${least - 1}; pass more observations`;
    expect(() => run(short, ok)).toThrow(refusal('EMPTY_INPUT', 'a', `a: ${text}`));
    expect(() => run(ok, short)).toThrow(refusal('EMPTY_INPUT', 'b', `b: ${text}`));
    expect(() => run(ok.slice(0, least), ok.slice(0, least))).not.toThrow();
  });
  const pairs: [string, string, string, Lists][] = [
    ['pearson', 'x', 'y', stats.pearson],
    ['kendall', 'x', 'y', stats.kendall],
    ['polyserial', 'x', 'levels', stats.polyserial],
  ];
  test.each(pairs)('%s needs lists of one length', (_, x, y, run) => {
    const text = 'expected 6 values, received 5; both lists must be aligned by position';
    expect(() => run(ok, ok.slice(1))).toThrow(refusal('LENGTH_MISMATCH', y, `${y}: ${text}`));
    expect(() => run([1, Number.NaN, 2], [1, 2, 3])).toThrow(nonNumber(x, 1, 'NaN'));
    expect(() => run([1, 2, 3], [1, 2, -Infinity])).toThrow(nonNumber(y, 2, '-Infinity'));
  });
  const finite: [string, Lists][] = [
    ['cohensD', stats.cohensD],
    ['eppsSingleton', stats.eppsSingleton],
    ['exactMeanPermutation', stats.exactMeanPermutation],
    ['ksStatistic', stats.ksStatistic],
    ['ksTwoSample', stats.ksTwoSample],
    ['welchT', stats.welchT],
  ];
  test.each(finite)('%s needs numbers', (_, run) => {
    const bad = [1, 2, Infinity, 4, 5, 6];
    expect(() => run(bad, ok)).toThrow(nonNumber('a', 2, 'Infinity'));
    expect(() => run(ok, bad)).toThrow(nonNumber('b', 2, 'Infinity'));
  });
});

function nonNumber(argument: string, row: number, received: string): Error {
  const text = `${argument}[${row}]: expected a finite number, received ${received}; leave such values out first`;
  return refusal('BAD_NUMBER', argument, text, row);
}

describe('many lists', () => {
  test.each<[string, (samples: number[][]) => unknown]>([
    ['andersonDarling', stats.andersonDarling],
    ['anovaF', stats.anovaF],
    ['kruskalWallis', stats.kruskalWallis],
  ])('%s needs two samples, none empty', (_, run) => {
    const text = 'received 1; pass more observations';
    expect(() => run([ok])).toThrow(refusal('EMPTY_INPUT', 'samples', `samples: expected at least 2 values, ${text}`));
    expect(() => run([ok, []])).toThrow(
      refusal('EMPTY_INPUT', 'samples[1]', 'samples[1]: expected at least 1 value, received 0; pass more observations'),
    );
  });
  test('anovaF and andersonDarling need numbers, anovaF a degree of freedom', () => {
    expect(() => stats.anovaF([ok, [Number.NaN]])).toThrow(nonNumber('samples[1]', 0, 'NaN'));
    expect(() => stats.andersonDarling([[Number.NaN], ok])).toThrow(nonNumber('samples[0]', 0, 'NaN'));
    expect(() => stats.anovaF([[1], [2]])).toThrow(
      refusal(
        'EMPTY_INPUT',
        'samples (all values)',
        'samples (all values): expected at least 3 values, received 2; pass more observations',
      ),
    );
  });
});

describe('counts and levels', () => {
  const intervals: [string, (k: number, n: number, level?: number) => unknown][] = [
    ['count', stats.wilsonInterval],
    ['count', stats.clopperPearsonInterval],
    ['count', (k, n, level) => stats.proportionInterval(k, n, 'wald', level)],
    ['count1', (k, n, level) => stats.katzInterval(k, n, 1, 2, level)],
    ['count2', (k, n, level) => stats.katzInterval(1, 2, k, n, level)],
    ['count1', (k, n, level) => stats.riskRatioInterval(k, n, 1, 2, 'log', level)],
    ['count2', (k, n, level) => stats.riskRatioInterval(1, 2, k, n, 'log', level)],
    ['count1', (k, n, level) => stats.oddsRatioInterval(k, n, 1, 2, 'logit', level)],
    ['count2', (k, n, level) => stats.oddsRatioInterval(1, 2, k, n, 'logit', level)],
    ['count1', (k, n, level) => stats.riskDifferenceInterval(k, n, 1, 2, 'wald', level)],
    ['count2', (k, n, level) => stats.riskDifferenceInterval(1, 2, k, n, 'wald', level)],
  ];
  test.each(intervals)('%s, interval %#', (argument, run) => {
    for (const [k, n] of [
      [-1, 5],
      [0.5, 5],
      [6, 5],
      [0, 0],
      [1, 1.5],
      [1, Infinity],
      [Number.NaN, 5],
    ] as const)
      expect(() => run(k, n)).toThrow(
        refusal(
          'OUT_OF_RANGE',
          argument,
          `${argument}: expected whole counts with 0 <= count <= n and n >= 1, received ${k} of ${n}`,
        ),
      );
    for (const level of [0, 1, -0.1, Number.NaN])
      expect(() => run(1, 2, level)).toThrow(
        refusal(
          'OUT_OF_RANGE',
          'level',
          `level: expected a coverage between 0 and 1, received ${level}; 0.95 is usual`,
        ),
      );
    expect(() => run(1, 1)).not.toThrow();
    expect(() => run(0, 1)).not.toThrow();
  });
  test('permutationPValue', () => {
    for (const [exceed, draws] of [
      [-1, 5],
      [6, 5],
      [0.5, 5],
      [1, 1.5],
      [0, Number.NaN],
    ] as const)
      expect(() => stats.permutationPValue(exceed, draws)).toThrow(
        refusal(
          'OUT_OF_RANGE',
          'exceed',
          `exceed: expected whole counts with 0 <= exceed <= draws, received ${exceed} of ${draws}`,
        ),
      );
    expect(stats.permutationPValue(5, 5)).toBe(1);
    expect(stats.permutationPValue(0, 1)).toBe(0.5);
  });
});

describe('tables', () => {
  test.each<[string, (table: number[][]) => unknown]>([
    ['chiSquareTest', stats.chiSquareTest],
    ['cramersV', stats.cramersV],
    ['gTest', stats.gTest],
    ['goodmanKruskalTau', stats.goodmanKruskalTau],
    ['mutualInformation', stats.mutualInformation],
    ['polychoric', stats.polychoric],
    ['tableResiduals', stats.tableResiduals],
    ['theilsU', stats.theilsU],
  ])('%s', (_, run) => {
    const empty = (by: string): Error =>
      refusal('EMPTY_INPUT', 'table', `table: expected at least one row and one column, received ${by}`);
    expect(() => run([])).toThrow(empty('0 by 0'));
    expect(() => run([[], []])).toThrow(empty('2 by 0'));
    expect(() => run([[1, 2], [3]])).toThrow(
      refusal('LENGTH_MISMATCH', 'table', 'table[1]: expected 2 cells, received 1', 1),
    );
    for (const value of [-1, Infinity, Number.NaN])
      expect(() =>
        run([
          [1, 2],
          [3, value],
        ]),
      ).toThrow(refusal('BAD_VALUE', 'table', `table[1][1]: expected a finite count >= 0, received ${value}`, 1));
  });
  test('resamples of cells', () => {
    const run = (counts: number[]) => () => stats.bootstrapCells(counts, () => 1, { rng });
    expect(run([1, 0.5])).toThrow(
      refusal('BAD_VALUE', 'counts', 'counts[1]: expected a whole count >= 0, received 0.5', 1),
    );
    expect(run([-1])).toThrow(refusal('BAD_VALUE', 'counts', 'counts[0]: expected a whole count >= 0, received -1', 0));
    expect(run([0, 0])).toThrow(refusal('EMPTY_INPUT', 'counts', 'counts: expected a total of at least 1, received 0'));
  });
  test('too many tables to enumerate', () => {
    expect(() =>
      stats.unconditionalExact([
        [100, 99],
        [100, 100],
      ]),
    ).toThrow(refusal('NO_CAPACITY', 'table', 'table: 40200 possible tables exceed 40000'));
  });
});

describe('masses and weights', () => {
  test.each<[string, Lists]>([
    ['totalVariation', stats.totalVariation],
    ['hellingerDistance', stats.hellingerDistance],
    ['bhattacharyyaDistance', stats.bhattacharyyaDistance],
    ['jensenShannon', stats.jensenShannon],
    ['kullbackLeibler', stats.kullbackLeibler],
    ['psi', stats.psi],
    ['goodnessOfFit', stats.goodnessOfFit],
  ])('%s', (_, run) => {
    expect(() => run([1], [1, 2])).toThrow(
      refusal('LENGTH_MISMATCH', 'q', 'q: expected 1 values, received 2; both lists must be aligned by position'),
    );
    expect(() => run([], [])).toThrow(
      refusal('EMPTY_INPUT', 'p', 'p: expected at least 1 value, received 0; pass more observations'),
    );
    expect(() => run([1, 1], [1, -2])).toThrow(
      refusal('BAD_VALUE', 'q', 'q[1]: expected a finite mass >= 0, received -2', 1),
    );
    expect(() => run([Infinity, 1], [1, 2])).toThrow(
      refusal('BAD_VALUE', 'p', 'p[0]: expected a finite mass >= 0, received Infinity', 0),
    );
    expect(() => run([1, 1], [0, 0])).toThrow(refusal('EMPTY_INPUT', 'q', 'q: expected a total above 0, received 0'));
  });
  test('weights', () => {
    for (const run of [stats.weightedMean, stats.weightedVariance]) {
      expect(() => run([1, 2], [1, -1])).toThrow(
        refusal('BAD_VALUE', 'weights', 'weights[1]: expected a finite weight >= 0, received -1', 1),
      );
      expect(() => run([1, 2], [Infinity, 1])).toThrow(
        refusal('BAD_VALUE', 'weights', 'weights[0]: expected a finite weight >= 0, received Infinity', 0),
      );
      expect(() => run([1, 2], [0, 0])).toThrow(
        refusal(
          'EMPTY_INPUT',
          'weights',
          'weights: expected a finite total above 0, received 0; give at least one row a weight',
        ),
      );
      expect(() => run([1, 2], [1])).toThrow(
        refusal(
          'LENGTH_MISMATCH',
          'weights',
          'weights: expected 2 values, received 1; both lists must be aligned by position',
        ),
      );
      expect(() => run([], [])).toThrow(
        refusal('EMPTY_INPUT', 'values', 'values: expected at least 1 value, received 0; pass more observations'),
      );
      expect(() => run([1, Number.NaN], [1, 1])).toThrow(nonNumber('values', 1, 'NaN'));
    }
  });
});

test.each<[SynthproofErrorCode, string, string, () => unknown]>([
  [
    'EMPTY_INPUT',
    'values',
    'values: expected at least 1 value, received 0; pass more observations',
    () => stats.ecdf([]),
  ],
  [
    'EMPTY_INPUT',
    'values',
    'values: expected at least 2 values, received 1; pass more observations',
    () => stats.meanInterval([1]),
  ],
  [
    'EMPTY_INPUT',
    'values',
    'values: expected at least 1 value, received 0; pass more observations',
    () => stats.quantile([], 0.5),
  ],
  ['OUT_OF_RANGE', 'p', 'p: expected a number from 0 to 1, received 1.5', () => stats.quantile([1], 1.5)],
  [
    'OUT_OF_RANGE',
    'pValues[1]',
    'pValues[1]: expected a number from 0 to 1, received -1',
    () => stats.adjustPValues([1, -1], 'holm'),
  ],
  [
    'OUT_OF_RANGE',
    'pValues[1]',
    'pValues[1]: expected a number from 0 to 1, received 2',
    () => stats.combinePValues([1, 2], 'fisher'),
  ],
  [
    'EMPTY_INPUT',
    'pValues',
    'pValues: expected at least 1 value, received 0; pass more observations',
    () => stats.combinePValues([], 'fisher'),
  ],
  [
    'BAD_OPTION',
    'method',
    'method: expected holm, hochberg, hommel, benjamini-hochberg, benjamini-yekutieli or bonferroni, received bh',
    () => stats.adjustPValues([1], 'bh' as 'holm'),
  ],
  [
    'BAD_OPTION',
    'method',
    'method: expected fisher, sidak, cauchy or bonferroni, received stouffer',
    () => stats.combinePValues([1], 'stouffer' as 'fisher'),
  ],
  [
    'BAD_OPTION',
    'method',
    'method: expected wilson, clopper-pearson, agresti-coull, jeffreys or wald, received exact',
    () => stats.proportionInterval(1, 2, 'exact' as 'wald'),
  ],
  [
    'BAD_OPTION',
    'method',
    'method: expected newcombe, score, agresti-caffo or wald, received exact',
    () => stats.riskDifferenceInterval(1, 2, 1, 2, 'exact' as 'wald'),
  ],
  [
    'BAD_OPTION',
    'method',
    'method: expected log, log-adjusted or score, received exact',
    () => stats.riskRatioInterval(1, 2, 1, 2, 'exact' as 'log'),
  ],
  [
    'BAD_OPTION',
    'method',
    'method: expected logit, logit-adjusted or score, received exact',
    () => stats.oddsRatioInterval(1, 2, 1, 2, 'exact' as 'logit'),
  ],
  [
    'BAD_OPTION',
    'method',
    'method: expected likelihood or moments, received rank',
    () => stats.polyserial([1, 2], [1, 2], { method: 'rank' as 'moments' }),
  ],
  [
    'BAD_OPTION',
    'kind',
    'kind: expected frequency, reliability or share, received rows',
    () => stats.weightedVariance([1], [1], 'rows' as 'share'),
  ],
  [
    'BAD_OPTION',
    'method',
    'method: expected bca or percentile, received bc',
    () => stats.bootstrapRows(3, () => 1, { rng, method: 'bc' as 'bca' }),
  ],
  [
    'BAD_OPTION',
    'alternative',
    'alternative: expected greater, less or two-sided, received both',
    () => stats.permutationTest(() => 1, { groups: [0, 1], rng, alternative: 'both' as 'less' }),
  ],
  [
    'OUT_OF_RANGE',
    'zeroShare',
    'zeroShare: expected a share between 0 and 1, received 0',
    () => stats.psi([1], [1], { zeroShare: 0 }),
  ],
  [
    'OUT_OF_RANGE',
    'zeroShare',
    'zeroShare: expected a share between 0 and 1, received 1',
    () => stats.psi([1], [1], { zeroShare: 1 }),
  ],
  [
    'OUT_OF_RANGE',
    'floor',
    'floor: expected a number between 0 and 1, received 0',
    () => stats.clipCorrelation([1], { floor: 0 }),
  ],
  [
    'OUT_OF_RANGE',
    'floor',
    'floor: expected a number between 0 and 1, received 1',
    () => stats.clipCorrelation([1], { floor: 1 }),
  ],
  [
    'OUT_OF_RANGE',
    'rowCount',
    'rowCount: expected a whole number from 1 to 2^31, received 0',
    () => stats.bootstrapRows(0, () => 1, { rng }),
  ],
  [
    'OUT_OF_RANGE',
    'leaveOuts',
    'leaveOuts: expected a whole number from 2 to 2^31, received 1',
    () => stats.bootstrapRows(3, () => 1, { rng, leaveOuts: 1 }),
  ],
  [
    'OUT_OF_RANGE',
    'resamples',
    'resamples: expected a whole number from 1 to 2^31, received 2147483649',
    () => stats.bootstrapRows(3, () => 1, { rng, resamples: 2 ** 31 + 1 }),
  ],
  [
    'OUT_OF_RANGE',
    'permutations',
    'permutations: expected a whole number from 1 to 2^31, received 1.5',
    () => stats.permutationTest(() => 1, { groups: [0, 1], rng, permutations: 1.5 }),
  ],
  [
    'OUT_OF_RANGE',
    'earlyStop',
    'earlyStop: expected a whole number from 1 to 2^31, received 0',
    () => stats.permutationTest(() => 1, { groups: [0, 1], rng, earlyStop: 0 }),
  ],
  [
    'LENGTH_MISMATCH',
    'clusters',
    'clusters: expected 2 values, received 1; both lists must be aligned by position',
    () => stats.permutationTest(() => 1, { groups: [0, 1], rng, clusters: [0] }),
  ],
  [
    'LENGTH_MISMATCH',
    'pairs',
    'pairs: expected 2 values, received 1; both lists must be aligned by position',
    () => stats.permutationTest(() => 1, { groups: [0, 1], rng, pairs: [0] }),
  ],
  [
    'LENGTH_MISMATCH',
    'clusters',
    'clusters: expected 3 values, received 1; both lists must be aligned by position',
    () => stats.bootstrapRows(3, () => 1, { rng, clusters: [0] }),
  ],
  [
    'ABORTED',
    'signal',
    'permutationTest: aborted by its signal; nothing was returned',
    () => stats.permutationTest(() => 1, { groups: [0, 1], rng, signal: AbortSignal.abort() }),
  ],
  [
    'OUT_OF_RANGE',
    'given',
    'given[1]: expected a variable from 0 to 1, each once, received 0',
    () => stats.conditionalNormal([1, 0, 0, 1], [0, 0], [1, 1]),
  ],
  [
    'OUT_OF_RANGE',
    'given',
    'given[0]: expected a variable from 0 to 1, each once, received 2',
    () => stats.conditionalNormal([1, 0, 0, 1], [2], [1]),
  ],
  [
    'OUT_OF_RANGE',
    'given',
    'given[0]: expected a variable from 0 to 1, each once, received -1',
    () => stats.conditionalNormal([1, 0, 0, 1], [-1], [1]),
  ],
  [
    'LENGTH_MISMATCH',
    'covariance',
    'covariance: expected 4 values, received 3; both lists must be aligned by position',
    () => stats.conditionalNormal([1, 0, 0], [0], [1]),
  ],
  [
    'LENGTH_MISMATCH',
    'values',
    'values: expected 1 values, received 2; both lists must be aligned by position',
    () => stats.conditionalNormal([1, 0, 0, 1], [0], [1, 2]),
  ],
  ['EMPTY_INPUT', 'eValues', 'eValues: expected at least one e-value', () => stats.eBenjaminiHochberg([], 0.1)],
  [
    'OUT_OF_RANGE',
    'eValues',
    'eValues, alpha: expected finite e-values >= 0 and alpha between 0 and 1, received -1, 0.1',
    () => stats.eBenjaminiHochberg([1, -1], 0.1),
  ],
  [
    'OUT_OF_RANGE',
    'eValues',
    'eValues, alpha: expected finite e-values >= 0 and alpha between 0 and 1, received 1, 1',
    () => stats.eBenjaminiHochberg([1], 1),
  ],
  [
    'OUT_OF_RANGE',
    'eValues',
    'eValues, alpha: expected finite e-values >= 0 and alpha between 0 and 1, received 1, 0',
    () => stats.eBenjaminiHochberg([1], 0),
  ],
  [
    'BAD_VALUE',
    'weights',
    'weights: expected whole weights from 0 to 1e9, received 1.5',
    () => stats.weightedSumUpperTail([1.5], 1, 1),
  ],
  [
    'BAD_VALUE',
    'weights',
    'weights: expected whole weights from 0 to 1e9, received -1',
    () => stats.weightedSumUpperTail([-1], 1, 1),
  ],
  [
    'BAD_VALUE',
    'weights',
    'weights: expected whole weights from 0 to 1e9, received 1000000001',
    () => stats.weightedSumUpperTail([1e9 + 1], 1, 1),
  ],
  ...(
    [
      [0, 0.5],
      [1.5, 0.5],
      [1, 0],
      [1, 1],
    ] as const
  ).map(
    ([copies, p]) =>
      [
        'BAD_VALUE',
        'copies',
        `copies, p: expected whole copies >= 1 and 0 < p < 1, received ${copies}, ${p}`,
        () => stats.weightedSumUpperTail([1], copies, 1, p),
      ] as [SynthproofErrorCode, string, string, () => unknown],
  ),
  [
    'NO_CAPACITY',
    'weights',
    'weights: 100000 sums times 100000 coins is too much',
    () => stats.weightedSumUpperTail([1], 100_000, 5),
  ],
  [
    'NO_CAPACITY',
    'a',
    'a, b: 12 and 13 values split in more than 2e6 ways; draw random splits',
    () => stats.exactMeanPermutation(new Float64Array(12), new Float64Array(13)),
  ],
  [
    'NO_CAPACITY',
    'x',
    'x, y: 10003 points have 50025003 pairs, more than 50000000; pass a random part of the points',
    () => stats.pooledMedianDistance(new Array(10_001).fill([0]), [[0], [1]]),
  ],
  [
    'OUT_OF_RANGE',
    'sigma',
    'sigma: expected a finite bandwidth above 0, or a list of them, received [1,0]; if all points are equal there is no distance to take it from',
    () => stats.mmdSquared(two, two, { sigma: [1, 0] }),
  ],
  [
    'OUT_OF_RANGE',
    'tolerance',
    'tolerance: expected a number above 0, received 0',
    () => stats.lsddTest(two, two, { rng, tolerance: 0 }),
  ],
  [
    'BAD_OPTION',
    'rng',
    'rng: expected a generator when no centres are given',
    () => stats.lsddTest(two, two, { arrangements: [[0, 1, 2, 3]] }),
  ],
  [
    'BAD_OPTION',
    'rng',
    'rng: expected a generator when no arrangements are given',
    () => stats.lsddTest(two, two, { centres: two }),
  ],
  [
    'EMPTY_INPUT',
    'centres',
    'centres: expected at least 1 value, received 0; pass more observations',
    () => stats.lsddTest(two, two, { rng, centres: [] }),
  ],
  [
    'LENGTH_MISMATCH',
    'centres',
    'centres: expected 2 values, received 1; both lists must be aligned by position',
    () => stats.lsddTest(two, two, { rng, centres: [[1]] }),
  ],
  [
    'NO_CAPACITY',
    'permutations',
    'permutations: 2147483648 arrangements of 2 points pass 60000000 places; ask for fewer',
    () => stats.mmdTest(two, two, { rng, permutations: 2 ** 31 }),
  ],
])('%s, %s: %s', (code, argument, message, run) => {
  expect(run).toThrow(refusal(code, argument, message));
});

describe('rows at fault are named', () => {
  test('arrangements and points', () => {
    expect(() =>
      stats.mmdTest(two, two, {
        arrangements: [
          [0, 1, 2, 3],
          [0, 1, 2, 2],
        ],
      }),
    ).toThrow(
      refusal('BAD_VALUE', 'arrangements', 'arrangements[1]: expected each number from 0 to 3 once, received 2', 1),
    );
    expect(() => stats.mmdSquared(two, [[1, 2], [3]], { sigma: 1 })).toThrow(
      refusal('LENGTH_MISMATCH', 'y', 'y[1]: expected 2 coordinates as in x[0], received 1', 1),
    );
    expect(() =>
      stats.mmdSquared(
        [
          [1, 2],
          [3, Number.NaN],
        ],
        two,
        { sigma: 1 },
      ),
    ).toThrow(
      refusal(
        'BAD_NUMBER',
        'x',
        'x[1]: expected finite coordinates, received NaN at 1; leave such points out first',
        1,
      ),
    );
  });
  test('labels and clusters', () => {
    const run = (options: object) => () => stats.permutationTest(() => 1, { groups: [0, 1, 0], rng, ...options });
    expect(run({ groups: [0, 0.5] })).toThrow(
      refusal('BAD_VALUE', 'groups', 'groups[1]: expected a 32-bit whole number, received 0.5', 1),
    );
    expect(run({ clusters: [5, 5, 1] })).toThrow(
      refusal(
        'BAD_VALUE',
        'groups',
        'groups[1]: its cluster holds two labels; clusters must lie in one group (use them as pairs otherwise)',
        1,
      ),
    );
    expect(run({ groups: [0, 0, 1], clusters: [0, 0, 1], pairs: [0, 1, 1] })).toThrow(
      refusal('BAD_VALUE', 'pairs', 'pairs[1]: its cluster reaches into two strata', 1),
    );
  });
});
