import { describe, expect, test } from 'vitest';
import * as stats from '../../src/stats/index.ts';
import { kolmogorovTail, ksOneSampleTail } from '../../src/stats/internal-ks.ts';
import { relativeError } from '../math/ulps.ts';

// Unless a line says otherwise the figures come from scipy 1.10 and mpmath 1.2, or from the textbook formula written
// out in numpy; none was computed by this library.
const A = [2.1, 3.4, 1.9, 5.6, 4.4, 3.8, 2.7, 6.1];
const B = [3.3, 5.9, 4.7, 7.2, 6.8, 5.1, 4.9, 8.3, 6.0];
const TIED = [1, 2, 2, 3, 3, 3, 4, 5, 5, 7];
const TIED2 = [2, 3, 3, 4, 4, 5, 6, 6, 8];
const TIED3 = [0, 1, 1, 2, 4, 4, 9];
const LONG = [
  0.35, 0.82, 0.33, -1.3, 0.91, 0.45, -0.54, 0.58, 0.36, 0.29, 0.03, 0.55, -0.74, -0.16, -0.48, 0.6, 0.04, -0.29, -0.78,
  -0.26, 0.01, -0.28, 1.29, 1.01, -2.71, -1.89, -0.17, -0.42, 0.21, 0.22, 2.12,
];
const LONG2 = [
  -1.05, -0.09, 3.06, 1.24, 1.26, -0.27, -1.74, 0.62, 0.54, -1.2, -0.49, 0.31, -0.83, 0.27, 0.52, 0.45, -0.26, 1.17,
  1.56, 0.82, -0.66, 1.35, -0.25, 1.54, -0.99, 1.59, 0.37, -1.22,
];
const THREE = [
  [8, 4, 3],
  [5, 9, 6],
  [2, 7, 11],
];
const WIDE = [
  [10, 2, 8],
  [3, 12, 5],
];
const TWO = [
  [9, 3],
  [4, 12],
];

/** Compares numbers by relative error, and everything around them exactly. */
function expectNear(actual: unknown, expected: unknown, bound = 1e-12): void {
  if (typeof expected === 'number' && typeof actual === 'number') {
    const error = expected === 0 ? Math.abs(actual) : relativeError(actual, expected);
    expect(error, `${actual} for ${expected}`).toBeLessThanOrEqual(bound);
  } else if (typeof expected === 'object' && expected !== null) {
    for (const [key, value] of Object.entries(expected))
      expectNear((actual as Record<string, unknown>)[key], value, bound);
    if (Array.isArray(expected)) expect((actual as ArrayLike<unknown>).length).toBe(expected.length);
  } else expect(actual).toEqual(expected);
}

