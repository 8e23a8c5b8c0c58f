import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EncodedColumn, Target } from '../../../src/generators/shared/internal-predictor.ts';
import { growTree } from '../../../src/generators/trees/internal-grow.ts';
import { classTarget } from '../../../src/generators/trees/internal-target.ts';

interface Case {
  readonly numeric: number[];
  readonly category: number[];
  readonly y: number[];
}

/** Codes 0 to 4, 5 for missing; small whole scores. */
const cases = fc.array(fc.tuple(fc.nat(5), fc.nat(4), fc.nat(6)), { minLength: 4, maxLength: 40 }).map(
  (rows): Case => ({
    numeric: rows.map((row) => row[0]),
    category: rows.map((row) => row[1]),
    y: rows.map((row) => row[2]),
  }),
);

function column(codes: number[], size: number, numeric: boolean, position: number): EncodedColumn {
  const values = numeric ? Float64Array.from({ length: size }, (_, i) => i) : new Float64Array(0);
  return { column: position, numeric, codes: Int32Array.from(codes), size, values };
}

/** Squared error, or rows times Gini, of a set of rows. */
function impurity(y: number[], classes: number): number {
  if (y.length === 0) return 0;
  if (classes === 1) {
    const mean = y.reduce((a, b) => a + b, 0) / y.length;
    return y.reduce((a, b) => a + (b - mean) * (b - mean), 0);
  }
  const counts = Array.from({ length: classes }, (_, k) => y.filter((v) => v === k).length);
  return y.length - counts.reduce((a, c) => a + c * c, 0) / y.length;
}

/** Least impurity over every cut of the numeric column (missing on either side) and every subset of the category levels. */
function exhaustive({ numeric, category, y }: Case, classes: number, minLeaf: number): number {
  let best = impurity(y, classes);
  const consider = (left: boolean[]) => {
    const one = y.filter((_, i) => left[i]);
    const two = y.filter((_, i) => !left[i]);
    if (one.length < minLeaf || two.length < minLeaf) return;
    best = Math.min(best, impurity(one, classes) + impurity(two, classes));
  };
  for (let cut = 0; cut < 5; cut++)
    for (const missingLeft of [true, false]) consider(numeric.map((code) => (code === 5 ? missingLeft : code <= cut)));
  for (let subset = 0; subset < 32; subset++) consider(category.map((code) => ((subset >> code) & 1) === 1));
  return best;
}

function rootSplit(c: Case, target: Target, minLeaf: number): number[][] {
  const n = c.y.length;
  const predictors = [column(c.numeric, 5, true, 0), column(c.category, 5, false, 1)];
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const tree = growTree(predictors, target, rows, n, { minLeaf, minSplit: 2 * minLeaf, maxDepth: 1, complexity: 0 });
  return tree.feature.flatMap((feature, node) =>
    feature === -1 ? [Array.from(tree.rows.subarray(tree.start[node]!, tree.end[node]!))] : [],
  );
}

/** With minLeaf above 1 the best admissible subset need not be a cut of the ordered levels: only numeric cuts are compared then. */
function withoutCategory(c: Case, minLeaf: number): Case {
  return minLeaf === 1 ? c : { ...c, category: c.category.map(() => 0) };
}

test('the first split of a score is the best of all cuts and subsets', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 4 }), (any, minLeaf) => {
      const c = withoutCategory(any, minLeaf);
      const target: Target = { classes: 1, klass: new Int32Array(0), score: Float64Array.from(c.y) };
      const leaves = rootSplit(c, target, minLeaf);
      const found = leaves.reduce(
        (sum, rows) =>
          sum +
          impurity(
            rows.map((row) => c.y[row]!),
            1,
          ),
        0,
      );
      expect(found).toBeCloseTo(exhaustive(c, 1, minLeaf), 9);
    }),
  );
});

test('the first split of two classes is the best of all cuts and subsets', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 4 }), (c, minLeaf) => {
      const two = withoutCategory({ ...c, y: c.y.map((v) => v & 1) }, minLeaf);
      const leaves = rootSplit(two, classTarget(Int32Array.from(two.y), 2), minLeaf);
      const found = leaves.reduce(
        (sum, rows) =>
          sum +
          impurity(
            rows.map((row) => two.y[row]!),
            2,
          ),
        0,
      );
      expect(found).toBeCloseTo(exhaustive(two, 2, minLeaf), 9);
    }),
  );
});

