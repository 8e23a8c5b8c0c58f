import { describe, expect, test } from 'vitest';
import {
  kWayMarginals,
  measureDetectability,
  measureQuality,
  measureUtility,
  pmse,
  qualityReport,
  subgroupFidelity,
  tableEnergyDistance,
  tableMmd,
} from '../../src/quality/index.ts';
import { createRng, normal, uniform } from '../../src/random/index.ts';
import { toHtml, toMarkdown } from '../../src/report/index.ts';
import {
  categoryColumn,
  createTable,
  dropColumns,
  integerColumn,
  numberColumn,
  sliceRows,
  textColumn,
} from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';

const code = (name: string) => expect.objectContaining({ code: name });

/** Two related numbers, a level that follows them, a group, some missing cells. */
function people(rows: number, seed: string, related = true): Table {
  const rng = createRng(seed);
  const a = Array.from({ length: rows }, () => normal(rng));
  const b = a.map((x) => (related ? 0.8 * x : 0) + 0.6 * normal(rng));
  return createTable([
    numberColumn(
      'a',
      a.map((x) => (uniform(rng) < 0.05 ? null : x)),
    ),
    numberColumn('b', b),
    categoryColumn(
      'c',
      b.map((x) => (x + 0.3 * normal(rng) > 0 ? 'high' : 'low')),
    ),
    categoryColumn(
      'g',
      a.map(() => (uniform(rng) < 0.75 ? 'many' : 'few')),
    ),
    textColumn(
      'name',
      a.map((_, i) => `p${i}`),
    ),
  ]);
}

/** No number in the result may be NaN or infinite. */
function expectJsonSafe(value: unknown): void {
  expect(JSON.parse(JSON.stringify(value))).toEqual(
    JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'number' && !Number.isFinite(v) ? 'BAD' : v))),
  );
}

const real = people(600, 'real');
const fresh = people(500, 'fresh');
const broken = people(500, 'broken', false);