describe('samples', () => {
  test.each<[string, () => unknown, unknown, number?]>([
    ['welchT', () => stats.welchT(A, B), { t: -2.7662159834423683, pValue: 0.014659550705675628 }],
    ['welchT, long', () => stats.welchT(LONG, LONG2), { t: -1.008238997320306, pValue: 0.3179405390709214 }],
    ['anovaF', () => stats.anovaF([A, B, TIED]), { f: 5.505884006042084, df: [2, 24], pValue: 0.010763819204712215 }],
    [
      'kruskalWallis',
      () => stats.kruskalWallis([TIED, TIED2, TIED3]),
      { h: 3.0114423066272353, df: 2, pValue: 0.22185724304233703 },
    ],
    ['mannWhitneyU', () => stats.mannWhitneyU(A, B), { u: 13, auc: 13 / 72, pValue: 0.0303828219765775 }],
    ['mannWhitneyU, ties', () => stats.mannWhitneyU(TIED, TIED2), { u: 30, pValue: 0.22958174649412932 }],
    [
      'mannWhitneyU without continuity',
      () => stats.mannWhitneyU(TIED, TIED2, { continuity: false }),
      { u: 30, pValue: 0.21391728276285993 },
    ],
    ['mannWhitneyU the other way', () => stats.mannWhitneyU(TIED2, TIED), { u: 60, pValue: 0.22958174649412932 }],
    ['mannWhitneyU, long', () => stats.mannWhitneyU(LONG, LONG2), { u: 377.5, pValue: 0.39527799705128874 }],
    [
      'ksTwoSample',
      () => stats.ksTwoSample(A, B),
      { statistic: 0.6388888888888888, pValue: 0.04689428218839984, method: 'exact' },
    ],
    [
      'ksTwoSample as if there were no ties',
      () => stats.ksTwoSample(LONG, LONG2, { ties: 'ignore' }),
      { statistic: 0.22119815668202766, pValue: 0.39134706409553605, method: 'exact' },
    ],
    [
      'ksTwoSample, asymptotic',
      () => stats.ksTwoSample(LONG, LONG2, { method: 'asymptotic' }),
      { statistic: 0.22119815668202758, pValue: 0.3970069870692704, method: 'asymptotic' },
    ],
    ['andersonDarling', () => stats.andersonDarling([LONG, LONG2]), 0.2112440110696627, 1e-11],
    ['andersonDarling, ties', () => stats.andersonDarling([TIED, TIED2, TIED3]), 0.8929934300801485, 1e-11],
    [
      'andersonDarling, three',
      () => stats.andersonDarling([LONG, LONG2, [0.5, -0.25, 1.5, 0.75, 0.75]]),
      0.44411446537608273,
      1e-11,
    ],
    [
      'cramerVonMises',
      () => stats.cramerVonMises(A, B),
      { statistic: 0.5383986928104574, pValue: 0.03134669270085488 },
    ],
    [
      'cramerVonMises, ties',
      () => stats.cramerVonMises(TIED, TIED2),
      { statistic: 0.1657894736842107, pValue: 0.3697291864559207 },
    ],
    [
      'cramerVonMises, long',
      () => stats.cramerVonMises(LONG, LONG2),
      { statistic: 0.1834189252518943, pValue: 0.30815844655444047 },
    ],
    [
      'cramerVonMises, far apart',
      () =>
        stats.cramerVonMises(
          Array.from({ length: 12 }, (_, i) => i),
          Array.from({ length: 13 }, (_, i) => 20 + i),
        ),
      { statistic: 2.086666666666667, pValue: 6.772814631017532e-6 },
      1e-6,
    ],
    [
      'eppsSingleton',
      () => stats.eppsSingleton(TIED, TIED2),
      { statistic: 1.3000917374597636, pValue: 0.8613599668386078 },
      1e-11,
    ],
    [
      'eppsSingleton without the small-sample factor',
      () => stats.eppsSingleton(LONG, LONG2),
      { statistic: 6.328982735036433, pValue: 0.17588986972488146 },
      1e-11,
    ],
    ['energyDistance', () => stats.energyDistance(A, B), 1.2583670586601463],
    ['wasserstein1', () => stats.wasserstein1(A, TIED), 0.55],
    ['pearson', () => stats.pearson(LONG.slice(0, 28), LONG2), 0.06679083586829745],
    ['spearman', () => stats.spearman(LONG.slice(0, 28), LONG2), 0.04324028461959496, 1e-11],
    ['kendall', () => stats.kendall(LONG.slice(0, 28), LONG2), 0.026455026455026457],
    ['kendall, ties', () => stats.kendall([1, 1, 2, 3, 3, 4, 5, 5], [1, 2, 2, 4, 4, 4, 7, 8]), 0.8981462390204988],
    ['cohensD', () => stats.cohensD(A, B), -1.346665104800714],
    ['exactMeanPermutation', () => stats.exactMeanPermutation(A, B), { count: 391, total: 24310 }],
    ['quantile', () => [0, 0.1, 0.25, 0.5, 0.9, 1].map((p) => stats.quantile(TIED, p)), [1, 1.9, 2.25, 3, 5.2, 7]],
    [
      'normalScores',
      () => stats.normalScores(TIED).slice(5),
      [-0.12566134685507402, 0.38532046640756773, 0.8416212335729143, 0.8416212335729143, 1.6448536269514722],
    ],
    // Half width: t(7; 0.975) times the standard error.
    [
      'meanInterval',
      () => stats.meanInterval(A),
      {
        lower: 3.75 - 2.364624251592785 * Math.sqrt(2.3914285714285715 / 8),
        upper: 3.75 + 2.364624251592785 * Math.sqrt(2.3914285714285715 / 8),
        level: 0.95,
        method: 'student-t',
      },
    ],
    ...(['frequency', 'reliability', 'share'] as const).map(
      (kind, i) =>
        [
          `weightedVariance by ${kind}`,
          () => stats.weightedVariance(A, [1, 2, 3, 1, 2, 1, 1, 4], kind),
          [2.843523809523809, 3.1762765957446804, 2.653955555555555][i],
        ] as [string, () => unknown, unknown],
    ),
    ['weightedMean', () => stats.weightedMean(A, [1, 2, 3, 1, 2, 1, 1, 4]), 3.9933333333333336],
  ])('%s', (_, run, expected, bound) => {
    expectNear(run(), expected, bound);
  });
});

