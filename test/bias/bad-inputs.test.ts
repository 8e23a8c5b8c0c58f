import { describe, expect, test } from 'vitest';
import * as bias from '../../src/bias/index.ts';
import { SynthproofError } from '../../src/errors.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { integerColumn } from '../../src/table/integer-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import { textColumn } from '../../src/table/text-column.ts';
import type { Column, Table } from '../../src/types.ts';

const ROWS = 60;
const list = <T>(of: (i: number) => T): T[] => Array.from({ length: ROWS }, (_, i) => of(i));

/** A sound table, with columns replaced by name. */
function tableWith(...replaced: readonly Column[]): Table {
  const columns: readonly Column[] = [
    categoryColumn(
      'sex',
      list((i) => (i % 2 ? 'm' : 'f')),
    ),
    categoryColumn(
      'race',
      list((i) => 'abc'[i % 3]!),
    ),
    booleanColumn(
      'y',
      list((i) => (i * 7) % 5 < 2),
    ),
    booleanColumn(
      'p',
      list((i) => (i * 3) % 5 < 2),
    ),
    numberColumn(
      'score',
      list((i) => ((i * 13) % 17) / 17),
    ),
    numberColumn(
      'weight',
      list((i) => 1 + (i % 3)),
    ),
  ];
  return createTable(columns.map((column) => replaced.find((one) => one.name === column.name) ?? column));
}

const sound = tableWith();
const without = (name: string): Table => createTable(sound.columns.filter((column) => column.name !== name));

const inputs: Readonly<Record<string, Table>> = {
  'no group column': without('sex'),
  'no label column': without('y'),
  'no score column': without('score'),
  'no rows': takeRows(sound, []),
  'one group': tableWith(
    categoryColumn(
      'sex',
      list(() => 'f'),
    ),
  ),
  'groups all missing': tableWith(
    categoryColumn(
      'sex',
      list(() => null),
      ['f', 'm'],
    ),
  ),
  'labels all missing': tableWith(
    booleanColumn(
      'y',
      list(() => null),
    ),
  ),
  'constant label': tableWith(
    booleanColumn(
      'y',
      list(() => true),
    ),
  ),
  'a score that is NaN': tableWith(
    numberColumn(
      'score',
      list((i) => (i === 3 ? Number.NaN : i / ROWS)),
    ),
  ),
  'a negative weight': tableWith(
    numberColumn(
      'weight',
      list((i) => (i === 2 ? -1 : 1)),
    ),
  ),
  'labels that look like numbers': tableWith(
    categoryColumn(
      'y',
      list((i) => (i % 3 ? '1' : '0')),
    ),
  ),
  'labels that are numbers': tableWith(
    integerColumn(
      'y',
      list((i) => (i % 3 ? 1 : 0)),
    ),
  ),
  'groups that are measurements': tableWith(
    numberColumn(
      'sex',
      list((i) => i / 7),
    ),
  ),
  'scores that are text': tableWith(
    textColumn(
      'score',
      list((i) => `s${i}`),
    ),
  ),
};

const label = { column: 'y' };
const prediction = { column: 'p' };
const sensitive = ['sex'];
const rng = createRng('bad');
const cellsOf = (t: Table): bias.GroupTable =>
  bias.groupTable(t, { sensitive, label, prediction, control: ['race'], weight: 'weight' });
const target = bias.fairTarget(sound, { sensitive, label });

