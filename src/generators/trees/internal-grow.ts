import { COUNTED_SIZE, type EncodedColumn, type GrowLimits, type Target } from '../shared/internal-predictor.ts';
import {
  type Cut,
  type Node,
  orderNodeLevels,
  searchClasses,
  searchLevels,
  searchScores,
  type View,
  type Work,
} from './internal-split.ts';

/** A grown tree: nodes in preorder, each with its run of `rows`. */
export interface GrownTree {
  /** As in TreeModel. */
  readonly feature: number[];
  /** As in TreeModel; leaves hold 0. */
  readonly split: number[];
  /** As in TreeModel. */
  readonly right: number[];
  /** As in TreeModel. */
  readonly unknownLeft: number[];
  /** As in TreeModel. */
  readonly sets: number[];
  /** Per node, the first position of its rows. */
  readonly start: number[];
  /** Per node, one past the last position. */
  readonly end: number[];
  /** The training rows, in leaf order. */
  readonly rows: Int32Array;
}

/**
 * Grows one tree: best split first by gain, then by lowest predictor, then by lowest cut. Counts and score sums are whole
 * numbers, and the one sum of fractions (the component that orders levels for many classes) has a fixed order, so the
 * tree has the same bits everywhere.
 */
export function growTree(
  predictors: readonly EncodedColumn[],
  target: Target,
  trainingRows: Int32Array,
  rowCount: number,
  limits: GrowLimits,
): GrownTree {
  const rows = trainingRows.slice();
  const views = predictors.map((predictor) => makeView(predictor, rows));
  const work = makeWork(predictors, target, rows.length);
  const goesLeft = new Uint8Array(rowCount);
  const spare = new Int32Array(rows.length);
  const tree: GrownTree = { feature: [], split: [], right: [], unknownLeft: [], sets: [], start: [], end: [], rows };
  const rootDeviance = weigh(0, rows.length, rows, target, work).deviance;
  const least = limits.complexity * rootDeviance;
  // Depth first, left child first: the child on top of the stack is the next node, which makes preorder.
  const pending: { start: number; end: number; depth: number; parent: number }[] = [
    { start: 0, end: rows.length, depth: 0, parent: -1 },
  ];
  while (pending.length > 0) {
    const { start, end, depth, parent } = pending.pop()!;
    const id = tree.feature.length;
    if (parent >= 0) tree.right[parent] = id;
    tree.feature.push(-1);
    tree.split.push(0);
    tree.right.push(0);
    tree.unknownLeft.push(0);
    tree.start.push(start);
    tree.end.push(end);
    if (end - start < Math.max(limits.minSplit, 2 * limits.minLeaf) || depth >= limits.maxDepth) continue;
    const { weight, base, deviance } = weigh(start, end, rows, target, work);
    if (!(deviance > 0)) continue;
    const node: Node = { start, end, minLeaf: limits.minLeaf, weight };
    const best: Cut = { score: base, view: -1, position: 0, missingLeft: 0 };
    for (let v = 0; v < views.length; v++) {
      const view = views[v]!;
      if (view.category) searchLevels(view, v, rows, target, node, work, best);
      else if (target.classes > 1) searchClasses(view, v, rows, target, node, work, best);
      else searchScores(view, v, rows, target.score, node, work, best);
    }
    if (best.view < 0 || !(best.score - base > least)) continue;
    const middle = divide(tree, id, best, views, predictors, target, node, work, goesLeft, spare);
    pending.push({ start: middle, end, depth: depth + 1, parent: id });
    pending.push({ start, end: middle, depth: depth + 1, parent: -1 });
  }
  return tree;
}

/** What is needed of a node's target: sums for the search, deviance for stopping. */
function weigh(
  start: number,
  end: number,
  rows: Int32Array,
  target: Target,
  work: Work,
): { weight: number; base: number; deviance: number } {
  const n = end - start;
  let weight = 0;
  if (target.classes > 1) {
    const { total } = work;
    total.fill(0, 0, target.classes);
    for (let i = start; i < end; i++) weight += 2 * total[target.klass[rows[i]!]!]!++ + 1;
    return { weight, base: weight / n, deviance: n - weight / n };
  }
  let squares = 0;
  for (let i = start; i < end; i++) {
    const score = target.score[rows[i]!]!;
    weight += score;
    squares += score * score;
  }
  const base = (weight * weight) / n;
  return { weight, base, deviance: squares - base };
}

