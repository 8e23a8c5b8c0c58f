import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  abroca,
  abrocaOf,
  calibrationByGroup,
  calibrationByGroupOf,
  mergeRegressionTables,
  mergeScoreTables,
  type RegressionTable,
  rankingParity,
  rankingParityOf,
  regressionFrame,
  regressionFrameOf,
  regressionTable,
  type ScoreTable,
  scoreFrame,
  scoreFrameOf,
  scoreTable,
} from '../../src/bias/index.ts';
import { canonicalJson } from '../../src/hash/index.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { normal } from '../../src/random/normal.ts';
import { uniform } from '../../src/random/uniform.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { integerColumn } from '../../src/table/integer-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import { textColumn } from '../../src/table/text-column.ts';
import type { Table } from '../../src/types.ts';
import { checkJsonSafe } from './helpers.ts';

interface Row {
  readonly sex: string | null;
  readonly age: number | null;
  readonly y: boolean | null;
  readonly score: number | null;
  readonly truth: number | null;
  readonly weight: number | null;
}

const rowsOf = fc.array(
  fc.record<Row>({
    sex: fc.constantFrom('f', 'm', 'x', null),
    age: fc.constantFrom(2, 10, -1, null),
    y: fc.constantFrom(true, false, false, null),
    score: fc.constantFrom(0, -0, 0.1, 0.25, 0.7, 1, null),
    truth: fc.oneof(
      fc.constantFrom(0, -0, 0.1, 1e-310, 1e200, null),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    weight: fc.constantFrom(0, 1, 0.1, 2.5, null),
  }),
  { maxLength: 40 },
);

function tableOf(rows: readonly Row[]): Table {
  return createTable([
    textColumn(
      'sex',
      rows.map((row) => row.sex),
    ),
    integerColumn(
      'age',
      rows.map((row) => row.age),
    ),
    booleanColumn(
      'y',
      rows.map((row) => row.y),
    ),
    numberColumn(
      'score',
      rows.map((row) => row.score),
    ),
    numberColumn(
      'truth',
      rows.map((row) => row.truth),
    ),
    numberColumn(
      'weight',
      rows.map((row) => row.weight),
    ),
  ]);
}

const base = { sensitive: ['sex', 'age'], label: { column: 'y' }, score: 'score' };
const specs = [
  base,
  { ...base, weight: 'weight' },
  { ...base, sensitive: ['sex'], control: ['age'] },
  { sensitive: ['age'], score: 'score' },
];
const sums = [
  { sensitive: ['sex', 'age'], label: 'truth', prediction: 'score' },
  { sensitive: ['sex'], control: ['age'], label: 'truth', prediction: 'score', weight: 'weight' },
];

/** Tables of `count` shards, rows dealt in turn, so that no shard is a run of rows. */
function shardsOf<T>(table: Table, count: number, make: (part: Table) => T): T[] {
  return Array.from({ length: count }, (_, s) =>
    make(
      takeRows(
        table,
        Array.from({ length: table.rowCount }, (_, i) => i).filter((i) => i % count === s),
      ),
    ),
  );
}

describe('score and regression tables of shards', () => {
  test('1, 2, 7 and 64 shards in any order give the bytes of the whole; grouping does not matter', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const table = tableOf(rows);
        const check = <T extends ScoreTable | RegressionTable>(
          make: (part: Table) => T,
          merge: (tables: readonly T[]) => T,
        ): void => {
          const whole = make(table);
          checkJsonSafe(whole);
          const bytes = canonicalJson(whole);
          for (const count of [1, 2, 7, 64]) {
            const parts = shardsOf(table, count, make);
            expect(canonicalJson(merge(parts))).toBe(bytes);
            expect(canonicalJson(merge([...parts].reverse()))).toBe(bytes);
            if (count !== 7) continue;
            const back = JSON.parse(JSON.stringify(parts)) as T[];
            expect(canonicalJson(merge([merge(back.slice(0, 3)), merge(back.slice(3))]))).toBe(bytes);
          }
        };
        for (const spec of specs) check((part) => scoreTable(part, spec), mergeScoreTables);
        for (const spec of sums) check((part) => regressionTable(part, spec), mergeRegressionTables);
      }),
      { numRuns: 40 },
    );
  });

  test('figures of merged shards are those of the rows', () => {
    const rng = createRng('shards');
    const rows = Array.from({ length: 500 }, (_, i): Row => {
      const y = uniform(rng) < 0.4;
      const score = Math.round(100 * Math.min(1, Math.max(0, 0.5 + 0.2 * normal(rng) + (y ? 0.1 : 0)))) / 100;
      const truth = 1e6 + normal(rng);
      return { sex: i % 3 ? 'f' : 'm', age: i % 2, y, score, truth, weight: 1 + (i % 4) / 3 };
    });
    const table = tableOf(rows);
    const merged = (spec: Parameters<typeof scoreTable>[1]): ScoreTable =>
      mergeScoreTables(
        JSON.parse(JSON.stringify(shardsOf(table, 7, (part) => scoreTable(part, spec)))) as ScoreTable[],
      );
    const plain = { sensitive: ['sex'], label: { column: 'y' }, score: 'score' };
    const drawn = (): { rng: ReturnType<typeof createRng>; permutations: number; resamples: number } => ({
      rng: createRng('x'),
      permutations: 19,
      resamples: 19,
    });
    expect(scoreFrameOf(merged({ ...base, weight: 'weight' }), drawn())).toEqual(
      scoreFrame(table, { ...base, weight: 'weight', ...drawn() }),
    );
    expect(abrocaOf(merged(plain), drawn())).toEqual(abroca(table, { ...plain, ...drawn() }));
    expect(calibrationByGroupOf(merged(plain), drawn())).toEqual(calibrationByGroup(table, { ...plain, ...drawn() }));
    const ranked = { sensitive: ['sex'], score: 'score' };
    expect(rankingParityOf(merged(ranked), { k: 50, ...drawn() })).toEqual(
      rankingParity(table, { ...ranked, k: 50, ...drawn() }),
    );
    const spec = { sensitive: ['sex'], control: ['age'], label: 'truth', prediction: 'weight', weight: 'weight' };
    const parts = shardsOf(table, 7, (part) => regressionTable(part, spec));
    expect(regressionFrameOf(mergeRegressionTables(parts))).toEqual(regressionFrame(table, spec));
  });

  test('figures do not see columns that a table counts besides', () => {
    const rows = Array.from(
      { length: 60 },
      (_, i): Row => ({
        sex: i % 2 ? 'f' : 'm',
        age: i % 3,
        y: i % 5 < 2,
        score: (i % 11) / 10,
        truth: 0,
        weight: 1,
      }),
    );
    const table = tableOf(rows);
    const narrow = scoreTable(table, { sensitive: ['sex'], label: { column: 'y' }, score: 'score' });
    const wide = scoreTable(table, { ...base, sensitive: ['sex'], control: ['age'] });
    expect(abrocaOf(wide)).toEqual(abrocaOf(narrow));
    expect(rankingParityOf(wide, { k: 9 })).toEqual(rankingParityOf(narrow, { k: 9 }));
    const rng = (): ReturnType<typeof createRng> => createRng('x');
    expect(calibrationByGroupOf(wide, { rng: rng(), resamples: 9 })).toEqual(
      calibrationByGroupOf(narrow, { rng: rng(), resamples: 9 }),
    );
  });

  test('whole numbers stay in order of size when shards know different levels', () => {
    const row = { sex: 'f', y: true, score: 0.5, truth: 1, weight: 1 };
    const parts = [10, -1, 2].map((age) => scoreTable(tableOf([{ ...row, age }]), { ...base, sensitive: ['age'] }));
    expect(mergeScoreTables(parts).levels).toEqual([['-1', '2', '10']]);
  });

  test('no tables, other specs, other tables and broken ones are refused', () => {
    const table = tableOf([{ sex: 'f', age: 1, y: true, score: 0.5, truth: 1, weight: 1 }]);
    const cells = scoreTable(table, base);
    const moments = regressionTable(table, sums[0]!);
    const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });
    expect(() => mergeScoreTables([])).toThrow(code('EMPTY_INPUT'));
    expect(() => mergeRegressionTables([])).toThrow(code('EMPTY_INPUT'));
    expect(() => mergeScoreTables([cells, scoreTable(table, specs[1]!)])).toThrow(code('SPEC_MISMATCH'));
    expect(() => mergeRegressionTables([moments, cells as never])).toThrow(code('SPEC_MISMATCH'));
    expect(() => scoreFrameOf(moments as never)).toThrow(code('SPEC_MISMATCH'));
    expect(() => regressionFrameOf(cells as never)).toThrow(code('SPEC_MISMATCH'));
    expect(() => abrocaOf(scoreTable(table, specs[3]!))).toThrow(/name the label/);
    expect(() => abrocaOf(scoreTable(table, specs[1]!))).toThrow(/without weights/);
    for (const broken of [
      { scores: [0.5, 0.4], n: [1, 1] },
      { scores: [Number.NaN] },
      { n: [0] },
      { n: [1.5] },
      { n: [] },
      { label: 2 },
      { weights: [1] },
    ])
      expect(() => scoreFrameOf({ ...cells, cells: [{ ...cells.cells[0]!, ...broken }] } as never)).toThrow(
        code('BAD_VALUE'),
      );
    const cell = moments.cells[0]!;
    const bad = { ...moments, cells: [{ ...cell, sums: { ...cell.sums, yy: 'x' } }] };
    expect(() => regressionFrameOf(bad, { minN: 0 })).toThrow(code('BAD_VALUE'));
    const far = scoreTable(tableOf([{ sex: 'f', age: 1, y: true, score: 7, truth: 1, weight: 1 }]), base);
    expect(() => calibrationByGroupOf(far, { rng: createRng('x') })).toThrow(code('BAD_VALUE'));
  });
});