/** Calls of every function that reads rows; `over` replaces options. */
const calls: Readonly<Record<string, (t: Table, over: object) => unknown>> = {
  abroca: (t, over) => bias.abroca(t, { sensitive, label, score: 'score', ...over }),
  achievedTilt: (t, over) => bias.achievedTilt(t, target, { direction: 'pool', seed: 's', ...over }),
  auditBias: (t, over) => bias.auditBias(sound, t, { sensitive, label, seed: 's', permutations: 9, ...over }),
  'auditBias of the source': (t, over) =>
    bias.auditBias(t, undefined, { sensitive, label, prediction, seed: 's', permutations: 9, ...over }),
  biasAmplification: (t, over) =>
    bias.biasAmplification(sound, t, { sensitive, label, seed: 's', permutations: 9, ...over }),
  biasGenerations: (t, over) =>
    bias.biasGenerations([sound, t], { sensitive, label, seed: 's', permutations: 9, ...over }),
  calibrationByGroup: (t, over) =>
    bias.calibrationByGroup(t, { sensitive, label, score: 'score', rng, resamples: 9, ...over }),
  clarifyMetrics: (t, over) =>
    bias.clarifyMetrics(
      t,
      { disadvantaged: { column: 'sex', positive: 'f' }, label, prediction, features: ['score'], ...over },
      { resamples: 9, ...over },
    ),
  conditionalDisparity: (t, over) =>
    bias.conditionalDisparity(bias.groupTable(t, { sensitive, label, control: ['race'] }), { first: 'f', ...over }),
  disparities: (t, over) => bias.equalizedOddsDifference(cellsOf(t), { ...over }),
  findReversals: (t, over) => bias.findReversals(t, { sensitive: 'sex', label, ...over }),
  groupTable: (t, over) => bias.groupTable(t, { sensitive, label, weight: 'weight', ...over }),
  groupThresholds: (t, over) =>
    bias.groupThresholds(t, { sensitive, label, score: 'score', weight: 'weight', ...over }),
  impactRatios: (t, over) => bias.impactRatios(t, { sensitive, outcome: label, ...over }),
  labelProbabilities: (t, over) => bias.labelProbabilities(t, sound, { label, learner: 'logistic', ...over }),
  massage: (t, over) =>
    bias.massage(t, {
      deprived: { column: 'sex', positive: 'f' },
      label,
      score: list((i) => i),
      ...over,
    }),
  metricFrame: (t, over) => bias.metricFrame(cellsOf(t), over),
  oneVsRestFrame: (t, over) => bias.oneVsRestFrame(t, { sensitive, label: 'race', prediction: 'race', ...over }),
  pairwiseDisparities: (t, over) => bias.pairwiseDisparities(cellsOf(t), { metric: 'accuracy', ...over }),
  privilegedComparison: (t, over) =>
    bias.privilegedComparison(cellsOf(t), { privileged: [{ sex: 'm' }], unprivileged: [{ sex: 'f' }], ...over }),
  rankingParity: (t, over) => bias.rankingParity(t, { sensitive, score: 'score', k: 5, ...over }),
  regressionFrame: (t, over) =>
    bias.regressionFrame(t, { sensitive, label: 'score', prediction: 'weight', weight: 'weight', ...over }),
  regressionTable: (t, over) =>
    bias.regressionTable(t, { sensitive, label: 'score', prediction: 'weight', weight: 'weight', ...over }),
  repairDisparateImpact: (t, over) => bias.repairDisparateImpact(t, { sensitive, columns: ['score'], ...over }),
  representation: (t, over) =>
    bias.representation(t, { columns: ['sex'], reference: { shares: { f: 1, m: 1 } }, ...over }),
  resampleGroups: (t, over) => bias.resampleGroups(t, { sensitive, label, rng, ...over }),
  reweigh: (t, over) => bias.reweigh(cellsOf(t), over),
  scanSubgroups: (t, over) =>
    bias.scanSubgroups(
      t,
      { columns: ['sex', 'race'], outcome: label, direction: 'positive', ...over },
      { simulations: 9, ...over },
    ),
  scoreFrame: (t, over) => bias.scoreFrame(t, { sensitive, label, score: 'score', weight: 'weight', ...over }),
  scoreTable: (t, over) => bias.scoreTable(t, { sensitive, label, score: 'score', weight: 'weight', ...over }),
  spontaneousBias: (t, over) => bias.spontaneousBias(sound, t, { sensitive, seed: 's', permutations: 199, ...over }),
  fairTarget: (t, over) => bias.fairTarget(t, { sensitive, label: { column: 'y', positive: 'true' }, ...over }),
  tiltLabels: (t, over) =>
    bias.tiltLabels(t, target, { probabilities: new Float64Array(t.rowCount).fill(0.4), seed: 's', ...over }),
  uncoveredPatterns: (t, over) => bias.uncoveredPatterns(t, { columns: ['sex', 'race'], threshold: 2, ...over }),
};