/** Writes the split into the tree, partitions rows and sorted views, and returns where the right side starts. */
function divide(
  tree: GrownTree,
  id: number,
  best: Cut,
  views: readonly View[],
  predictors: readonly EncodedColumn[],
  target: Target,
  node: Node,
  work: Work,
  goesLeft: Uint8Array,
  spare: Int32Array,
): number {
  const view = views[best.view]!;
  const predictor = predictors[best.view]!;
  const { rows } = tree;
  const { start, end } = node;
  const left = leftLevels(view, best, rows, target, node, work);
  let nLeft = 0;
  let nextCode = view.size;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const code = view.codes[row]!;
    const side = left
      ? left[code] === 1
        ? 1
        : 0
      : code === view.size
        ? best.missingLeft
        : code <= best.position
          ? 1
          : 0;
    goesLeft[row] = side;
    nLeft += side;
    if (code > best.position && code < nextCode) nextCode = code;
  }
  const larger = nLeft >= end - start - nLeft ? 1 : 0;
  tree.feature[id] = predictor.column;
  if (!left) {
    tree.split[id] = threshold(predictor.values, best.position, nextCode);
    let missing = 0;
    for (let i = start; i < end && missing === 0; i++) if (view.codes[rows[i]!] === view.size) missing = 1;
    tree.unknownLeft[id] = missing === 1 ? best.missingLeft : larger;
  } else {
    tree.split[id] = tree.sets.length;
    tree.unknownLeft[id] = larger;
    writeSet(tree.sets, left, larger);
  }
  partition(rows, start, end, goesLeft, spare);
  for (const { sorted } of views) if (sorted) partition(sorted, start, end, goesLeft, spare);
  return start + nLeft;
}

/** For a category view, 1 for each code on the left and 2 for each on the right; null for numeric views. */
function leftLevels(
  view: View,
  best: Cut,
  rows: Int32Array,
  target: Target,
  node: Node,
  work: Work,
): Uint8Array | null {
  if (!view.category) return null;
  orderNodeLevels(view, rows, target, node, work);
  const { levels, order, code } = work.levels;
  const side = new Uint8Array(view.size + 1);
  for (let l = 0; l < levels; l++) side[code[order[l]!]!] = l < best.position ? 1 : 2;
  return side;
}

/** Midpoint of two adjacent values of the node, such that the lower goes left and the upper right. */
function threshold(values: Float64Array, code: number, nextCode: number): number {
  // Only "missing" is on the other side: whatever has a value goes left.
  if (nextCode >= values.length) return Number.MAX_VALUE;
  const low = values[code]!;
  const high = values[nextCode]!;
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/** Appends the words of the levels that go left; levels not in this node follow its larger side. */
function writeSet(sets: number[], side: Uint8Array, larger: number): void {
  const words = new Int32Array(((side.length - 1) >> 5) + 1);
  for (let code = 0; code < side.length; code++)
    if (side[code] === 1 || (side[code] === 0 && larger === 1)) words[code >> 5]! |= 1 << (code & 31);
  for (let w = 0; w < words.length; w++) sets.push(words[w]!);
}

/** Stable partition of one run: rows that go left first. */
function partition(rows: Int32Array, start: number, end: number, goesLeft: Uint8Array, spare: Int32Array): void {
  let at = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    if (goesLeft[row] === 1) rows[at++] = row;
    else spare[right++] = row;
  }
  for (let i = 0; i < right; i++) rows[at + i] = spare[i]!;
}

function makeView({ codes, size, numeric }: EncodedColumn, rows: Int32Array): View {
  const sorted = numeric && size > COUNTED_SIZE ? sortRows(codes, size + 1, rows) : null;
  return { codes, size, category: !numeric, sorted };
}

/** Rows by code, stable (counting sort). */
function sortRows(codes: Int32Array, size: number, rows: Int32Array): Int32Array {
  const at = new Int32Array(size + 1);
  for (let i = 0; i < rows.length; i++) at[codes[rows[i]!]! + 1]!++;
  for (let c = 0; c < size; c++) at[c + 1]! += at[c]!;
  const sorted = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) sorted[at[codes[rows[i]!]!]!++] = rows[i]!;
  return sorted;
}

function makeWork(predictors: readonly EncodedColumn[], target: Target, rows: number): Work {
  let counted = 0;
  let levels = 0;
  for (const { size, numeric } of predictors) {
    if (!numeric) levels = Math.max(levels, size + 1);
    else if (size <= COUNTED_SIZE) counted = Math.max(counted, size + 1);
  }
  const cells = target.classes > 1 ? rows : 0;
  return {
    count: new Int32Array(counted),
    sum: new Float64Array(counted),
    levels: {
      levels: 0,
      code: new Int32Array(levels),
      slotOf: new Int32Array(levels),
      rows: new Int32Array(levels),
      sum: new Float64Array(levels),
      order: new Int32Array(levels),
      key: new Float64Array(levels),
      cellStart: new Int32Array(levels + 1),
      cellClass: new Int32Array(cells),
      cellRows: new Int32Array(cells),
    },
    direction: new Float64Array(target.classes),
    next: new Float64Array(target.classes),
    cellOf: new Int32Array(target.classes),
    classes: new Int32Array(cells),
    left: new Int32Array(target.classes),
    total: new Int32Array(target.classes),
  };
}
