import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BoostedTreesModel,
  encodeFeatures,
  fitBoostedTrees,
  fitLogistic,
  predictBoostedTrees,
  predictLogistic,
  rocAuc,
  rocCurve,
  stratifiedFolds,
} from '../../src/learners/index.ts';
import { createRng, normal, uniform } from '../../src/random/index.ts';
import {
  booleanColumn,
  categoryColumn,
  createTable,
  datetimeColumn,
  numberColumn,
  textColumn,
} from '../../src/table/index.ts';

const code = (name: string) => expect.objectContaining({ code: name });

/** Two noisy features and one without meaning; class 1 where their sum is high. */
function sample(rows: number, seed: string): { columns: Float64Array[]; labels: Int32Array } {
  const rng = createRng(seed);
  const columns = [0, 1, 2].map(() => Float64Array.from({ length: rows }, () => normal(rng)));
  const labels = Int32Array.from({ length: rows }, (_, i) =>
    columns[0]![i]! + columns[1]![i]! + 0.5 * normal(rng) > 0 ? 1 : 0,
  );
  return { columns, labels };
}

describe('fitLogistic', () => {
  test('meets the maximum of the likelihood: known log-odds of a 2 x 2 table', () => {
    // 1 of 4 at x = 0, 3 of 4 at x = 1: intercept log(1/3), slope log 9.
    const x = Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    const model = fitLogistic([x], [1, 0, 0, 0, 1, 1, 1, 0], { l2: 0 });
    expect(model.intercept).toBeCloseTo(Math.log(1 / 3), 9);
    expect(model.coefficients[0]).toBeCloseTo(Math.log(9), 9);
    expect(model.rank).toBe(2);
  });

  test('a penalised optimum has gradient 0 in standardised units', () => {
    const { columns, labels } = sample(300, 'gradient');
    const model = fitLogistic(columns, labels, { l2: 5 });
    const p = predictLogistic(model, columns);
    columns.forEach((values, j) => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
      let gradient = 5 * model.coefficients[j]! * deviation;
      for (let i = 0; i < values.length; i++) gradient += ((p[i]! - labels[i]!) * (values[i]! - mean)) / deviation;
      expect(Math.abs(gradient)).toBeLessThan(1e-4);
    });
  });

  test('doubled, constant and dependent features leave the fit as it is', () => {
    const { columns, labels } = sample(200, 'dependent');
    const [a, b] = [columns[0]!, columns[1]!];
    const base = fitLogistic([a, b], labels, { l2: 0 });
    const more = fitLogistic([a, b, a, a.map((x, i) => 2 * x - b[i]! + 3), a.map(() => 7)], labels, { l2: 0 });
    expect(more.rank).toBe(3);
    const p = predictLogistic(base, [a, b]);
    const q = predictLogistic(more, [a, b, a, a.map((x, i) => 2 * x - b[i]! + 3), a.map(() => 7)]);
    for (let i = 0; i < p.length; i++) expect(q[i]).toBeCloseTo(p[i]!, 7);
  });

  test('is unmoved by unit and origin of a feature', () => {
    const { columns, labels } = sample(150, 'units');
    const moved = columns.map((values, j) => values.map((x) => x * 10 ** (3 * j) + 10 ** (2 * j)));
    const p = predictLogistic(fitLogistic(columns, labels), columns);
    const q = predictLogistic(fitLogistic(moved, labels), moved);
    for (let i = 0; i < p.length; i++) expect(q[i]).toBeCloseTo(p[i]!, 6);
  });

  test('separated classes end without NaN; one class and no feature are fine', () => {
    const x = Float64Array.of(-2, -1, 1, 2);
    const model = fitLogistic([x], [0, 0, 1, 1], { l2: 0 });
    expect(Number.isFinite(model.intercept) && model.coefficients.every(Number.isFinite)).toBe(true);
    expect(predictLogistic(model, [x])[3]).toBeGreaterThan(0.99);
    expect(predictLogistic(fitLogistic([x], [1, 1, 1, 1]), [x]).every((p) => p > 0.8 && p < 1)).toBe(true);
    expect(fitLogistic([], [0, 1]).coefficients).toEqual([]);
  });

  test('refuses bad input', () => {
    expect(() => fitLogistic([Float64Array.of(NaN)], [1])).toThrow(code('BAD_NUMBER'));
    expect(() => fitLogistic([Float64Array.of(1)], [2])).toThrow(code('BAD_VALUE'));
    expect(() => fitLogistic([Float64Array.of(1)], [1, 0])).toThrow(code('LENGTH_MISMATCH'));
    expect(() => fitLogistic([], [1], { l2: -1 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => fitLogistic([], [1, 0], { signal: { aborted: true } })).toThrow(code('ABORTED'));
    const model = fitLogistic([Float64Array.of(0, 1)], [0, 1]);
    expect(() => predictLogistic(model, [])).toThrow(code('LENGTH_MISMATCH'));
    expect(() => predictLogistic({ ...model, intercept: NaN }, [Float64Array.of(1)])).toThrow(code('BAD_MODEL'));
  });
});

describe('fitBoostedTrees', () => {
  test('one tree of one split: leaf values are -rate G / H', () => {
    // Classes 0, 0, 1, 1: baseline 0, p = .5; left G = 1, H = .5; right G = -1.
    const model = fitBoostedTrees([Float64Array.of(1, 2, 3, 4)], [0, 0, 1, 1], {
      iterations: 1,
      minLeaf: 1,
      maxLeaves: 2,
    });
    expect(model.baseline).toEqual([0]);
    expect(model.trees[0]!.threshold[0]).toBe(2.5);
    expect(model.trees[0]!.value.slice(1).map((v) => Number(v.toFixed(9)))).toEqual([-0.2, 0.2]);
  });

  test('missing values go to the side that gains, or apart', () => {
    const x = Float64Array.of(1, 1, 1, 1, NaN, NaN, NaN, NaN);
    const y = [0, 0, 0, 0, 1, 1, 1, 1];
    const model = fitBoostedTrees([x], y, { minLeaf: 2, iterations: 20 });
    const p = predictBoostedTrees(model, [Float64Array.of(1, NaN)])[1]!;
    expect(p[0]).toBeLessThan(0.2);
    expect(p[1]).toBeGreaterThan(0.8);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  test('learns two classes, several classes and numbers', () => {
    const train = sample(1500, 'train');
    const held = sample(1000, 'held');
    const two = predictBoostedTrees(fitBoostedTrees(train.columns, train.labels), held.columns);
    expect(rocAuc(held.labels, two[1]!).value).toBeGreaterThan(0.9);
    const grade = (s: typeof train) => s.columns[0]!.map((x) => (x < -0.5 ? 0 : x < 0.5 ? 1 : 2));
    const three = predictBoostedTrees(fitBoostedTrees(train.columns, grade(train)), held.columns);
    expect(three.length).toBe(3);
    let right = 0;
    grade(held).forEach((k, i) => {
      expect(three[0]![i]! + three[1]![i]! + three[2]![i]!).toBeCloseTo(1, 12);
      if (three[k]![i]! > 0.5) right++;
    });
    expect(right / 1000).toBeGreaterThan(0.97);
    const y = train.columns[0]!.map((x) => 3 * x);
    const number = predictBoostedTrees(fitBoostedTrees(train.columns, y, { task: 'regression' }), held.columns)[0]!;
    let error = 0;
    number.forEach((v, i) => {
      error += (v - 3 * held.columns[0]![i]!) ** 2 / 1000;
    });
    expect(Math.sqrt(error)).toBeLessThan(0.4);
  });

  test('stops early above 10,000 rows only, or when told to', () => {
    const { labels } = sample(10_001, 'noise');
    const rng = createRng('noise/x');
    const x = Float64Array.from({ length: 10_001 }, () => uniform(rng));
    const model = fitBoostedTrees([x], labels, { maxLeaves: 4 });
    expect(model.validationRows).toBeGreaterThanOrEqual(1000);
    expect(model.stoppedEarly).toBe(true);
    expect(model.trees.length).toBeLessThan(100);
    expect(fitBoostedTrees([x], labels, { maxLeaves: 2, iterations: 5, earlyStopping: 'off' }).validationRows).toBe(0);
  });

  test('depends on the order of feature values only', () => {
    const { columns, labels } = sample(200, 'monotone');
    const cubed = columns.map((values) => values.map((x) => x ** 3));
    const options = { iterations: 10 };
    const p = predictBoostedTrees(fitBoostedTrees(columns, labels, options), columns)[1]!;
    const q = predictBoostedTrees(fitBoostedTrees(cubed, labels, options), cubed)[1]!;
    expect([...q]).toEqual([...p]);
  });

  test('hostile columns: constant, huge, all missing, more distinct values than bins', () => {
    const n = 600;
    const labels = Int32Array.from({ length: n }, (_, i) => (i < n / 2 ? 0 : 1));
    const columns = [
      new Float64Array(n).fill(3),
      Float64Array.from({ length: n }, (_, i) => (i % 2 ? 1 : -1) * Number.MAX_VALUE),
      new Float64Array(n).fill(NaN),
      Float64Array.from({ length: n }, (_, i) => i * 1e-300),
    ];
    const p = predictBoostedTrees(fitBoostedTrees(columns, labels), columns)[1]!;
    expect(p.every(Number.isFinite)).toBe(true);
    expect(rocAuc(labels, p).value).toBe(1);
    const single = fitBoostedTrees([Float64Array.of(1)], [0]);
    expect(predictBoostedTrees(single, [Float64Array.of(1)])[1]![0]).toBeLessThan(1e-6);
  });

  test('refuses bad input and damaged models', () => {
    expect(() => fitBoostedTrees([], [])).toThrow(code('EMPTY_INPUT'));
    expect(() => fitBoostedTrees([Float64Array.of(Infinity)], [1])).toThrow(code('BAD_NUMBER'));
    expect(() => fitBoostedTrees([Float64Array.of(1)], [0.5])).toThrow(code('BAD_VALUE'));
    expect(() => fitBoostedTrees([Float64Array.of(1)], [NaN], { task: 'regression' })).toThrow(code('BAD_NUMBER'));
    expect(() => fitBoostedTrees([Float64Array.of(1)], [1], { bins: 256 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => fitBoostedTrees([Float64Array.of(1)], [1], { signal: { aborted: true } })).toThrow(code('ABORTED'));
    const { columns, labels } = sample(100, 'damage');
    const model = fitBoostedTrees(columns, labels, { iterations: 2 });
    const broken = (change: (copy: any) => void): BoostedTreesModel => {
      const copy = JSON.parse(JSON.stringify(model));
      change(copy);
      return copy;
    };
    for (const change of [
      (m: any) => (m.kind = 'cart'),
      (m: any) => (m.trees[0].left[0] = 0),
      (m: any) => (m.trees[0].feature[0] = 99),
      (m: any) => m.trees[1].value.pop(),
      (m: any) => (m.baseline = [null]),
      (m: any) => (m.trees = null),
    ])
      expect(() => predictBoostedTrees(broken(change), columns)).toThrow(code('BAD_MODEL'));
  });
});

describe('rocAuc and rocCurve', () => {
  const scored = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 6 })), {
    minLength: 2,
    maxLength: 40,
  });

  test('equals the count over pairs, ties counting half, and lies in its interval', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const labels = rows.map(([label]) => label);
        const scores = rows.map(([, score]) => score);
        const result = rocAuc(labels, scores);
        let pairs = 0;
        let wins = 0;
        rows.forEach(([a, x]) => {
          rows.forEach(([b, y]) => {
            if (a !== 1 || b !== 0) return;
            pairs++;
            wins += x > y ? 1 : x === y ? 0.5 : 0;
          });
        });
        if (pairs === 0) {
          expect(result.reason).toBe('ONE_CLASS');
          return;
        }
        expect(result.value).toBeCloseTo(wins / pairs, 12);
        expect(result.interval!.lower).toBeLessThanOrEqual(result.value! + 1e-12);
        expect(result.interval!.upper).toBeGreaterThanOrEqual(result.value! - 1e-12);
        // The trapezoids below all points of the curve are the same area.
        const { falsePositive: x, truePositive: y } = rocCurve(labels, scores, { points: 10_000 });
        let area = 0;
        for (let i = 1; i < x.length; i++) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
        expect(area).toBeCloseTo(wins / pairs, 12);
      }),
    );
  });

  test('perfect scores still have an interval with width; the error grows with the factor', () => {
    const perfect = rocAuc([0, 0, 0, 1, 1, 1], [1, 2, 3, 4, 5, 6]);
    expect(perfect.interval!.upper).toBe(1);
    expect(perfect.interval!.lower).toBeGreaterThan(0.3);
    expect(perfect.interval!.lower).toBeLessThan(0.9);
    const [labels, scores] = [
      [0, 0, 0, 1, 1, 1],
      [1, 2, 5, 4, 3, 6],
    ];
    const plain = rocAuc(labels, scores).standardError!;
    expect(rocAuc(labels, scores, { varianceFactor: 4 }).standardError!).toBeCloseTo(2 * plain, 12);
    expect(() => rocAuc([0, 2], [1, 2])).toThrow(code('BAD_VALUE'));
    expect(() => rocAuc([0, 1], [1, NaN])).toThrow(code('BAD_NUMBER'));
  });

  test('DeLong: the known variance of a worked example', () => {
    // Placements of ones among zeros .5 and 1, of zeros .5 and 0: each has sample variance .125, over 2 rows each.
    expect(rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).standardError).toBeCloseTo(Math.sqrt(0.125), 12);
  });
});

