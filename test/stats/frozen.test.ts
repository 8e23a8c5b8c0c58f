import { expect, test } from 'vitest';
import { createRng } from '../../src/random/index.ts';
import {
  bootstrapCells,
  bootstrapRows,
  clipCorrelation,
  conditionalNormal,
  lsddTest,
  mmdSquared,
  mmdTest,
  multivariateEnergyDistance,
  permutationTest,
  polychoric,
  polyserial,
  pooledMedianDistance,
} from '../../src/stats/index.ts';

const values = [3.1, 2.2, 5.7, 4.4, 3.9, 6.6, 1.2, 4.8, 5.1, 2.7, 7.3, 3.3];
const labels = [0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0];
const points = values.slice(0, 7).map((value, i) => [value, values[i + 3]! / 2]);
const others = values.slice(4).map((value, i) => [value + 0.5, values[i]! / 3]);

const meanOf = (rows: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < rows.length; i++) total += values[rows[i]!]!;
  return total / rows.length;
};
/** Mean of label 1 minus mean of label 0. */
const gap = (groups: Int32Array): number => {
  const totals = [0, 0];
  const counts = [0, 0];
  groups.forEach((label, i) => {
    totals[label]! += values[i]!;
    counts[label]!++;
  });
  return totals[1]! / counts[1]! - totals[0]! / counts[0]!;
};
/** Twelve digits: what a user would compare. */
const digits = (result: object): unknown =>
  JSON.parse(
    JSON.stringify(result, (_, value: unknown) => {
      if (value instanceof Float64Array) return Array.from(value);
      return typeof value === 'number' ? Number(value.toPrecision(12)) : value;
    }),
  );

// A seed promises its result for good; a change here belongs under "Numbers changed". That the results are right is
// tested by their definitions in resampling.test.ts and latent.test.ts.
test('frozen permutation tests', () => {
  const base = { groups: labels, permutations: 199 };
  const clusters = [0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 4, 5];
  const pairs = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5];
  const rng = () => createRng('frozen');
  expect(
    digits([
      permutationTest(gap, { ...base, rng: rng() }),
      permutationTest(gap, { ...base, rng: rng(), alternative: 'less' }),
      permutationTest(gap, { ...base, rng: rng(), alternative: 'two-sided' }),
      permutationTest(gap, { ...base, rng: rng(), earlyStop: 10 }),
      permutationTest(gap, { ...base, rng: rng(), pairs }),
      permutationTest(gap, { ...base, rng: rng(), groups: [0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0], clusters }),
    ]),
  ).toMatchInlineSnapshot(`
    [
      {
        "draws": 199,
        "exceed": 12,
        "pValue": 0.065,
        "statistic": 1.75,
        "stopped": false,
        "undefinedDraws": 0,
        "units": 12,
      },
      {
        "draws": 199,
        "exceed": 187,
        "pValue": 0.94,
        "statistic": 1.75,
        "stopped": false,
        "undefinedDraws": 0,
        "units": 12,
      },
      {
        "draws": 199,
        "exceed": 21,
        "pValue": 0.11,
        "statistic": 1.75,
        "stopped": false,
        "undefinedDraws": 0,
        "units": 12,
      },
      {
        "draws": 97,
        "exceed": 10,
        "pValue": 0.103092783505,
        "statistic": 1.75,
        "stopped": true,
        "undefinedDraws": 0,
        "units": 12,
      },
      {
        "draws": 199,
        "exceed": 8,
        "pValue": 0.045,
        "statistic": 1.75,
        "stopped": false,
        "undefinedDraws": 0,
        "units": 12,
      },
      {
        "draws": 199,
        "exceed": 11,
        "pValue": 0.06,
        "statistic": 1.75,
        "stopped": false,
        "undefinedDraws": 0,
        "units": 6,
      },
    ]
  `);
});