describe('regressionFrame', () => {
  const one = (y: readonly number[], p: readonly number[]): (number | null)[] =>
    regressionFrame(
      createTable([
        textColumn(
          's',
          y.map(() => 'a'),
        ),
        numberColumn('y', y),
        numberColumn('p', p),
      ]),
      { sensitive: ['s'], label: 'y', prediction: 'p', minN: 1 },
    ).strata[0]!.overall.map((figure) => figure.value);

  test('a label far from 0 costs no digits', () => {
    const y = [1, 2, 3, 4];
    const p = [1.5, 2, 2.5, 4];
    const far = 2 ** 40;
    expect(
      one(
        y.map((x) => x + far),
        p.map((x) => x + far),
      ).slice(2),
    ).toEqual(one(y, p).slice(2));
    expect(one(y, p)[5]).toBe(0.9);
  });

  test('sums beyond the largest double have a reason, not an infinity', () => {
    const frame = regressionFrame(
      createTable([
        textColumn('s', ['a', 'a']),
        numberColumn('y', [1e300, -1e300]),
        numberColumn('p', [-1e300, 5e-324]),
      ]),
      { sensitive: ['s'], label: 'y', prediction: 'p', minN: 1 },
    );
    checkJsonSafe(frame);
    expect(frame.strata[0]!.overall[3]).toMatchObject({ value: null, reason: 'beyond-largest-double' });
    expect(frame.strata[0]!.overall[5]!.value).toBeCloseTo(1 - 5 / 2, 12);
  });
});