test('the sign of z says which sample is larger', () => {
  // (|13 - 36| - 1/2) / sqrt(8 * 9 * 18 / 12), without ties.
  const size = 22.5 / Math.sqrt(108);
  expectNear([stats.mannWhitneyU(A, B).z, stats.mannWhitneyU(B, A).z], [-size, size]);
});

// By Durbin's matrix in 40 digits where scipy only approximates (more than 140 values).
describe('Kolmogorov', () => {
  test.each([
    [1, 0.7, 0.6],
    [2, 0.4, 0.82],
    [5, 0.2, 0.9616],
    [5, 0.1, 1],
    [5, 0.35, 0.46975],
    [7, 0.21, 0.860032153832713],
    [10, 0.3, 0.27053557479999946],
    [10, 0.5, 0.00777741],
    [10, 0.95, 1.953125e-13],
    [25, 0.12, 0.8229769768874869],
    [40, 0.02, 0.9999999999999999],
    [50, 0.1, 0.6623112704658186],
    [50, 0.18, 0.06877558239525183],
    [50, 0.25, 0.003065762019870634],
    [200, 0.05, 0.6802627254395576],
    [200, 0.09, 0.07358909465526568],
    [200, 0.11, 0.014579943886355078],
    [600, 0.03, 0.6414444264463621],
    [600, 0.055, 0.05106474471922548],
    [600, 0.07, 0.005311831200682424],
  ])('one sample of %i, distance %d', (n, d, expected) => {
    // Far out the library leaves the chance of reaching d on both sides out: 2 exp(-8 n d^2), below 5e-8 of everything.
    expectNear(ksOneSampleTail(n, d), expected, n * d * d > 2.2 ? 1e-6 : 1e-11);
  });
  test.each([
    [0.2, 0.999999999999495],
    [0.3, 0.9999906941986654],
    [0.5, 0.9639452436648751],
    [0.8, 0.5441424115741982],
    [0.99, 0.2808738392255489],
    [1, 0.2699996716773545],
    [1.2, 0.11224966667072496],
    [1.36, 0.04948587675537791],
    [2, 0.0006709252557796953],
    [3, 3.045995948942526e-8],
  ])('limit at %d', (x, expected) => {
    expectNear(kolmogorovTail(x), expected, 1e-14);
  });
  test('beyond 600 values the limit with its first terms', () => {
    expectNear(ksOneSampleTail(1000, 0.03), 0.3226902464132999, 1e-4);
  });
  test('ends', () => {
    expect([kolmogorovTail(0), kolmogorovTail(-1), ksOneSampleTail(3, 1), ksOneSampleTail(3, 0.1)]).toEqual([
      1, 1, 0, 1,
    ]);
  });
});