test('stratifiedFolds deals every class evenly', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 200 }),
      fc.integer({ min: 2, max: 7 }),
      (labels, folds) => {
        const fold = stratifiedFolds(labels, { folds, seed: 'deal' });
        const even = (rows: number[]) => {
          const counts = new Array(folds).fill(0);
          for (const row of rows) counts[fold[row]!]++;
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        };
        even(labels.map((_, i) => i));
        for (let k = 0; k < 4; k++) even(labels.flatMap((label, i) => (label === k ? [i] : [])));
      },
    ),
  );
  expect(() => stratifiedFolds([0], { folds: 1, seed: '' })).toThrow(code('OUT_OF_RANGE'));
});

describe('encodeFeatures', () => {
  const train = createTable([
    numberColumn('x', [1, 3, null, 5]),
    categoryColumn('c', ['b', 'a', 'b', null], ['a', 'b', 'unused']),
    booleanColumn('f', [true, false, true, null]),
    datetimeColumn('t', [0, 1000, 2000, 3000]),
    textColumn('note', ['p', 'q', 'r', 's']),
    numberColumn('same', [2, 2, 2, 2]),
  ]);

  test('ordinal: the reference decides, whatever the table holds', () => {
    const other = createTable([
      numberColumn('x', [Infinity, NaN]),
      categoryColumn('c', ['unused', 'b']),
      booleanColumn('f', [false, null]),
      datetimeColumn('t', [5, null]),
      textColumn('note', ['', '']),
      numberColumn('same', [1, 2]),
    ]);
    const { names, columns, ...rest } = encodeFeatures(other, { reference: train });
    expect(names).toEqual(['x', 'c', 'f', 't']);
    expect(columns.map((values) => [...values])).toEqual([
      [NaN, NaN],
      [-1, 1],
      [0, NaN],
      [5, NaN],
    ]);
    expect(rest).toEqual({
      rows: 2,
      skipped: [
        { column: 'note', reason: 'TEXT' },
        { column: 'same', reason: 'CONSTANT' },
      ],
      unknownCells: 1,
      infiniteCells: 1,
      pooledLevels: 0,
    });
  });

  test('one-hot: standardised numbers, 0/1 levels, missing cells apart', () => {
    const { names, columns } = encodeFeatures(train, { form: 'one-hot', columns: ['x', 'c', 'f'] });
    expect(names).toEqual(['x missing', 'x', 'c=a', 'c=b', 'c missing', 'f=false', 'f=true', 'f missing']);
    expect([...columns[0]!]).toEqual([0, 0, 1, 0]);
    expect([...columns[1]!].map((v) => Number(v.toFixed(6)))).toEqual([-1.224745, 0, 0, 1.224745]);
    expect([...columns[3]!]).toEqual([1, 0, 1, 0]);
    const many = createTable([categoryColumn('k', ['a', 'b', 'b', 'c', 'c', 'd'])]);
    const few = encodeFeatures(many, { form: 'one-hot', maxLevels: 2 });
    expect(few.names).toEqual(['k=b', 'k=c']);
    expect(few.pooledLevels).toBe(2);
  });

  test('extreme numbers do not overflow; wrong columns are refused', () => {
    const wide = createTable([numberColumn('x', [-Number.MAX_VALUE, 0, Number.MAX_VALUE])]);
    expect(encodeFeatures(wide, { form: 'one-hot' }).columns[0]!.every(Number.isFinite)).toBe(true);
    expect(() => encodeFeatures(train, { columns: ['y'] })).toThrow(code('UNKNOWN_COLUMN'));
    expect(() => encodeFeatures(createTable([numberColumn('c', [1])]), { reference: train, columns: ['c'] })).toThrow(
      code('KIND_MISMATCH'),
    );
  });
});