test('frozen bootstraps', () => {
  const rng = () => createRng('frozen');
  const share = (counts: Float64Array): number => counts[0]! / (counts[0]! + counts[1]! + counts[2]!);
  const clusters = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5];
  expect(
    digits([
      bootstrapRows(12, meanOf, { rng: rng(), resamples: 199 }),
      bootstrapRows(12, meanOf, { rng: rng(), resamples: 199, method: 'percentile', level: 0.8 }),
      bootstrapRows(12, meanOf, { rng: rng(), resamples: 199, clusters, level: 0.9 }),
      bootstrapRows(12, meanOf, { rng: rng(), resamples: 199, leaveOuts: 5 }),
      bootstrapCells([12, 30, 5], share, { rng: rng(), resamples: 199 }),
      bootstrapCells([12, 30, 5], share, { rng: rng(), resamples: 199, method: 'percentile' }),
      bootstrapCells([1, 2, 0], (counts) => (counts[1] === 0 ? null : counts[0]! / counts[1]!), {
        rng: rng(),
        resamples: 199,
      }),
    ]),
  ).toMatchInlineSnapshot(`
    [
      {
        "estimate": 4.19166666667,
        "interval": {
          "level": 0.95,
          "lower": 3.1595136888,
          "method": "bootstrap-bca",
          "upper": 5.13625598452,
        },
        "resamples": 199,
        "standardError": 0.500661091701,
        "undefinedResamples": 0,
      },
      {
        "estimate": 4.19166666667,
        "interval": {
          "level": 0.8,
          "lower": 3.525,
          "method": "bootstrap-percentile",
          "upper": 4.78333333333,
        },
        "resamples": 199,
        "standardError": 0.500661091701,
        "undefinedResamples": 0,
      },
      {
        "estimate": 4.19166666667,
        "interval": {
          "level": 0.9,
          "lower": 3.31666666667,
          "method": "bootstrap-bca",
          "upper": 4.86301663059,
        },
        "resamples": 199,
        "standardError": 0.448300202686,
        "undefinedResamples": 0,
      },
      {
        "estimate": 4.19166666667,
        "interval": {
          "level": 0.95,
          "lower": 2.99145841186,
          "method": "bootstrap-bca",
          "upper": 4.92945651716,
        },
        "resamples": 199,
        "standardError": 0.500661091701,
        "undefinedResamples": 0,
      },
      {
        "estimate": 0.255319148936,
        "interval": {
          "level": 0.95,
          "lower": 0.127659574468,
          "method": "bootstrap-bca",
          "upper": 0.404255319149,
        },
        "resamples": 199,
        "standardError": 0.0686210877031,
        "undefinedResamples": 0,
      },
      {
        "estimate": 0.255319148936,
        "interval": {
          "level": 0.95,
          "lower": 0.127659574468,
          "method": "bootstrap-percentile",
          "upper": 0.404255319149,
        },
        "resamples": 199,
        "standardError": 0.0686210877031,
        "undefinedResamples": 0,
      },
      {
        "estimate": 0.5,
        "interval": {
          "level": 0.95,
          "lower": 0,
          "method": "bootstrap-bca",
          "upper": 2,
        },
        "resamples": 194,
        "standardError": 0.784409541044,
        "undefinedResamples": 5,
      },
    ]
  `);
});