describe('tables', () => {
  test.each<[string, () => unknown, unknown, number?]>([
    [
      'chiSquareTest',
      () => stats.chiSquareTest(THREE),
      { statistic: 10.006944444444443, df: 4, pValue: 0.040310866076836524, n: 55, leastExpected: 45 / 11, dropped: 0 },
    ],
    [
      'chiSquareTest without correction',
      () => stats.chiSquareTest(TWO),
      { statistic: 6.8923076923076945, df: 1, pValue: 0.008656744127246045 },
    ],
    [
      "chiSquareTest with Yates's correction",
      () => stats.chiSquareTest(TWO, { yates: true }),
      { statistic: 5.02863247863248, df: 1, pValue: 0.024931576731126233 },
    ],
    [
      'the correction is for 2 by 2 tables only',
      () => stats.chiSquareTest(THREE, { yates: true }),
      { statistic: 10.006944444444443 },
    ],
    ['gTest', () => stats.gTest(THREE), { statistic: 9.874129786353732, df: 4, pValue: 0.042602173424642065 }],
    [
      'gTest, zeros',
      () =>
        stats.gTest([
          [10, 20, 0],
          [5, 0, 15],
        ]),
      { statistic: 48.20574165208126, df: 2, pValue: 3.406090650715716e-11 },
    ],
    [
      'goodnessOfFit',
      () => stats.goodnessOfFit([12, 18, 30], [1, 2, 3]),
      { statistic: 0.6, df: 2, pValue: 0.7408182206817179 },
    ],
    ['cramersV', () => stats.cramersV(THREE), 0.30161601784756426],
    ['cramersV, wide', () => stats.cramersV(WIDE), 0.5386185014552416],
    ['cramersV, corrected', () => stats.cramersV(THREE, { corrected: true }), 0.23666350666001584],
    ['cramersV, wide, corrected', () => stats.cramersV(WIDE, { corrected: true }), 0.495088660701179],
    ['mutualInformation', () => stats.mutualInformation(WIDE), 0.15749962909785264],
    ['theilsU', () => stats.theilsU(WIDE), 0.14344329024895427],
    ['goodmanKruskalTau', () => stats.goodmanKruskalTau(WIDE), 0.1482176360225141],
    [
      'mantelHaenszel',
      () =>
        stats.mantelHaenszel([
          TWO,
          [
            [5, 6],
            [2, 8],
          ],
          [
            [3, 3],
            [1, 4],
          ],
        ]),
      {
        oddsRatio: 5.384353741496598,
        riskRatio: 2.68717277486911,
        logOddsRatioError: 0.5915243585427753,
        interval: { lower: 1.6889902308432498, upper: 17.164850739896913 },
        test: { statistic: 8.449428660059095, df: 1, pValue: 0.0036515813729304726 },
        corrected: { statistic: 7.003057571334859, df: 1, pValue: 0.008137061577700931 },
        homogeneity: { statistic: 0.621439700182596, df: 2, pValue: 0.7329191743505946 },
        tarone: { statistic: 0.6179980778911964, df: 2, pValue: 0.7341814756142632 },
        skipped: 0,
      },
    ],
    // Agresti 2013, table 2.4 style: observed minus expected over the root of expected, and over its error.
    [
      'tableResiduals',
      () => {
        const { expected, pearson, adjusted } = stats.tableResiduals(TWO);
        return [expected[0]![0], pearson[0]![0], adjusted[0]![0], adjusted[1]![0]];
      },
      [156 / 28, (9 - 156 / 28) / Math.sqrt(156 / 28), Math.sqrt(6.8923076923076945), -Math.sqrt(6.8923076923076945)],
    ],
  ])('%s', (_, run, expected, bound) => {
    expectNear(run(), expected, bound);
  });

  // Two-sided, less, greater; Boschloo; Barnard with pooled z. The last two are maxima that scipy searches for too.
  test.each([
    [
      [9, 3, 4, 12],
      [0.020017648554463738, 0.9989739908167691, 0.011719836676089196],
      0.011092350669477724,
      0.009948670864105254,
    ],
    [
      [1, 9, 7, 2],
      [0.005477494641581329, 0.004882114789235533, 0.9998809240295309],
      0.0045497272170153934,
      0.004425048828125002,
    ],
    [[0, 6, 3, 4], [0.1923076923076923, 0.12237762237762238, 1], 0.10395356942937185, 0.10083007812500011],
    [[10, 2, 3, 1], [1, 0.8642857142857143, 0.6071428571428572], 0.7973979409096227, 0.8348920305599263],
    [[3, 0, 0, 5], [0.017857142857142856, 1, 0.017857142857142856], 0.010058283805847163, 0.0078125],
    [[5, 5, 5, 5], [1, 0.6718591006516703, 0.6718591006516703], 0.9449272155761729, 1],
    [
      [20, 3, 11, 9],
      [0.0387227403676638, 0.9966925234934311, 0.022700096579847003],
      0.023531433746379903,
      0.02072239053809975,
    ],
  ] as const)('exact tests of %j', ([a, b, c, d], [twoSided, less, greater], boschloo, barnard) => {
    const table = [
      [a, b],
      [c, d],
    ];
    expectNear(stats.fisherExact(table), { twoSided, less, greater }, 1e-11);
    expectNear(stats.unconditionalExact(table).pValue, boschloo, 1e-6);
    expectNear(stats.unconditionalExact(table, { statistic: 'pooled-z' }).pValue, barnard, 1e-6);
  });
});

