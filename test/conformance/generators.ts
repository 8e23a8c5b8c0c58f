import { fitCart } from '../../src/generators/index.ts';
import type { TreeModel } from '../../src/generators/model-types.ts';
import { compileTree, walk } from '../../src/generators/trees/internal-compile.ts';
import { fromColumns } from '../../src/table/index.ts';
import type { FunctionTable } from './types.ts';

interface PartitionInput {
  readonly x: Readonly<Record<string, readonly number[]>>;
  readonly y: readonly (number | string)[];
  readonly method: 'anova' | 'class';
  readonly minbucket: number;
  readonly minsplit: number;
}

/**
 * rpart's node numbers (root 1, children 2i and 2i + 1) for the rows of one tree. rpart puts the side with the lower mean
 * response (class: mean class index) first; ours puts lower predictor values first, so the sides are renamed here.
 */
function cartPartition({ x, y, method, minbucket, minsplit }: PartitionInput): {
  where: number[];
  leaves: number;
  deviance: number;
} {
  const names = Object.keys(x);
  const response = method === 'class' ? y.map(String) : y;
  const table = fromColumns({ ...x, y: response } as Readonly<Record<string, readonly (number | string)[]>>);
  const model = fitCart(table, {
    minLeaf: minbucket,
    minSplit: minsplit,
    visitOrder: 'given',
    rareLevelMin: 0,
    measurements: table.columns.filter((c) => c.kind === 'integer' || c.kind === 'category').map((c) => c.name),
    smoothing: 'none',
    numericSplit: 'value',
    prune: method === 'class' ? 'error' : 'none',
  });
  const tree = model.columns.at(-1)!.value!;
  const compiled = compileTree(tree);
  const predictors = names.map((name) => Float64Array.from(x[name]!));
  const numeric = new Uint8Array(names.length).fill(1);
  const classes = [...new Set(y)].sort();
  const score = y.map((value) => (method === 'class' ? classes.indexOf(value) : (value as number)));
  const leafOf = y.map((_, row) => walk(compiled, predictors, numeric, row));
  const number = rpartNumbers(tree, leafOf, score);
  const rowsOf = new Map<number, number[]>();
  leafOf.forEach((leaf, row) => {
    rowsOf.set(leaf, [...(rowsOf.get(leaf) ?? []), row]);
  });
  let deviance = 0;
  for (const rows of rowsOf.values()) {
    const values = rows.map((row) => score[row]!);
    if (method === 'class') {
      const most = Math.max(...classes.map((_, k) => values.filter((value) => value === k).length));
      deviance += values.length - most;
    } else {
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      deviance += values.reduce((a, b) => a + (b - mean) ** 2, 0);
    }
  }
  return { where: leafOf.map((leaf) => number.get(leaf)!), leaves: rowsOf.size, deviance };
}

/** rpart's number of each leaf. */
function rpartNumbers(tree: TreeModel, leafOf: readonly number[], score: readonly number[]): Map<number, number> {
  const leavesUnder = (node: number): number[] =>
    tree.feature[node] === -1 ? [tree.split[node]!] : [...leavesUnder(node + 1), ...leavesUnder(tree.right[node]!)];
  const meanUnder = (node: number): number => {
    const leaves = new Set(leavesUnder(node));
    const values = score.filter((_, row) => leaves.has(leafOf[row]!));
    return values.reduce((a, b) => a + b, 0) / values.length;
  };
  const numbers = new Map<number, number>();
  const visit = (node: number, number: number): void => {
    if (tree.feature[node] === -1) {
      numbers.set(tree.split[node]!, number);
      return;
    }
    const [left, right] = [node + 1, tree.right[node]!];
    const swap = meanUnder(left) >= meanUnder(right);
    visit(left, swap ? 2 * number + 1 : 2 * number);
    visit(right, swap ? 2 * number : 2 * number + 1);
  };
  visit(0, 1);
  return numbers;
}

/** Oracle functions of the generators. */
export const generatorsFunctions: FunctionTable = { cartPartition };