test('for more classes no numeric cut is better than the split found', () => {
  fc.assert(
    fc.property(cases, (c) => {
      const many = { ...c, y: c.y.map((v) => v % 4) };
      const leaves = rootSplit(many, classTarget(Int32Array.from(many.y), 4), 1);
      const found = leaves.reduce(
        (sum, rows) =>
          sum +
          impurity(
            rows.map((row) => many.y[row]!),
            4,
          ),
        0,
      );
      expect(found).toBeLessThanOrEqual(exhaustive({ ...many, category: many.y.map(() => 0) }, 4, 1) + 1e-9);
    }),
  );
});

test('many distinct values give the tree that few give: presorted and counted search agree', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(12), fc.nat(3)), { minLength: 10, maxLength: 80 }), (rows) => {
      const n = rows.length;
      const all = Int32Array.from({ length: n }, (_, i) => i);
      for (const classes of [1, 4]) {
        const y = rows.map((row) => row[1]);
        const target: Target =
          classes === 1
            ? { classes: 1, klass: new Int32Array(0), score: Float64Array.from(y) }
            : classTarget(Int32Array.from(y), 4);
        const limits = { minLeaf: 2, minSplit: 4, maxDepth: 10, complexity: 0 };
        const codes = rows.map((row) => row[0]);
        const counted = growTree([column(codes, 12, true, 0)], target, all, n, limits);
        // The same column among 1,000 possible codes, spread out; missing stays last.
        const wide = codes.map((code) => (code === 12 ? 1000 : code * 80));
        const sorted = growTree([column(wide, 1000, true, 0)], target, all, n, limits);
        expect(sorted.start).toEqual(counted.start);
        expect(sorted.right).toEqual(counted.right);
        expect(Array.from(sorted.rows)).toEqual(Array.from(counted.rows));
      }
    }),
  );
});

test('levels of pure classes are told apart, however many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 6, max: 120 }), (classes, levels) => {
      const n = levels * 10;
      const codes = Array.from({ length: n }, (_, i) => i % levels);
      const klass = Int32Array.from(codes, (code) => (code * 7) % classes);
      const rows = Int32Array.from({ length: n }, (_, i) => i);
      const limits = { minLeaf: 1, minSplit: 2, maxDepth: 30, complexity: 0 };
      const tree = growTree([column(codes, levels, false, 0)], classTarget(klass, classes), rows, n, limits);
      for (let node = 0; node < tree.feature.length; node++) {
        if (tree.feature[node] !== -1) continue;
        const found = new Set(Array.from(tree.rows.subarray(tree.start[node]!, tree.end[node]!), (row) => klass[row]!));
        expect(found.size).toBe(1);
      }
    }),
    { numRuns: 30 },
  );
});

test('levels are cut along the direction that separates the classes', () => {
  // Levels 0 and 2 are mostly class 0, level 1 mostly class 2, level 3 in between: the best first cut is {0, 2} against {3, 1} or {0, 2, 3} against {1}.
  const counts = [
    [90, 10, 0],
    [0, 10, 90],
    [80, 0, 20],
    [50, 0, 50],
  ];
  const codes: number[] = [];
  const klass: number[] = [];
  counts.forEach((row, level) => {
    row.forEach((times, k) => {
      for (let i = 0; i < times; i++) {
        codes.push(level);
        klass.push(k);
      }
    });
  });
  const rows = Int32Array.from(codes, (_, i) => i);
  const limits = { minLeaf: 1, minSplit: 2, maxDepth: 1, complexity: 0 };
  const target = classTarget(Int32Array.from(klass), 3);
  const tree = growTree([column(codes, 4, false, 0)], target, rows, rows.length, limits);
  const sides = tree.feature.flatMap((feature, node) =>
    feature === -1
      ? [[...new Set(Array.from(tree.rows.subarray(tree.start[node]!, tree.end[node]!), (r) => codes[r]!))].sort()]
      : [],
  );
  const gini = (levels: number[]) => {
    const total = [0, 1, 2].map((k) => levels.reduce((a, l) => a + counts[l]![k]!, 0));
    const n = total[0]! + total[1]! + total[2]!;
    return n - total.reduce((a, c) => a + c * c, 0) / n;
  };
  let best = Infinity;
  for (let subset = 1; subset < 15; subset++) {
    const one = [0, 1, 2, 3].filter((l) => (subset >> l) & 1);
    const two = [0, 1, 2, 3].filter((l) => !((subset >> l) & 1));
    best = Math.min(best, gini(one) + gini(two));
  }
  expect(gini(sides[0]!) + gini(sides[1]!)).toBeCloseTo(best, 9);
});