describe('measureDetectability', () => {
  test('sees lost relations with trees, and nothing in a fresh sample', () => {
    const bad = measureDetectability(real, broken, { seed: 's', noiseFloor: { repeats: 1 } });
    const good = measureDetectability(real, fresh, { seed: 's', noiseFloor: { repeats: 0 } });
    const [trees, line] = bad.scores;
    expect(trees!.value).toBeGreaterThan(0.65);
    expect(trees!.pValue).toBeLessThan(1e-4);
    expect(trees!.noise!.excess).toBeGreaterThan(0.08);
    expect(trees!.nReal).toBe(500);
    expect(trees!.foldValues.length).toBe(3);
    expect(trees!.skipped).toEqual([{ column: 'name', kind: 'text', reason: 'TEXT' }]);
    // Main effects cannot see that a and b no longer go together.
    expect(line!.value).toBeLessThan(0.6);
    for (const score of good.scores) {
      expect(score.interval!.lower).toBeLessThan(0.5);
      expect(score.pValue).toBeGreaterThan(0.01);
      expect(score.noise).toBeNull();
    }
    expectJsonSafe([bad, good]);
    expect(measureDetectability(real, broken, { seed: 's', noiseFloor: { repeats: 1 } })).toEqual(bad);
  });

  test('says why there is no figure', () => {
    const few = measureDetectability(sliceRows(real, 0, 20), fresh, { seed: 's' });
    expect(few.scores.map((score) => [score.value, score.reason])).toEqual([
      [null, 'TOO_FEW_ROWS'],
      [null, 'TOO_FEW_ROWS'],
    ]);
    const flat = createTable([integerColumn('k', new Array(100).fill(1))]);
    expect(measureDetectability(flat, flat, { seed: 's' }).scores[0]!.reason).toBe('NO_FEATURES');
    expect(() => measureDetectability(real, fresh, { seed: 's', learners: ['forest' as 'boosted'] })).toThrow(
      code('BAD_OPTION'),
    );
    expect(() => measureDetectability(real, fresh, { seed: 's', folds: 1 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => measureDetectability(real, fresh, { seed: 's', signal: { aborted: true } })).toThrow(code('ABORTED'));
    expect(() => measureDetectability(real, fresh, { seed: 4 as unknown as string })).toThrow(code('BAD_OPTION'));
  });

  test('a number beside an integer column is compared as a number', () => {
    const whole = createTable([
      integerColumn(
        'x',
        Array.from({ length: 60 }, (_, i) => i),
      ),
    ]);
    const decimal = createTable([
      numberColumn(
        'x',
        Array.from({ length: 60 }, (_, i) => i + 0.5),
      ),
    ]);
    expect(measureDetectability(whole, decimal, { seed: 's', learners: ['logistic'] }).scores[0]!.value).not.toBeNull();
  });
});

describe('pmse', () => {
  test('the ratio is near 1 for a fresh sample as hold-out, and 1 / (1 - c) times that as training', () => {
    const holdout = pmse(real, fresh, { seed: 's', realRows: 'holdout' });
    const training = pmse(real, fresh, { seed: 's' });
    expect(holdout.ratio).toBeGreaterThan(0.2);
    expect(holdout.ratio).toBeLessThan(2.5);
    const c = 500 / 1100;
    expect(training.ratio! / holdout.ratio!).toBeCloseTo(1 / (1 - c), 10);
    // a, missing a, b, c, g and the intercept: one of two levels is given by the other.
    expect(holdout.parameters).toBe(6);
    expect(holdout.noise!.rowsPerSide).toBe(300);
    const shifted = createTable([
      numberColumn(
        'x',
        Array.from({ length: 80 }, (_, i) => i % 8),
      ),
    ]);
    const base = createTable([
      numberColumn(
        'x',
        Array.from({ length: 80 }, (_, i) => (i % 8) + 2),
      ),
    ]);
    expect(pmse(base, shifted, { seed: 's' }).ratio).toBeGreaterThan(10);
    expectJsonSafe([holdout, training]);
  });

  test('trees see what main effects cannot; separation ends in finite figures', () => {
    const trees = pmse(real, broken, { seed: 's', learner: 'boosted', permutations: 9, noiseFloor: { repeats: 0 } });
    expect(trees.ratio).toBeGreaterThan(1.5);
    expect(trees.pValue).toBe(0.1);
    const split = (label: string) =>
      createTable([
        categoryColumn(
          'k',
          Array.from({ length: 50 }, (_, i) => (i % 2 ? label : 'shared')),
        ),
      ]);
    const apart = pmse(split('x'), split('y'), { seed: 's' });
    expect(apart.value).toBeGreaterThan(0.1);
    expectJsonSafe(apart);
    expect(pmse(sliceRows(real, 0, 5), fresh, { seed: 's' }).reason).toBe('TOO_FEW_ROWS');
    expect(pmse(sliceRows(real, 0, 0), sliceRows(real, 0, 0), { seed: 's' }).syntheticShare).toBeNull();
    expect(() => pmse(real, fresh, { seed: 's', learner: 'x' as 'boosted' })).toThrow(code('BAD_OPTION'));
  });
});

describe('tableMmd and tableEnergyDistance', () => {
  test('tell lost relations from a fresh sample', () => {
    for (const distance of [tableMmd, tableEnergyDistance]) {
      const bad = distance(real, broken, { seed: 's', rows: 400 });
      const good = distance(real, fresh, { seed: 's', rows: 400 });
      expect(bad.pValue).toBe(0.01);
      expect(bad.noise!.excess!).toBeGreaterThan(0);
      expect(good.pValue).toBeGreaterThan(0.01);
      expect(Math.abs(good.value!)).toBeLessThan(bad.value!);
      expectJsonSafe([bad, good]);
    }
  });

  test('do not depend on the unit of a number; missing cells count', () => {
    const scaled = (table: Table): Table =>
      createTable(
        table.columns.map((column) =>
          column.name === 'b' && column.kind === 'number'
            ? numberColumn(
                'b',
                column.values.map((x) => 1e9 * x - 5),
              )
            : column,
        ),
      );
    const plain = tableEnergyDistance(real, broken, {
      seed: 's',
      rows: 200,
      permutations: 0,
      noiseFloor: { repeats: 0 },
    });
    const moved = tableEnergyDistance(scaled(real), scaled(broken), {
      seed: 's',
      rows: 200,
      permutations: 0,
      noiseFloor: { repeats: 0 },
    });
    expect(moved.value).toBeCloseTo(plain.value!, 12);
    expect(plain.pValue).toBeUndefined();
    const holes = (every: number) =>
      createTable([
        numberColumn(
          'x',
          Array.from({ length: 90 }, (_, i) => (i % every === 0 ? null : (i * 37) % 91)),
        ),
      ]);
    expect(tableEnergyDistance(holes(90), holes(3), { seed: 's' }).pValue).toBe(0.01);
    const flat = createTable([integerColumn('k', new Array(30).fill(1))]);
    expect(tableMmd(flat, flat, { seed: 's' }).reason).toBe('NO_FEATURES');
    expect(tableMmd(sliceRows(flat, 0, 3), flat, { seed: 's' }).reason).toBe('TOO_FEW_ROWS');
  });
});

describe('kWayMarginals', () => {
  const xor = (last: (i: number) => number): Table => {
    const bit = (shift: number) => Array.from({ length: 400 }, (_, i) => String((i >> shift) & 1));
    return createTable([
      categoryColumn('p', bit(0)),
      categoryColumn('q', bit(1)),
      categoryColumn(
        'r',
        Array.from({ length: 400 }, (_, i) => String(last(i))),
      ),
    ]);
  };
  const parity = xor((i) => (i & 1) ^ ((i >> 1) & 1));
  const free = xor((i) => (i >> 2) & 1);

  test('three columns see what two cannot', () => {
    const pairs = kWayMarginals(parity, free, { seed: 's', k: 2 });
    const triple = kWayMarginals(parity, free, { seed: 's' });
    expect(pairs.value).toBeCloseTo(0, 12);
    expect(triple.value).toBe(0.5);
    expect(triple.sets[0]!.columns).toEqual(['p', 'q', 'r']);
    expect(triple.noise!.excess).toBeGreaterThan(0.4);
    expect(triple.possibleSets).toBe(1);
    expectJsonSafe([pairs, triple]);
  });

  test('a fresh sample stays at the floor; sets are drawn when there are many', () => {
    const score = kWayMarginals(real, fresh, { seed: 's', noiseFloor: { repeats: 5 } });
    expect(Math.abs(score.noise!.excess!)).toBeLessThan(0.05);
    expect(score.interval!.lower).toBeLessThanOrEqual(0.001);
    const drawn = kWayMarginals(real, fresh, { seed: 's', k: 2, sets: 4 });
    expect(drawn.sets.length).toBe(4);
    expect(drawn.possibleSets).toBe(6);
    expect(new Set(drawn.sets.map((set) => set.columns.join())).size).toBe(4);
    expect(kWayMarginals(real, fresh, { seed: 's', k: 6 }).reason).toBe('TOO_FEW_COLUMNS');
    expect(kWayMarginals(real, sliceRows(fresh, 0, 0), { seed: 's' }).reason).toBe('TOO_FEW_ROWS');
  });
});

describe('measureUtility', () => {
  const holdout = people(400, 'holdout');

  test('classification: synthetic rows with the relation serve as well, without it they do not', () => {
    const good = measureUtility({ real, synthetic: fresh, holdout }, { target: 'c', seed: 's' });
    const worse = createTable([
      ...dropColumns(fresh, ['c']).columns,
      categoryColumn(
        'c',
        Array.from({ length: 500 }, (_, i) => (i % 3 ? 'high' : 'low')),
      ),
    ]);
    const bad = measureUtility(
      { real, synthetic: worse, holdout },
      { target: 'c', seed: 's', noiseFloor: { repeats: 0 } },
    );
    expect(good.comparisons.map((entry) => entry.metric)).toEqual(['auc', 'accuracy', 'f1']);
    expect(good.comparisons[0]!.ratio.value).toBeGreaterThan(0.95);
    expect(good.comparisons[0]!.ratio.interval!.lower).toBeLessThanOrEqual(good.comparisons[0]!.ratio.value!);
    expect(good.comparisons[0]!.noise!.gap).not.toBeNull();
    expect(good.noiseFloor).toEqual({ repeats: 1, rowsPerSide: 300 });
    expect(good.skipped).toEqual(['name']);
    expect(bad.comparisons[0]!.ratio.value).toBeLessThan(0.7);
    expect(bad.comparisons[0]!.noise).toBeNull();
    expectJsonSafe([good, bad]);
  });

  test('regression, several classes, and logistic regression', () => {
    const numbers = measureUtility({ real, synthetic: fresh, holdout }, { target: 'a', seed: 's' });
    expect(numbers.task).toBe('regression');
    expect(numbers.comparisons.map((entry) => entry.metric)).toEqual(['r2', 'rmse']);
    expect(numbers.comparisons[0]!.trtr.value).toBeGreaterThan(0.3);
    expect(numbers.rows.leftOut[0]).toBeGreaterThan(10);
    const line = measureUtility(
      { real, synthetic: fresh, holdout },
      { target: 'c', seed: 's', learner: 'logistic', positive: 'high' },
    );
    expect(line.positive).toBe('high');
    expect(line.comparisons[0]!.trtr.value).toBeGreaterThan(0.9);
    const three = (table: Table): Table =>
      createTable([
        table.columns[1]!,
        categoryColumn(
          'k',
          Array.from((table.columns[1] as { values: Float64Array }).values, (x) =>
            x < -0.5 ? 'x' : x < 0.5 ? 'y' : 'z',
          ),
        ),
      ]);
    const many = measureUtility(
      { real: three(real), synthetic: three(fresh), holdout: three(holdout) },
      { target: 'k', seed: 's', noiseFloor: { repeats: 0 } },
    );
    expect(many.classes).toEqual(['x', 'y', 'z']);
    expect(many.positive).toBeNull();
    expect(many.comparisons[1]!.tstr.value).toBeGreaterThan(0.9);
    expectJsonSafe([numbers, line, many]);
  });

  test('says why there is no figure, and refuses what cannot be predicted', () => {
    const one = createTable(
      holdout.columns.map((column) => (column.name === 'c' ? categoryColumn('c', new Array(400).fill('low')) : column)),
    );
    const flat = measureUtility(
      { real, synthetic: fresh, holdout: one },
      { target: 'c', seed: 's', positive: 'high', noiseFloor: { repeats: 0 } },
    );
    expect(flat.comparisons[0]!.trtr.reason).toBe('ONE_CLASS');
    expect(flat.comparisons[1]!.trtr.value).toBeGreaterThan(0.3);
    const empty = measureUtility({ real, synthetic: sliceRows(fresh, 0, 0), holdout }, { target: 'c', seed: 's' });
    expect(empty.comparisons[0]!.tstr.reason).toBe('NOT_TRAINED');
    expect(empty.noiseFloor).toBeNull();
    expectJsonSafe([flat, empty]);
    const run = (options: object) => () =>
      measureUtility({ real, synthetic: fresh, holdout }, { target: 'c', seed: 's', ...options });
    expect(run({ target: 'zz' })).toThrow(code('UNKNOWN_COLUMN'));
    expect(run({ task: 'regression' })).toThrow(code('KIND_MISMATCH'));
    expect(run({ positive: 'zz' })).toThrow(code('BAD_OPTION'));
    expect(run({ target: 'b', learner: 'logistic' })).toThrow(code('BAD_OPTION'));
    expect(run({ skip: ['zz'] })).toThrow(code('UNKNOWN_COLUMN'));
  });
});

describe('subgroupFidelity', () => {
  /** Faithful for the many, without the relation for the few. */
  const unfair = ((): Table => {
    const groups = (fresh.columns[3] as { codes: Int32Array; labels: readonly string[] }) ?? null;
    const other = people(500, 'other', false);
    const b = (fresh.columns[1] as { values: Float64Array }).values.map((x, i) =>
      groups.labels[groups.codes[i]!] === 'few' ? (other.columns[1] as { values: Float64Array }).values[i]! : x,
    );
    return createTable([fresh.columns[0]!, numberColumn('b', b), fresh.columns[2]!, fresh.columns[3]!]);
  })();

  test('finds the group that is served worst, with its rows', () => {
    const result = subgroupFidelity(real, unfair, { groupBy: ['g'], seed: 's', skip: ['name'] });
    expect(result.worst!.group).toBe('few');
    expect(result.worst!.gap.value).toBeGreaterThan(0.05);
    expect(result.worst!.gap.interval!.lower).toBeGreaterThan(0);
    expect(result.groups.length).toBe(2);
    expect(result.groups.reduce((total, entry) => total + entry.nReal, 0)).toBe(600);
    expectJsonSafe(result);
  });

  test('suppresses small groups, counts them, and names lost ones', () => {
    const all = subgroupFidelity(real, fresh, { groupBy: ['g', 'c'], crossed: true, seed: 's', minRows: 100 });
    expect(all.suppressed.groups).toBe(2);
    expect(all.groups.length + all.suppressed.groups + all.lost.length).toBe(4);
    const many = createTable(
      fresh.columns.map((column) => (column.name === 'g' ? categoryColumn('g', new Array(500).fill('many')) : column)),
    );
    const gone = subgroupFidelity(real, many, { groupBy: ['g'], seed: 's' });
    expect(gone.lost.map((entry) => [entry.group, entry.nSynthetic])).toEqual([['few', 0]]);
    expect(() => subgroupFidelity(real, fresh, { groupBy: [], seed: 's' })).toThrow(code('EMPTY_INPUT'));
    expect(() => subgroupFidelity(real, fresh, { groupBy: ['zz'], seed: 's' })).toThrow(code('UNKNOWN_COLUMN'));
  });
});

test('qualityReport joins all results as sections with pictures', () => {
  const none = { noiseFloor: { repeats: 0 } };
  const quality = measureQuality(real, fresh, { seed: 's', noiseFloor: { repeats: 1 } });
  const report = qualityReport(quality, {
    detectability: measureDetectability(real, broken, { seed: 's', ...none }),
    utility: [measureUtility({ real, synthetic: fresh, holdout: fresh }, { target: 'c', seed: 's' })],
    differences: [
      pmse(real, fresh, { seed: 's' }),
      tableMmd(real, fresh, { seed: 's', rows: 100 }),
      tableEnergyDistance(real, sliceRows(fresh, 0, 3), { seed: 's' }),
    ],
    kWay: kWayMarginals(real, fresh, { seed: 's' }),
    subgroups: subgroupFidelity(real, fresh, { groupBy: ['g'], seed: 's', minRows: 200 }),
  });
  expect(report.sections!.map((section) => section.title)).toEqual([
    'Detectability',
    'Utility: predicting "c"',
    'Differences beyond pairs',
    'Fidelity within groups',
  ]);
  expect(report.sections!.flatMap((section) => section.charts.map((chart) => chart.kind))).toEqual([
    'line',
    'interval',
    'interval',
  ]);
  for (const section of report.sections!)
    for (const table of section.tables) for (const row of table.rows) expect(row.length).toBe(table.columns.length);
  const text = toMarkdown(report);
  expect(text).toContain('the tables can be told apart');
  expect(text).toContain('no figure, because there are too few rows');
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
  expect(toHtml(report)).toContain('<svg');
  // Without the options the report is what it was.
  expect('sections' in qualityReport(quality)).toBe(false);
});
