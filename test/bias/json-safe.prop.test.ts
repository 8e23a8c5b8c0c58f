import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as bias from '../../src/bias/index.ts';
import { SynthproofError } from '../../src/errors.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { filterRows } from '../../src/table/filter-rows.ts';
import { isMissing } from '../../src/table/is-missing.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import type { Table } from '../../src/types.ts';
import { checkJsonSafe } from './helpers.ts';

interface Row {
  readonly sex: string | null;
  readonly race: string | null;
  readonly y: boolean | null;
  readonly p: boolean | null;
  readonly score: number | null;
  readonly weight: number | null;
}

/** Small tables on purpose: empty groups, no positives, missing values and zero weights in most of them. */
const rowsOf = fc.array(
  fc.record<Row>({
    sex: fc.constantFrom('f', 'm', 'm', null),
    race: fc.constantFrom('a', 'b', 'c'),
    y: fc.constantFrom(true, false, false, null),
    p: fc.constantFrom(true, false, null),
    score: fc.constantFrom(0, 0.25, 0.5, 0.75, 1, null),
    weight: fc.constantFrom(0, 1, 2.5, null),
  }),
  { maxLength: 24 },
);

function tableOf(rows: readonly Row[]): Table {
  return createTable([
    categoryColumn(
      'sex',
      rows.map((row) => row.sex),
      ['f', 'm', 'x'],
    ),
    categoryColumn(
      'race',
      rows.map((row) => row.race),
    ),
    booleanColumn(
      'y',
      rows.map((row) => row.y),
    ),
    booleanColumn(
      'p',
      rows.map((row) => row.p),
    ),
    numberColumn(
      'score',
      rows.map((row) => row.score),
    ),
    numberColumn(
      'weight',
      rows.map((row) => row.weight),
    ),
  ]);
}

/** A figure without a value says why, and never carries an interval or a p-value. */
function checkFigures(value: unknown, path = '$'): void {
  if (typeof value !== 'object' || value === null) return;
  const record = value as Record<string, unknown>;
  if ('metric' in record && 'goal' in record && record['value'] === null) {
    if (typeof record['reason'] !== 'string' || record['reason'] === '')
      throw new Error(`${path}: null without reason`);
    if (record['pValue'] !== undefined || record['interval'] !== undefined)
      throw new Error(`${path}: an undefined figure with a test or an interval`);
  }
  for (const [key, inner] of Object.entries(record)) checkFigures(inner, `${path}.${key}`);
}

/** A result without its rows: tables and row lists are columns, not figures. */
function figuresOf(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map(figuresOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === 'table' ? [] : [[key, figuresOf(inner)]])),
  );
}

/** Numbers made of a table, so that functions of plain numbers see hostile ones too. */
const scoresOf = (table: Table): number[] =>
  Array.from({ length: table.rowCount }, (_, i) => {
    const score = table.columns[4]!;
    return score.kind === 'number' && !isMissing(score, i) ? score.values[i]! : Number.NaN;
  });

/** Counts by sex, then by outcome. */
const countsOf = (table: Table): number[][] =>
  bias.groupTable(table, { sensitive, label }).cells.map(({ n }) => [n[0]! + n[1]!, n[2]! + n[3]!]);

const label = { column: 'y' };
const prediction = { column: 'p' };
const sensitive = ['sex'];
const both = ['sex', 'race'];

type Call = (table: Table, other: Table, minN: number) => unknown;

const counted = (table: Table, spec: Partial<bias.GroupTableSpec> = {}): bias.GroupTable =>
  bias.groupTable(table, { sensitive: both, label, prediction, weight: 'weight', ...spec });

const scored = (t: Table, o: Table, weight?: string): bias.ScoreTable =>
  bias.mergeScoreTables([t, o].map((one) => bias.scoreTable(one, { sensitive, label, score: 'score', weight })));

const summed = (t: Table): bias.RegressionTable =>
  bias.regressionTable(t, { sensitive, control: ['race'], label: 'score', prediction: 'weight', weight: 'weight' });

const drawn = (minN: number): bias.DisparityOptions => ({ minN, rng: createRng('x'), permutations: 9 });

