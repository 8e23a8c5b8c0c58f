import type { Chart, Report } from '../../src/types.ts';

/** A wave without the engine's sine, so that the values are the same everywhere. */
const wave = (i: number): number => ((i * 37) % 100) / 100 - ((i * 17) % 50) / 120;

const sports = ['athletics', 'aquatics', 'football', 'rowing', 'cycling', 'hockey', 'judo', 'handball'];
const columns14 = [
  'age',
  'workclass',
  'fnlwgt',
  'education',
  'education-num',
  'marital-status',
  'occupation',
  'relationship',
  'race',
  'sex',
  'capital-gain',
  'capital-loss',
  'hours-per-week',
  'native-country',
];

export const charts: Readonly<Record<string, Chart>> = {
  bar: {
    kind: 'bar',
    title: 'Share of women by sport, real and synthetic',
    xLabel: 'sport',
    yLabel: 'share of women',
    series: [
      { name: 'real', x: sports, y: sports.map((_, i) => 0.3 + 0.05 * ((i * 3) % 7)) },
      { name: 'synthetic', x: sports, y: sports.map((_, i) => (i === 3 ? null : 0.31 + 0.047 * ((i * 3) % 7))) },
    ],
  },
  longBar: {
    kind: 'bar',
    title:
      'Change of the approval rate against the source by occupation, in percentage points, with labels that are too long to stand side by side',
    xLabel: 'occupation',
    yLabel: 'change of rate, percentage points',
    series: [
      {
        name: 'change',
        x: [
          'Administrative and clerical work',
          'Machine operation and inspection',
          'Priv-house-serv',
          'Protective services, <armed> & other',
          'Tech-support',
          'Transport-moving',
        ],
        y: [-2.4, 1.1, null, 4.25, 0, -0.3],
      },
    ],
  },
  manyBars: {
    kind: 'bar',
    title: 'Rows by nation',
    xLabel: 'nation',
    yLabel: 'rows',
    series: [
      {
        name: 'rows',
        x: Array.from({ length: 70 }, (_, i) => `Nation ${i + 1}`),
        y: Array.from({ length: 70 }, (_, i) => 5 + ((i * 7919) % 4000)),
      },
    ],
  },
  line: {
    kind: 'line',
    title: 'Mean score of the value "fairness" over ten generations',
    xLabel: 'generation',
    yLabel: 'mean score',
    series: ['replace', 'accumulate', 'anchored'].map((name, s) => ({
      name,
      x: Array.from({ length: 11 }, (_, i) => i),
      y: Array.from({ length: 11 }, (_, i) =>
        i === 4 && s === 1 ? null : 0.62 - (0.04 * i) / (1 + s * 1.5) + 0.004 * wave(i + s),
      ),
    })),
  },
  step: {
    kind: 'step',
    title: 'Distribution of height, real and synthetic',
    xLabel: 'height, m',
    yLabel: 'share of rows at or below',
    series: ['real', 'synthetic'].map((name, s) => ({
      name,
      x: Array.from({ length: 60 }, (_, i) => 1.4 + 0.013 * i + s * 0.006),
      y: Array.from({ length: 60 }, (_, i) => (i / 59) * (i / 59) * (3 - (2 * i) / 59)),
    })),
  },
  scatter: {
    kind: 'scatter',
    title: 'Height and weight',
    xLabel: 'height, m',
    yLabel: 'weight, kg',
    series: ['real', 'synthetic'].map((name, s) => ({
      name,
      x: Array.from({ length: 90 }, (_, i) => 1.5 + 0.006 * i),
      y: Array.from({ length: 90 }, (_, i) => (i % 31 === 7 ? null : 45 + 0.6 * i + 18 * wave(i + 50 * s))),
    })),
  },
  heatmap: {
    kind: 'heatmap',
    title: 'Association between columns, real minus synthetic',
    xLabel: 'column',
    yLabel: 'column',
    x: columns14,
    y: columns14,
    values: columns14.map((_, r) => columns14.map((_, c) => (r === c ? null : Math.abs(wave(r * 14 + c + r * c))))),
    domain: [0, 1],
  },
  smallHeatmap: {
    kind: 'heatmap',
    title: 'Selection rate',
    xLabel: 'sex',
    yLabel: 'race',
    x: ['female', 'male'],
    y: ['Amer-Indian-Eskimo', 'White'],
    values: [
      [0.105, 0.125],
      [null, 0.3176],
    ],
  },
  interval: {
    kind: 'interval',
    title: 'Difference of selection rates between groups, with 95 % intervals',
    xLabel: 'difference of rates',
    yLabel: 'group against the largest group',
    items: [
      { label: 'female', group: 'real', value: -0.199, lower: -0.208, upper: -0.19 },
      { label: 'female', group: 'synthetic', value: -0.183, lower: -0.192, upper: -0.174 },
      {
        label: 'Amer-Indian-Eskimo, women above the age of sixty',
        group: 'real',
        value: -0.14,
        lower: -0.178,
        upper: -0.09,
      },
      { label: 'Amer-Indian-Eskimo, women above the age of sixty', group: 'synthetic', value: null },
      { label: 'Black', group: 'real', value: -0.132, lower: -0.145, upper: -0.119 },
      { label: 'Asian-Pac-Islander', group: 'synthetic', value: 0.01, lower: -0.021 },
    ],
    reference: 0,
  },
  nothing: {
    kind: 'line',
    title: 'Nothing could be computed',
    xLabel: 'x',
    yLabel: 'y',
    series: [{ name: 'a', x: [1, 2], y: [null, null] }],
  },
};

export const report: Report = {
  title: 'Synthetic copy of "Olympians" & what it did to <groups>',
  findings: [
    {
      level: 'risk',
      text: 'Women in shooting fell from 38.2 % to 21.0 % of rows (95 % interval of the change −21.9 to −12.4 points).',
    },
    {
      level: 'warning',
      text: '3 of 28 sports have fewer than 30 rows; their rates are shown with wide intervals and should not be compared one by one.',
    },
    {
      level: 'note',
      text: 'No row of the source was copied: 11,538 of 11,538 synthetic rows are new. Names and ids were replaced.',
    },
    { level: 'good', text: 'Nations kept their share: total variation distance 0.021, noise floor 0.024.' },
  ],
  tables: [
    {
      title: 'Rates by group',
      columns: ['group', 'rows', 'rate', 'lower', 'upper', 'p'],
      rows: [
        ['female', 5205, 0.1749, 0.1648, 0.1855, 0.00001234],
        ['male', 6333, 0.1687, 0.1597, 0.1781, 0.5],
        ['not stated', 0, null, null, null, null],
        ['a | pipe, a * star and a <tag>', 12345678, -0.00042, 1e-12, 1e20, 1],
      ],
      note: 'Wilson intervals at 95 %. A dash means that the figure cannot be computed.',
    },
    {
      title: 'Fourteen columns',
      columns: ['row', ...columns14],
      rows: [0, 1, 2].map((r) => [
        `row ${r}`,
        ...columns14.map((name, c) => (c % 5 === 3 ? `${name}-${r}` : c % 7 === 2 ? null : r * 1000 + c * 1.25)),
      ]),
    },
    { title: 'Empty', columns: ['a', 'b'], rows: [] },
  ],
  charts: Object.values(charts),
};