/** Groups of unequal size whose scores go by label alone, in steps of `step`; `lift` is added to the positives of group a. */
function drawTable(seed: string, n: number, step: number, lift: number): ScoreTable {
  const rng = createRng(seed);
  const rows = Array.from({ length: n }, (): Row => {
    const sex = uniform(rng) < 0.4 ? 'a' : 'b';
    const y = uniform(rng) < 0.4;
    const score = normal(rng) + (y ? 0.8 + (sex === 'a' ? lift : 0) : 0);
    return { sex, age: 1, y, score: Math.round(score / step) * step, truth: 0, weight: 1 };
  });
  return scoreTable(tableOf(rows), { sensitive: ['sex'], label: { column: 'y' }, score: 'score' });
}

describe('tests and intervals from the table', () => {
  test('perfect scores in few rows still have an interval', () => {
    const rows = Array.from({ length: 48 }, (_, i): Row => {
      const y = i % 4 > 1;
      return { sex: i % 2 ? 'a' : 'b', age: 1, y, score: y ? 1 : 0, truth: 0, weight: 1 };
    });
    const { aucGap, abroca: area } = abroca(tableOf(rows), { ...base, sensitive: ['sex'], reference: 'b' }).groups[0]!;
    expect([aucGap.value, area.value]).toEqual([0, 0]);
    expect(aucGap.interval!.upper).toBeGreaterThan(0.05);
    expect(aucGap.interval!.upper).toBeLessThan(0.3);
  });

  test("the gap's interval is that of DeLong, DeLong & Clarke-Pearson, counted pair by pair", () => {
    const cells = drawTable('delong', 80, 0.5, 0.5);
    const { interval } = abrocaOf(cells, { reference: 'b', minN: 1 }).groups[0]!.aucGap;
    const variance = ['a', 'b'].map((sex) => {
      const of = (label: number): number[] =>
        cells.cells
          .filter((cell) => cell.group[0] === sex && cell.label === label)
          .flatMap((cell) => cell.scores.flatMap((score, i) => new Array<number>(cell.n[i]!).fill(score)));
      const [x, y] = [of(1), of(0)];
      const wins = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
      const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
      const spread = (list: readonly number[]): number =>
        list.reduce((sum, one) => sum + (one - mean(list)) ** 2, 0) / (list.length - 1) / list.length;
      return (
        spread(x.map((a) => mean(y.map((b) => wins(a, b))))) + spread(y.map((b) => mean(x.map((a) => wins(a, b)))))
      );
    });
    const half = 1.959963984540054 * Math.sqrt(variance[0]! + variance[1]!);
    expect((interval!.upper - interval!.lower) / 2).toBeCloseTo(half, 12);
  });

  test('equal groups with many ties: p is below .05 in about one of twenty, and intervals hold 0', () => {
    let [area, gap, frame, covered] = [0, 0, 0, 0];
    const runs = 120;
    for (let k = 0; k < runs; k++) {
      const cells = drawTable(`null ${k}`, 200, 0.5, 0);
      const [found] = abrocaOf(cells, {
        reference: 'b',
        rng: createRng(`a${k}`),
        permutations: 59,
        resamples: 59,
      }).groups;
      const rocAuc = scoreFrameOf(cells, { rng: createRng(`b${k}`), permutations: 59 }).strata[0]!.aggregates[2]!;
      if (found!.abroca.pValue! <= 0.05) area++;
      if (found!.aucGap.pValue! <= 0.05) gap++;
      if (rocAuc.pValue! <= 0.05) frame++;
      if (found!.abroca.interval!.lower === 0) covered++;
      expect(rocAuc.differenceBetweenGroups).toBeCloseTo(Math.abs(found!.aucGap.value!), 12);
      expect(rocAuc.nullExpectation!).toBeGreaterThan(0);
    }
    // 120 draws at .05: 6 expected, more than 14 in one of a thousand.
    for (const hits of [area, gap, frame]) expect(hits).toBeLessThanOrEqual(14);
    expect(covered / runs).toBeGreaterThanOrEqual(0.93);
  });

  test('unequal groups are found, and the intervals hold what a large sample shows', () => {
    const truth = abrocaOf(drawTable('large', 40_000, 0.01, 1), { reference: 'b' }).groups[0]!;
    let [area, gap] = [0, 0];
    const runs = 60;
    for (let k = 0; k < runs; k++) {
      const cells = drawTable(`lift ${k}`, 300, 0.01, 1);
      const [found] = abrocaOf(cells, {
        reference: 'b',
        rng: createRng(`c${k}`),
        permutations: 19,
        resamples: 99,
      }).groups;
      const holds = (value: number, { lower, upper }: { lower: number; upper: number }): boolean =>
        lower <= value && value <= upper;
      if (holds(truth.abroca.value!, found!.abroca.interval!)) area++;
      if (holds(truth.aucGap.value!, found!.aucGap.interval!)) gap++;
    }
    expect(area / runs).toBeGreaterThanOrEqual(0.9);
    expect(gap / runs).toBeGreaterThanOrEqual(0.88);
    const tested = scoreFrameOf(drawTable('one', 300, 0.01, 1), { rng: createRng('x'), permutations: 99 });
    expect(tested.strata[0]!.aggregates[2]!.pValue).toBeLessThanOrEqual(0.02);
  });
});