describe('shares', () => {
  const p = [0.1, 0.2, 0.3, 0.4];
  const q = [0.25, 0.25, 0.3, 0.2];
  const holed = [0, 0.5, 0.25, 0.25];
  test.each<[string, () => number | null, number]>([
    ['totalVariation', () => stats.totalVariation(p, q), 0.2],
    ['hellingerDistance', () => stats.hellingerDistance(p, q), 0.18824613347153482],
    ['hellingerDistance, hole', () => stats.hellingerDistance(holed, q), 0.3859773735650371],
    ['jensenShannon', () => stats.jensenShannon(p, q), 0.0349852431667001],
    ['jensenShannon, hole', () => stats.jensenShannon(holed, q), 0.1104104721339116],
    ['kullbackLeibler', () => stats.kullbackLeibler(p, q), 0.14100108877372064],
    ['kullbackLeibler, hole', () => stats.kullbackLeibler(holed, q), 0.3567790889100364],
    ['psi', () => stats.psi(p, q), 0.28723022345882276],
    ['psi, hole', () => stats.psi(holed, q), 2.148789148658382],
    ['bhattacharyyaDistance', () => stats.bhattacharyyaDistance(p, q), 0.03607972227160478],
    ['entropy', () => stats.entropy([1, 2, 3, 4]), 1.2798542258336676],
    ['entropy of a sure thing', () => stats.entropy([0, 7]), 0],
  ])('%s', (_, run, expected) => {
    expectNear(run(), expected, 1e-11);
  });
});