const auditOf = (t: Table, o: Table | undefined, minN: number): bias.BiasAudit =>
  bias.auditBias(t, o, { sensitive: both, label, prediction, seed: 's', permutations: 9, minN });

const targetOf = (t: Table): bias.FairTarget =>
  bias.fairTarget(t, { sensitive: ['race'], label, minGroupRows: 1, emptyCells: 'back-off' });

/** A quiet stand-in for a generator: the rows themselves. */
const tradeOff = (t: Table, o: Table): bias.FairTradeOff =>
  bias.fairTradeOff(t, {
    target: { sensitive: ['race'], label, minGroupRows: 1, emptyCells: 'back-off' },
    sample: () => t,
    holdout: o,
    strengths: [0, 1],
    refine: 0,
    learner: 'logistic',
  });

/** One case for every function that src/bias exports; a second one under the name with a suffix. */
const calls: Readonly<Record<string, Call>> = {
  abroca: (t, _, minN) =>
    bias.abroca(t, { sensitive, label, score: 'score', minN, rng: createRng('x'), permutations: 9 }),
  abrocaOf: (t, o, minN) => bias.abrocaOf(scored(t, o), { minN, rng: createRng('x'), permutations: 9, resamples: 9 }),
  achievedTilt: (t, o) => bias.achievedTilt(o, targetOf(t), { direction: 'feature', seed: 's' }),
  applyGroupThresholds: (t, o, minN) => {
    const constraint = 'demographic-parity';
    const fitted = bias.groupThresholds(t, { sensitive, label, score: 'score', constraint, minN: Math.max(1, minN) });
    const done = bias.applyGroupThresholds(o, fitted, { rng: createRng('x') });
    expect(done.table.rowCount).toBe(o.rowCount);
    return done;
  },
  articleTenChecklist: (t, o, minN) => bias.articleTenChecklist({ audit: auditOf(t, o, minN) }),
  auditBias: (t, o, minN) => auditOf(t, o, minN),
  augmentCounterfactuals: (t) =>
    bias.augmentCounterfactuals(
      scoresOf(t).map((x) => `she has ${x}`),
      [['she', 'he']],
    ),
  'auditBias of one table': (t, _, minN) => {
    const audit = bias.auditBias(t, undefined, {
      sensitive,
      label,
      control: ['race'],
      seed: 's',
      permutations: 9,
      minN,
    });
    return [audit, bias.biasReport(audit)];
  },
  biasAmplification: (t, o, minN) =>
    bias.biasAmplification(t, o, { sensitive, label, seed: 's', permutations: 9, minN }),
  biasGenerations: (t, o, minN) =>
    bias.biasGenerations([t, o, t], { sensitive, label, seed: 's', permutations: 9, minN }),
  biasReport: (t, o, minN) => bias.biasReport(auditOf(t, o, minN)),
  calibrationByGroup: (t, _, minN) =>
    bias.calibrationByGroup(t, { sensitive, label, score: 'score', minN, rng: createRng('x'), resamples: 19 }),
  calibrationByGroupOf: (t, o, minN) =>
    bias.calibrationByGroupOf(scored(t, o), { minN, rng: createRng('x'), resamples: 9 }),
  clarifyMetrics: (t) => {
    const found = clarified(t);
    expect(found.advantaged + found.disadvantaged + found.leftOut).toBe(t.rowCount);
    return found;
  },
  clarifyReport: (t) => bias.clarifyReport(clarified(t)),
  conditionalDisparity: (t, _, minN) =>
    bias.conditionalDisparity(bias.groupTable(t, { sensitive, control: ['race'], label }), { first: 'f', minN }),
  consistency: (t) =>
    bias.consistency(
      [scoresOf(t).map((x) => (Number.isNaN(x) ? 0.5 : x))],
      scoresOf(t).map((x) => (x >= 0.5 ? 1 : 0)),
      { neighbours: Math.min(3, Math.max(1, t.rowCount)) },
    ),
  counterfactualGap: (t) => {
    const scores = scoresOf(t).filter((x) => !Number.isNaN(x));
    return bias.counterfactualGap(scores, scores.slice().reverse(), { threshold: 0.5 });
  },
  demographicDisparity: (t) => bias.demographicDisparity(counted(t)),
  demographicParityDifference: (t, _, minN) => bias.demographicParityDifference(counted(t), drawn(minN)),
  demographicParityRatio: (t, _, minN) => bias.demographicParityRatio(counted(t), drawn(minN)),
  differentialFairness: (t) => bias.differentialFairness(countsOf(t)),
  directionalAmplification: (t, o) => {
    const sides = [t, o].map((table) => {
      const cells = bias.groupTable(table, { sensitive: ['race'], label });
      const sizes = ['a', 'b', 'c'].map(
        (race) => cells.cells.find((cell) => cell.group[0] === race)?.n ?? [0, 0, 0, 0],
      );
      const joint = sizes.map((n) => n[2]! + n[3]!);
      return {
        n: cells.rows,
        attributes: sizes.map((n) => n.reduce((sum, x) => sum + x, 0)),
        tasks: [joint.reduce((sum, x) => sum + x, 0)],
        both: [joint],
      };
    });
    return bias.directionalAmplification(sides[0]!, sides[1]!);
  },
  equalOpportunityDifference: (t, _, minN) => bias.equalOpportunityDifference(counted(t), drawn(minN)),
  equalOpportunityRatio: (t, _, minN) => bias.equalOpportunityRatio(counted(t), drawn(minN)),
  equalizedOddsDifference: (t, _, minN) => bias.equalizedOddsDifference(counted(t), drawn(minN)),
  equalizedOddsRatio: (t, _, minN) => bias.equalizedOddsRatio(counted(t), drawn(minN)),
  fairReport: (t, o) => {
    const target = targetOf(t);
    return bias.fairReport({ target, achieved: bias.achievedTilt(o, target, { direction: 'pool', seed: 's' }) });
  },
  'fairReport of a curve': (t, o) => bias.fairReport({ target: targetOf(t), tradeOff: tradeOff(t, o) }),
  fairTarget: (t) => {
    const target = targetOf(t);
    expect(target.rows + target.leftOut).toBe(t.rowCount);
    return target;
  },
  fairTradeOff: (t, o) => tradeOff(t, o),
  findReversals: (t, _, minN) => {
    const found = bias.findReversals(t, { sensitive: 'sex', label, minN });
    expect(found.rows + found.leftOut).toBe(t.rowCount);
    return found;
  },
  generalizedEntropy: (t) =>
    bias.generalizedEntropy(
      scoresOf(t).map((x) => (Number.isNaN(x) ? 0 : x)),
      { alpha: t.rowCount % 3, groups: scoresOf(t).map((_, i) => i % 2) },
    ),
  groupTable: (t) => {
    const cells = counted(t);
    const out = Object.values(cells.leftOut).reduce((sum, n) => sum + n, 0);
    expect(cells.rows + out).toBe(t.rowCount);
    return cells;
  },
  groupThresholds: (t, _, minN) => {
    const fitted = bias.groupThresholds(t, {
      sensitive,
      label,
      score: 'score',
      constraint: 'demographic-parity',
      minN: Math.max(1, minN),
    });
    expect(fitted.rows + fitted.leftOut).toBe(t.rowCount);
    return fitted;
  },
  impactRatios: (t, _, minN) => {
    const found = bias.impactRatios(t, { sensitive: both, outcome: label, minN });
    for (const facet of found.facets) {
      expect(facet.categories.reduce((sum, one) => sum + one.n, facet.unknown) + found.leftOut).toBe(t.rowCount);
      for (const one of facet.categories) expect(one.below === null).toBe(one.impactRatio === null);
    }
    return found;
  },
  'impactRatios of a score': (t, _, minN) => bias.impactRatios(t, { sensitive, score: 'score', minN }),
  impactReport: (t, _, minN) => bias.impactReport(bias.impactRatios(t, { sensitive: both, outcome: label, minN })),
  labelProbabilities: (t, o) => bias.labelProbabilities(t, o, { label, learner: 'logistic', exclude: ['p'] }),
  massage: (t) => {
    const done = bias.massage(t, { deprived: { column: 'race', positive: 'a' }, label, score: scoresOf(t) });
    expect(done.table.rowCount).toBe(t.rowCount);
    return done;
  },
  mergeGroupTables: (t, o) => {
    const merged = bias.mergeGroupTables([counted(t), counted(o)]);
    expect(merged.rows).toBe(counted(t).rows + counted(o).rows);
    return merged;
  },
  mergeRegressionTables: (t, o) => bias.mergeRegressionTables([summed(t), summed(o)]),
  mergeScoreTables: (t, o) => scored(t, o, 'weight'),
  metricFrame: (t, _, minN) => bias.metricFrame(counted(t), { minN }),
  oneVsRestFrame: (t, _, minN) =>
    bias.oneVsRestFrame(t, { sensitive, label: 'race', prediction: 'sex', control: ['p'], minN }),
  pairScores: (t) =>
    bias.pairScores(scoresOf(t).map((x, i) => ({ stereotype: x, antiStereotype: i % 3, unrelated: 0.5 }))),
  'pairScores without unrelated sentences': (t) =>
    bias.pairScores(
      scoresOf(t)
        .filter((x) => !Number.isNaN(x))
        .map((x, i) => ({ stereotype: x, antiStereotype: (i % 3) / 2 })),
    ),
  pairwiseDisparities: (t, _, minN) => bias.pairwiseDisparities(counted(t), { metric: 'truePositiveRate', minN }),
  privilegedComparison: (t, _, minN) =>
    bias.privilegedComparison(counted(t), { privileged: [{ sex: 'm' }], unprivileged: [{ sex: 'f' }], minN }),
  rankingParity: (t, _, minN) => {
    const found = bias.rankingParity(t, {
      sensitive: both,
      score: 'score',
      k: 3,
      minN,
      rng: createRng('x'),
      permutations: 9,
    });
    expect(found.rows + found.leftOut).toBe(t.rowCount);
    expect(found.groups.reduce((sum, one) => sum + (one.n ?? 0), found.suppressed.rows)).toBe(found.rows);
    return found;
  },
  rankingParityOf: (t, o, minN) =>
    bias.rankingParityOf(scored(t, o), { k: 3, minN, rng: createRng('x'), permutations: 9 }),
  regressionFrame: (t, _, minN) => bias.regressionFrame(t, { sensitive, label: 'score', prediction: 'weight', minN }),
  regressionFrameOf: (t, o, minN) =>
    bias.regressionFrameOf(bias.mergeRegressionTables([summed(t), summed(o)]), { minN }),
  regressionTable: (t) => summed(t),
  repairDisparateImpact: (t) => {
    const done = bias.repairDisparateImpact(t, { sensitive, columns: ['score', 'weight'] });
    for (const one of done.columns) expect(one.missing).toBeLessThanOrEqual(t.rowCount);
    return done;
  },
  'repairDisparateImpact by unique quantiles': (t) =>
    bias.repairDisparateImpact(t, { sensitive: both, columns: ['score'], level: 0.5, method: 'unique-quantiles' }),
  representation: (t, o, minN) => bias.representation(t, { columns: both, reference: { table: o }, minN }),
  resampleGroupTable: (t) => bias.resampleGroupTable(bias.groupTable(t, { sensitive, label }), createRng('x')),
  resampleGroups: (t) => {
    const done = bias.resampleGroups(t, { sensitive: ['race'], label, rng: createRng('x') });
    expect(done.cells.reduce((sum, cell) => sum + cell.before, 0) + done.leftOut).toBe(t.rowCount);
    return done;
  },
  'resampleGroups by score': (t) => bias.resampleGroups(t, { sensitive: ['race'], label, score: scoresOf(t) }),
  reweigh: (t) => bias.reweigh(bias.groupTable(t, { sensitive, label, weight: 'weight' }), { emptyCells: 'skip' }),
  scanSubgroups: (t) =>
    bias.scanSubgroups(t, { columns: both, outcome: label, direction: 'positive' }, { simulations: 9 }),
  scoreFrame: (t, _, minN) => {
    const found = bias.scoreFrame(t, { sensitive, label, score: 'score', weight: 'weight', minN });
    expect(found.rows + found.leftOut).toBe(t.rowCount);
    return found;
  },
  scoreFrameOf: (t, o, minN) =>
    bias.scoreFrameOf(scored(t, o, 'weight'), { minN, rng: createRng('x'), permutations: 9 }),
  scoreTable: (t) => {
    const cells = bias.scoreTable(t, { sensitive: both, label, score: 'score', control: ['p'] });
    const { missingLabel, missingScore } = cells.leftOut;
    expect(cells.rows + missingLabel + missingScore).toBe(t.rowCount);
    return cells;
  },
  shareComparison: (t, o) => {
    const [x, y] = [t, o].map((table) =>
      bias.groupTable(table, { sensitive: ['race'] }).cells.map((cell) => cell.n[0]!),
    ) as [number[], number[]];
    return bias.shareComparison(
      [0, 1, 2].map((k) => x[k] ?? 0),
      [0, 1, 2].map((k) => y[k] ?? 0),
    );
  },
  spontaneousBias: (t, o) => bias.spontaneousBias(t, o, { sensitive: both, seed: 's', permutations: 199 }),
  subsetScore: (t) => {
    const expected = scoresOf(t).filter((x) => x > 0 && x < 1);
    return bias.subsetScore(Math.min(3, expected.length), expected, { direction: 'positive' });
  },
  swapIdentities: (t) => bias.swapIdentities(scoresOf(t).join(' she '), [['she', 'he']]),
  termAssociations: (t) =>
    bias.termAssociations({
      documents: scoresOf(t).map((x, i) => [String(x), i % 2 === 0 ? 'she' : 'he']),
      identityTerms: ['she'],
      targets: ['0.5', '1', 'never'],
    }),
  tiltLabels: (t) => {
    const whole = filterRows(t, (row) => !isMissing(t.columns[2]!, row));
    const target = targetOf(whole);
    return bias.tiltLabels(whole, target, { probabilities: new Float64Array(whole.rowCount).fill(0.4), seed: 's' });
  },
  uncoveredPatterns: (t) => bias.uncoveredPatterns(t, { columns: both, threshold: 2 }),
  weat: (t) => {
    const vectors = scoresOf(t).map((x, i) => [Number.isNaN(x) ? 0.5 : x, i % 4, 1]);
    const half = Math.min(3, Math.floor(vectors.length / 4));
    const part = (k: number): number[][] => vectors.slice(k * half, (k + 1) * half);
    return bias.weat({ first: part(0), second: part(1), attributeA: part(2), attributeB: part(3) });
  },
  zhaoAmplification: (t, o) => bias.zhaoAmplification([scoresCounts(t)], [scoresCounts(o)]),
};