test('frozen distances of points', () => {
  const rng = () => createRng('frozen');
  expect(
    digits([
      pooledMedianDistance(points, others),
      multivariateEnergyDistance(points, others),
      mmdSquared(points, others, { sigma: 1.5 }),
      mmdSquared(points, others, { sigma: [0.5, 2], estimator: 'biased' }),
      mmdTest(points, others, { rng: rng(), permutations: 49 }),
      mmdTest(others, points, { rng: rng(), permutations: 49, sigma: 1 }),
      lsddTest(points, others, { rng: rng(), permutations: 19 }),
      lsddTest(others, points, { rng: rng(), permutations: 19, sigma: 0.7, centres: points, tolerance: 0.05 }),
    ]),
  ).toMatchInlineSnapshot(`
    [
      {
        "distance": 2.5495097568,
        "squared": 6.5,
      },
      {
        "biased": 0.725238961299,
        "unbiased": 0.0202948152692,
      },
      -0.0119919927277,
      0.175084543581,
      {
        "draws": 49,
        "exceed": 19,
        "pValue": 0.4,
        "permuted": [
          0.0166997523845,
          0.0805677504289,
          0.0766588137316,
          -0.13794625873,
          -0.0710104714381,
          -0.0464075657871,
          -0.00576792850205,
          -0.0589373283926,
          -0.104121193734,
          -0.103531919814,
          -0.0243223848562,
          -0.0434710632847,
          0.0208816281414,
          0.120062554022,
          -0.0594457885725,
          0.180386820021,
          -0.0263296639427,
          0.0491978170387,
          -0.034290814488,
          0.335751101109,
          -0.0524132614346,
          -0.0116930253488,
          0.0148457801824,
          -0.104377281881,
          -0.0346369056521,
          0.0956562444861,
          0.000357048385804,
          0.295764642249,
          0.146696741427,
          -0.140827452403,
          -0.0872478483931,
          -0.0685459609847,
          -0.0512015456586,
          0.0976472033749,
          -0.102046068311,
          -0.14218656899,
          0.0776377937309,
          0.120896818228,
          0.197235354479,
          -0.0908836692627,
          -0.115886545082,
          -0.00825712808521,
          0.132204505778,
          -0.0845236913218,
          -0.00935883042722,
          -0.0553694441426,
          -0.139082981265,
          -0.0578772684697,
          -0.109617243508,
        ],
        "sigma": [
          1.80277563773,
        ],
        "statistic": -0.00745174990923,
      },
      {
        "draws": 49,
        "exceed": 25,
        "pValue": 0.52,
        "permuted": [
          -0.118194555222,
          -0.0558265023963,
          -0.158417777785,
          0.142330027511,
          -0.0367380736434,
          0.132455701828,
          -0.0410936945725,
          0.00176612754572,
          0.00962631144633,
          -0.0208188760749,
          0.0985357815795,
          -0.00263067420727,
          0.0128746579465,
          0.138826058623,
          -0.0642925231189,
          -0.168200073399,
          -0.0482919744804,
          -0.17470517643,
          -0.0567517476113,
          -0.045299851232,
          -0.159438191024,
          -0.00729822310185,
          -0.0662818482862,
          -0.0922007062793,
          0.0519232551168,
          0.303165777262,
          0.0928343051648,
          0.0435420695607,
          -0.142651613398,
          -0.0392760087261,
          0.0237059893235,
          -0.0459563598717,
          0.20392149304,
          -0.0527701411082,
          -0.0872628111842,
          0.0217750107672,
          0.125914578458,
          -0.072973897753,
          0.0395439540643,
          -0.00317022980625,
          0.0216231155035,
          -0.08585387846,
          0.0851374898749,
          0.155481975365,
          0.173054792146,
          0.0766459058597,
          -0.039989262321,
          -0.0547907423178,
          0.230496594477,
        ],
        "sigma": [
          1,
        ],
        "statistic": -0.0203609134758,
      },
      {
        "draws": 19,
        "exceed": 9,
        "pValue": 0.5,
        "penalty": 0.0625,
        "permuted": [
          0.172592856631,
          0.180987949639,
          0.169395830357,
          0.180709909875,
          0.247250920744,
          0.234022267035,
          0.0908400187624,
          0.219704951788,
          0.26211495618,
          0.218581896652,
          0.123332581462,
          0.285508367719,
          0.271889153334,
          0.167011059233,
          0.259777716114,
          0.0771140101338,
          0.0307079114701,
          0.126391996882,
          0.441567430711,
        ],
        "sigma": 1.80277563773,
        "statistic": 0.214488838064,
      },
      {
        "draws": 19,
        "exceed": 19,
        "pValue": 1,
        "penalty": 0.015625,
        "permuted": [
          0.191280198884,
          0.161800755637,
          0.166203673645,
          0.157089455269,
          0.127770212708,
          0.165612314079,
          0.159022316691,
          0.141019669434,
          0.151492927689,
          0.216553187351,
          0.281514096731,
          0.17053342917,
          0.109035892528,
          0.203382965709,
          0.246363202347,
          0.303196275242,
          0.145512303296,
          0.22104866084,
          0.0917291513368,
        ],
        "sigma": 0.7,
        "statistic": 0.05495289014,
      },
    ]
  `);
});

test('frozen latent correlations and matrices', () => {
  const table = [
    [8, 4, 3],
    [5, 9, 6],
    [2, 7, 11],
  ];
  const levels = [0, 0, 1, 1, 1, 2, 0, 1, 2, 0, 2, 1];
  expect(
    digits([
      [polychoric(table), polychoric(table.slice(1)), polychoric(table.map((row) => row.slice().reverse()))],
      [polyserial(values, levels), polyserial(values, levels, { method: 'moments' })],
      clipCorrelation([1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1]),
      clipCorrelation([1, 0.5, 0.5, 1]),
      conditionalNormal([4, 1, 2, 1, 3, 0.5, 2, 0.5, 5], [0], [1.5])!,
      conditionalNormal([4, 1, 2, 1, 3, 0.5, 2, 0.5, 5], [2, 0], [1.5, -1])!,
    ]),
  ).toMatchInlineSnapshot(`
    [
      [
        0.482773086581,
        0.380094075061,
        -0.482773098998,
      ],
      [
        0.958704089699,
        0.985377138113,
      ],
      {
        "largestChange": 0.4,
        "lifted": 1,
        "matrix": [
          1,
          0.5,
          -0.5,
          0.5,
          1,
          0.5,
          -0.5,
          0.5,
          1,
        ],
      },
      {
        "largestChange": 0,
        "lifted": 0,
        "matrix": [
          1,
          0.5,
          0.5,
          1,
        ],
      },
      {
        "covariance": [
          2.75,
          0,
          0,
          4,
        ],
        "free": [
          1,
          2,
        ],
        "mean": [
          0.375,
          0.75,
        ],
      },
      {
        "covariance": [
          2.75,
        ],
        "free": [
          1,
        ],
        "mean": [
          -0.25,
        ],
      },
    ]
  `);
});