describe('intervals', () => {
  test.each<[string, () => unknown, readonly [number, number]]>([
    ['wilson', () => stats.proportionInterval(7, 20, 'wilson'), [0.1811918241010821, 0.5671457233147637]],
    [
      'clopper-pearson',
      () => stats.proportionInterval(7, 20, 'clopper-pearson'),
      [0.1539092047845412, 0.5921885345328283],
    ],
    [
      'agresti-coull',
      () => stats.proportionInterval(7, 20, 'agresti-coull'),
      [0.17992636143822802, 0.5684111859776177],
    ],
    ['agresti-coull of none', () => stats.proportionInterval(0, 20, 'agresti-coull'), [0, 0.18980956054248885]],
    ['agresti-coull of all', () => stats.proportionInterval(20, 20, 'agresti-coull'), [0.8101904394575112, 1]],
    ['jeffreys', () => stats.proportionInterval(7, 20, 'jeffreys'), [0.172276213631912, 0.5677660938414961]],
    [
      'jeffreys of none',
      () => stats.proportionInterval(0, 20, 'jeffreys'),
      [2.4246478459242733e-5, 0.11663898290487539],
    ],
    ['jeffreys of all', () => stats.proportionInterval(20, 20, 'jeffreys'), [0.8833610170951246, 0.9999757535215408]],
    ['wald', () => stats.proportionInterval(8, 20, 'wald', 0.5), [0.4 - 0.0738871, 0.4 + 0.0738871]],
    ['katz', () => stats.katzInterval(7, 20, 3, 25), [0.8628080569236323, 9.85960246451129]],
    ['risk ratio', () => stats.riskRatioInterval(7, 20, 3, 25, 'log')!, [0.8628080569236323, 9.85960246451129]],
    ['odds ratio', () => stats.oddsRatioInterval(7, 20, 3, 25, 'logit')!, [0.8667731690051078, 17.988989502783514]],
    // Newcombe 1998, table II, method 10, cases a and d.
    ['newcombe a', () => stats.newcombeInterval(56, 70, 48, 80), [0.0524, 0.3339]],
    ['newcombe d', () => stats.newcombeInterval(5, 56, 0, 29), [-0.0381, 0.1926]],
  ])('%s', (name, run, [lower, upper]) => {
    const bound = name.startsWith('newcombe') ? 5e-5 : name === 'wald' ? 1e-6 : 1e-11;
    const found = run() as { lower: number; upper: number };
    expect(Math.abs(found.lower - lower)).toBeLessThanOrEqual(bound * Math.max(1, lower));
    expect(Math.abs(found.upper - upper)).toBeLessThanOrEqual(bound * Math.max(1, upper));
  });
});

describe('many tests', () => {
  const p = [0.01, 0.04, 0.03, 0.005, 0.2];
  // R 4, p.adjust.
  test.each([
    ['holm', [0.04, 0.09, 0.09, 0.025, 0.2]],
    ['hochberg', [0.04, 0.08, 0.08, 0.025, 0.2]],
    ['hommel', [0.04, 0.08, 0.06, 0.025, 0.2]],
    ['benjamini-hochberg', [0.025, 0.05, 0.05, 0.025, 0.2]],
    ['benjamini-yekutieli', [0.025, 0.05, 0.05, 0.025, 0.2].map((value) => (value * 137) / 60)],
    ['bonferroni', [0.05, 0.2, 0.15, 0.025, 1]],
  ] as const)('%s', (method, expected) => {
    expectNear(stats.adjustPValues(p, method), expected);
  });
  test.each([
    ['fisher', 6.968415513964463e-5],
    ['sidak', 0.02475124687812502],
    ['cauchy', 0.013789133063316139],
    ['bonferroni', 0.025],
  ] as const)('combined by %s', (method, expected) => {
    const { pValue, logPValue } = stats.combinePValues(p, method);
    expectNear([pValue, logPValue], [expected, Math.log(expected)]);
  });
  test.each([
    [[1, 2, 3], 4, 15, 0.5, 0.257568359375, -1.3564701208091767],
    [[5, 3, 1], 20, 170, 0.5, 4.420106641811472e-12, -26.14485729302333],
    [[5, 3, 1], 20, 60, 0.5, 0.9898199346554746, -0.0102322365828254],
    [[2, 7], 30, 269, 0.25, 7.52316384526264e-37, -83.17766166719343],
    [[1], 100, 100, 0.5, 7.888609052210118e-31, -69.31471805599453],
    [[1], 100, 1, 0.01, 0.6339676587267705, -0.4557573373180113],
    [[3, 0, 2], 10, 21.5, 0.4, 0.3900548331682871, -0.941467951873996],
  ] as const)('coins of weights %j, %i each, at least %d', (weights, copies, threshold, chance, pValue, logPValue) => {
    expectNear(stats.weightedSumUpperTail(weights, copies, threshold, chance), { pValue, logPValue }, 1e-11);
  });
});