/** The error of a call, checked to name an argument and what to do; null when the call answers. */
function refusalOf(call: () => unknown): SynthproofError | null {
  try {
    call();
    return null;
  } catch (error) {
    if (!(error instanceof SynthproofError)) throw error;
    expect(error.place.argument, error.message).toBeTruthy();
    expect(error.message).toMatch(/expected|received|no column|no group|column "|must|has |is |lack/);
    return error;
  }
}

describe('awkward rows are answered, or refused by name', () => {
  test.each(Object.keys(calls))('%s', (name) => {
    const refused = Object.entries(inputs).flatMap(([what, table]) => {
      const error = refusalOf(() => calls[name]!(table, {}));
      return error === null ? [] : [`${what}: ${error.message}`];
    });
    for (const line of refused)
      if (/^(no group|no label|no score)/.test(line))
        expect(line).toMatch(/no column "(sex|y|score)".*(columns are|there is)/);
    for (const line of refused) expect(line).not.toMatch(/undefined|\[object|NaN of/);
  });
});

describe('awkward options are refused by name', () => {
  const odd: readonly (readonly [string, object, RegExp])[] = [
    ['auditBias', { sensitive: 'sex' }, /sensitive: expected an array of column names.*received "sex"/],
    ['auditBias', { sensitive: ['sex', 'sex'] }, /sensitive/],
    ['auditBias', { label: 'y' }, /label: expected an object such as \{ column: 'hired', positive: true \}.*"y"/],
    ['auditBias', { columns: ['nope'] }, /columns: no column "nope"/],
    ['auditBias', { control: 'race' }, /control: expected an array/],
    ['auditBias', { adjust: 'none' }, /adjust: expected 'holm' or 'benjamini-hochberg', received none/],
    ['abroca', { rng: 5 }, /rng: expected a random source, received number; pass createRng/],
    ['calibrationByGroup', { rng: undefined }, /rng: expected a random source, received nothing/],
    ['calibrationByGroup', { score: undefined }, /score: expected the name of a column, received nothing/],
    ['clarifyMetrics', { disadvantaged: undefined }, /disadvantaged: expected an object/],
    ['conditionalDisparity', { first: undefined }, /first: no group "undefined"/],
    ['disparities', { method: 'x' }, /method: expected 'between_groups' or 'to_overall', received x/],
    ['disparities', { zeroDivision: 'x' }, /zeroDivision: expected/],
    ['fairTarget', { emptyCells: 'skip' }, /emptyCells: expected 'refuse' or 'back-off', received skip/],
    ['groupThresholds', { constraint: 'x' }, /constraint: expected/],
    ['impactRatios', { outcome: undefined }, /outcome, score: expected exactly one of them, received none/],
    ['massage', { score: 'score' }, /score: expected one number per row, received "score"/],
    ['metricFrame', { metrics: ['x'] }, /metrics: expected one of count, .*received "x"/],
    ['oneVsRestFrame', { control: ['nope'] }, /control: no column "nope"/],
    ['privilegedComparison', { privileged: undefined }, /privileged: expected an array of at least one selector/],
    ['rankingParity', { k: 0 }, /k: expected a whole number/],
    ['repairDisparateImpact', { columns: undefined }, /columns: expected an array/],
    ['representation', { reference: 'census' }, /reference: expected \{ table \} or \{ shares/],
    ['reweigh', { emptyCells: 'x' }, /emptyCells: expected 'refuse' or 'skip', received x/],
    ['scanSubgroups', { columns: undefined }, /columns: expected an array/],
    ['scoreFrame', { label: undefined }, /label: expected an object such as/],
    ['scoreFrame', { rng: 5 }, /rng: expected a random source, received number/],
    ['scoreFrame', { permutations: 0 }, /permutations: expected a whole number from 1 to 1000000, received 0/],
    ['abroca', { resamples: 0 }, /resamples: expected a whole number from 1 to 10000, received 0/],
    ['spontaneousBias', { bins: 0 }, /bins: expected a whole number from 2 to 100, received 0/],
    ['spontaneousBias', { sensitive: [] }, /sensitive: expected an array of at least one/],
    ['tiltLabels', { seed: undefined }, /seed: expected a text/],
    ['uncoveredPatterns', { columns: 'sex' }, /columns: expected an array.*received "sex"/],
    ['uncoveredPatterns', { threshold: 0 }, /threshold: expected a whole number of at least 1, received 0/],
  ];
  test.each(odd)('%s %j', (name, over, message) => {
    const error = refusalOf(() => calls[name]!(sound, over));
    expect(error?.message).toMatch(message);
  });

  test('a level outside (0, 1) is refused wherever there is one', () => {
    for (const [name, call] of Object.entries(calls)) {
      const error = refusalOf(() => call(sound, { level: 2 }));
      if (error !== null) expect(error.message, name).toMatch(/^level: expected .*received 2/);
    }
  });

  test('fairTradeOff', () => {
    const options = { target: { sensitive, label }, sample: (): Table => sound, holdout: sound, refine: 0 };
    for (const [over, message] of [
      [{ sample: undefined }, /sample: expected a function/],
      [{ holdout: undefined }, /holdout: expected a table/],
      [{ target: {} }, /target: expected/],
      [{ metric: 'x' }, /metric: expected/],
    ] as const)
      expect(refusalOf(() => bias.fairTradeOff(sound, { ...options, ...over } as never))?.message).toMatch(message);
  });
});

test('numbers with more values than groups can have are refused in a search of combinations', () => {
  const table = createTable([
    numberColumn(
      'pay',
      Array.from({ length: 300 }, (_, i) => i / 3),
    ),
  ]);
  expect(refusalOf(() => bias.uncoveredPatterns(table, { columns: ['pay'], threshold: 2 }))?.message).toMatch(
    /columns: expected levels, received 300 different numbers in "pay".*bin it first/,
  );
});

test('rows left out are counted where a score is NaN', () => {
  const table = inputs['a score that is NaN']!;
  expect(bias.scoreFrame(table, { sensitive, label, score: 'score' }).leftOut).toBe(1);
  expect(bias.rankingParity(table, { sensitive, score: 'score', k: 3 }).leftOut).toBe(1);
});
