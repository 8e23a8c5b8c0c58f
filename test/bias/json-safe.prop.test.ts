import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as bias from '../../src/bias/index.ts';
import { SynthproofError } from '../../src/errors.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
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

const label = { column: 'y' };
const prediction = { column: 'p' };
const sensitive = ['sex'];
const both = ['sex', 'race'];

type Call = (table: Table, other: Table, minN: number) => unknown;

const calls: Readonly<Record<string, Call>> = {
  abroca: (t, _, minN) =>
    bias.abroca(t, { sensitive, label, score: 'score', minN, rng: createRng('x'), permutations: 9 }),
  auditBias: (t, o, minN) => {
    const audit = bias.auditBias(t, o, {
      sensitive: both,
      label,
      prediction,
      control: [],
      seed: 's',
      permutations: 9,
      minN,
    });
    return [audit, bias.biasReport(audit), bias.articleTenChecklist({ audit })];
  },
  auditOne: (t, _, minN) =>
    bias.biasReport(
      bias.auditBias(t, undefined, { sensitive, label, control: ['race'], seed: 's', permutations: 9, minN }),
    ),
  biasAmplification: (t, o, minN) =>
    bias.biasAmplification(t, o, { sensitive, label, seed: 's', permutations: 9, minN }),
  biasGenerations: (t, o, minN) =>
    bias.biasGenerations([t, o, t], { sensitive, label, seed: 's', permutations: 9, minN }),
  calibrationByGroup: (t, _, minN) =>
    bias.calibrationByGroup(t, { sensitive, label, score: 'score', minN, rng: createRng('x'), resamples: 19 }),
  clarifyMetrics: (t) => {
    const found = bias.clarifyMetrics(
      t,
      { disadvantaged: { column: 'sex', positive: 'f' }, label, prediction, strata: ['race'], features: ['score'] },
      { resamples: 19 },
    );
    expect(found.advantaged + found.disadvantaged + found.leftOut).toBe(t.rowCount);
    return [found, bias.clarifyReport(found)];
  },
  conditionalDisparity: (t, _, minN) =>
    bias.conditionalDisparity(bias.groupTable(t, { sensitive, control: ['race'], label }), { first: 'f', minN }),
  disparities: (t, _, minN) => {
    const cells = bias.groupTable(t, { sensitive: both, label, prediction, weight: 'weight' });
    const out = Object.values(cells.leftOut).reduce((sum, n) => sum + n, 0);
    expect(cells.rows + out).toBe(t.rowCount);
    const options = { minN, rng: createRng('x'), permutations: 9 };
    return [
      bias.demographicParityDifference(cells, options),
      bias.demographicParityRatio(cells, options),
      bias.equalOpportunityDifference(cells, options),
      bias.equalOpportunityRatio(cells, options),
      bias.equalizedOddsDifference(cells, options),
      bias.equalizedOddsRatio(cells, options),
      bias.pairwiseDisparities(cells, { metric: 'truePositiveRate', minN }),
      bias.metricFrame(cells, { minN }),
      bias.privilegedComparison(cells, { privileged: [{ sex: 'm' }], unprivileged: [{ sex: 'f' }], minN }),
    ];
  },
  findReversals: (t, _, minN) => {
    const found = bias.findReversals(t, { sensitive: 'sex', label, minN });
    expect(found.rows + found.leftOut).toBe(t.rowCount);
    return found;
  },
  groupThresholds: (t, o, minN) => {
    const fitted = bias.groupThresholds(t, {
      sensitive,
      label,
      score: 'score',
      constraint: 'demographic-parity',
      minN: Math.max(1, minN),
    });
    expect(fitted.rows + fitted.leftOut).toBe(t.rowCount);
    const { table, ...counts } = bias.applyGroupThresholds(o, fitted, { rng: createRng('x') });
    expect(table.rowCount).toBe(o.rowCount);
    return [fitted, counts];
  },
  impactRatios: (t, _, minN) => {
    const found = bias.impactRatios(t, { sensitive: both, outcome: label, minN });
    for (const facet of found.facets) {
      expect(facet.categories.reduce((sum, one) => sum + one.n, facet.unknown) + found.leftOut).toBe(t.rowCount);
      for (const one of facet.categories) expect(one.below === null).toBe(one.impactRatio === null);
    }
    const scored = bias.impactRatios(t, { sensitive, score: 'score', minN });
    return [found, bias.impactReport(found), scored, bias.impactReport(scored)];
  },
  oneVsRestFrame: (t, _, minN) =>
    bias.oneVsRestFrame(t, { sensitive, label: 'race', prediction: 'sex', control: ['p'], minN }),
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
  regressionFrame: (t, _, minN) => bias.regressionFrame(t, { sensitive, label: 'score', prediction: 'weight', minN }),
  representation: (t, o, minN) => bias.representation(t, { columns: both, reference: { table: o }, minN }),
  resampleGroupTable: (t) => bias.resampleGroupTable(bias.groupTable(t, { sensitive, label }), createRng('x')),
  reweigh: (t) => bias.reweigh(bias.groupTable(t, { sensitive, label, weight: 'weight' }), { emptyCells: 'skip' }),
  scanSubgroups: (t) =>
    bias.scanSubgroups(t, { columns: both, outcome: label, direction: 'positive' }, { simulations: 9 }),
  scoreFrame: (t, _, minN) => {
    const found = bias.scoreFrame(t, { sensitive, label, score: 'score', weight: 'weight', minN });
    expect(found.rows + found.leftOut).toBe(t.rowCount);
    return found;
  },
  spontaneousBias: (t, o) => bias.spontaneousBias(t, o, { sensitive: both, seed: 's', permutations: 199 }),
  uncoveredPatterns: (t) => bias.uncoveredPatterns(t, { columns: both, threshold: 2 }),
};

test.each(Object.entries(calls))(
  '%s: plain finite data with reasons for any small table, or a named error',
  (_, call) => {
    let answered = 0;
    fc.assert(
      fc.property(rowsOf, rowsOf, fc.constantFrom(0, 1, 3, 10), (rows, others, minN) => {
        try {
          const found = call(tableOf(rows), tableOf(others), minN);
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