function scoresCounts(table: Table): number[] {
  const cells = bias.groupTable(table, { sensitive: ['race'], label }).cells;
  return ['a', 'b', 'c'].map((race) => {
    const n = cells.find((cell) => cell.group[0] === race)?.n ?? [0, 0, 0, 0];
    return n[2]! + n[3]!;
  });
}

function clarified(t: Table): bias.ClarifyMetrics {
  return bias.clarifyMetrics(
    t,
    { disadvantaged: { column: 'sex', positive: 'f' }, label, prediction, strata: ['race'], features: ['score'] },
    { resamples: 19 },
  );
}

test('every exported function has a case', () => {
  const functions = Object.entries(bias)
    .filter(([, value]) => typeof value === 'function')
    .map(([name]) => name);
  expect(functions.filter((name) => !(name in calls))).toEqual([]);
  expect(Object.keys(calls).filter((name) => !functions.includes(name.split(' ')[0]!))).toEqual([]);
});

test.each(Object.entries(calls))(
  '%s: plain finite data with reasons for any small table, or a named error',
  (_, call) => {
    let answered = 0;
    fc.assert(
      fc.property(rowsOf, rowsOf, fc.constantFrom(0, 1, 3, 10), (rows, others, minN) => {
        try {
          const found = figuresOf(call(tableOf(rows), tableOf(others), minN));
          checkJsonSafe(found);
          checkFigures(found);
          answered++;
        } catch (error) {
          if (!(error instanceof SynthproofError)) throw error;
        }
      }),
      { numRuns: 60 },
    );
    // Errors are allowed, but not always: the law must have been looked at.
    expect(answered).toBeGreaterThan(10);
  },
);
