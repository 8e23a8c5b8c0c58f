import type { Target } from '../shared/internal-predictor.ts';
import { countClasses, countScores, type LevelTable, orderByComponent, orderByMean } from './internal-level-order.ts';

/** A predictor as one tree scans it. */
export interface View {
  /** Code of each row; `size` is the missing bucket of numeric columns. */
  readonly codes: Int32Array;
  /** Number of codes in scanning order. */
  readonly size: number;
  /** True for a category column, whose levels every node orders anew; "missing" is one of its levels. */
  readonly category: boolean;
  /** All rows of the tree sorted by code, partitioned along with the nodes; null when counting is cheaper. */
  readonly sorted: Int32Array | null;
}

/** The best cut found so far in one node. */
export interface Cut {
  /** Sum over both sides of (sum of scores)^2 / rows, or of squared class counts / rows: larger is purer. */
  score: number;
  /** Index of the view, -1 when there is none. */
  view: number;
  /** Last code on the left; for a category view the number of levels of the node's order on the left. */
  position: number;
  /** 1 when the missing bucket goes left. */
  missingLeft: number;
}

/** Buffers of one tree, reused by every node. */
export interface Work {
  /** Rows per code. */
  readonly count: Int32Array;
  /** Sum of scores per code. */
  readonly sum: Float64Array;
  /** The levels of a category view in this node. */
  readonly levels: LevelTable;
  /** Direction of the principal component, and the buffer for the next one: one entry per class. */
  readonly direction: Float64Array;
  /** See {@link Work.direction}. */
  readonly next: Float64Array;
  /** Cell that a class last got, one entry per class. */
  readonly cellOf: Int32Array;
  /** Class of each row in code order. */
  readonly classes: Int32Array;
  /** Class counts left of the cut. */
  readonly left: Int32Array;
  /** Class counts of the node. */
  readonly total: Int32Array;
}

/** One node under search. */
export interface Node {
  /** First position of its rows. */
  readonly start: number;
  /** One past its last position. */
  readonly end: number;
  /** Fewest rows on a side. */
  readonly minLeaf: number;
  /** Sum of scores, or sum of squared class counts. */
  readonly weight: number;
}

/** Searches a numeric view for a score target. */
export function searchScores(
  view: View,
  index: number,
  rows: Int32Array,
  y: Float64Array,
  node: Node,
  work: Work,
  best: Cut,
): void {
  const { codes, size, sorted } = view;
  const { start, end, minLeaf, weight } = node;
  const n = end - start;
  if (sorted) {
    let missing = 0;
    let missingSum = 0;
    for (let i = end - 1; i >= start && codes[sorted[i]!]! === size; i--) {
      missing++;
      missingSum += y[sorted[i]!]!;
    }
    const stop = end - missing;
    for (let side = 0; side < (missing > 0 ? 2 : 1); side++) {
      let nLeft = side === 1 ? missing : 0;
      let left = side === 1 ? missingSum : 0;
      for (let i = start; i < stop; i++) {
        const row = sorted[i]!;
        left += y[row]!;
        nLeft++;
        const code = codes[row]!;
        if (nLeft < minLeaf || (i + 1 < stop && codes[sorted[i + 1]!]! === code)) continue;
        const nRight = n - nLeft;
        if (nRight < minLeaf) break;
        const right = weight - left;
        const score = (left * left) / nLeft + (right * right) / nRight;
        if (score > best.score) take(best, score, index, code, side);
      }
    }
    return;
  }
  const { count, sum } = work;
  count.fill(0, 0, size + 1);
  sum.fill(0, 0, size + 1);
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const code = codes[row]!;
    count[code]!++;
    sum[code]! += y[row]!;
  }
  for (let side = 0; side < (count[size]! > 0 ? 2 : 1); side++) {
    let nLeft = side === 1 ? count[size]! : 0;
    let left = side === 1 ? sum[size]! : 0;
    for (let code = 0; code < size; code++) {
      const here = count[code]!;
      if (here === 0) continue;
      nLeft += here;
      left += sum[code]!;
      if (nLeft < minLeaf) continue;
      const nRight = n - nLeft;
      if (nRight < minLeaf) break;
      const right = weight - left;
      const score = (left * left) / nLeft + (right * right) / nRight;
      if (score > best.score) take(best, score, index, code, side);
    }
  }
}

/** Counts and orders the levels of a category view in one node; the order is left in `work.levels`. */
export function orderNodeLevels(view: View, rows: Int32Array, target: Target, node: Node, work: Work): void {
  const { levels } = work;
  if (target.classes === 1) {
    countScores(levels, view.codes, rows, node.start, node.end, target.score);
    orderByMean(levels);
    return;
  }
  countClasses(levels, view.codes, rows, node.start, node.end, target.klass, work.classes, work.cellOf);
  if (levels.levels > 1)
    orderByComponent(levels, work.total, target.classes, node.end - node.start, work.direction, work.next);
}

/** Searches a category view: cuts of its levels in the node's own order. */
export function searchLevels(
  view: View,
  index: number,
  rows: Int32Array,
  target: Target,
  node: Node,
  work: Work,
  best: Cut,
): void {
  orderNodeLevels(view, rows, target, node, work);
  const { levels, order, rows: levelRows, sum, cellStart, cellClass, cellRows } = work.levels;
  if (levels < 2) return;
  const { left, total } = work;
  const { minLeaf, weight } = node;
  const n = node.end - node.start;
  const many = target.classes > 1;
  if (many) left.fill(0, 0, target.classes);
  let nLeft = 0;
  let leftSum = 0;
  let squaresLeft = 0;
  let squaresRight = weight;
  for (let l = 0; l + 1 < levels; l++) {
    const slot = order[l]!;
    nLeft += levelRows[slot]!;
    if (n - nLeft < minLeaf) break;
    if (!many) leftSum += sum[slot]!;
    else
      for (let c = cellStart[slot]!; c < cellStart[slot + 1]!; c++) {
        const k = cellClass[c]!;
        const moved = cellRows[c]!;
        const before = left[k]!;
        left[k] = before + moved;
        squaresLeft += moved * (2 * before + moved);
        squaresRight -= moved * (2 * (total[k]! - before) - moved);
      }
    if (nLeft < minLeaf) continue;
    const right = weight - leftSum;
    const score = many
      ? squaresLeft / nLeft + squaresRight / (n - nLeft)
      : (leftSum * leftSum) / nLeft + (right * right) / (n - nLeft);
    if (score > best.score) take(best, score, index, l + 1, 0);
  }
}

/** Searches a numeric view for a target of three or more classes. */
export function searchClasses(
  view: View,
  index: number,
  rows: Int32Array,
  target: Target,
  node: Node,
  work: Work,
  best: Cut,
): void {
  const { codes, size, sorted } = view;
  const { klass } = target;
  const { start, end } = node;
  const { count, classes } = work;
  // Classes in code order; `count[c]` becomes the end of code c's run. The missing bucket comes last.
  if (sorted) {
    for (let i = start; i < end; i++) classes[i - start] = klass[sorted[i]!]!;
    let missing = 0;
    while (missing < end - start && codes[sorted[end - 1 - missing]!]! === size) missing++;
    const present = end - start - missing;
    scanClasses(index, target, node, work, best, present, missing, sorted, codes);
    return;
  }
  count.fill(0, 0, size + 1);
  for (let i = start; i < end; i++) count[codes[rows[i]!]!]!++;
  let at = 0;
  for (let code = 0; code <= size; code++) {
    const here = count[code]!;
    count[code] = at;
    at += here;
  }
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    classes[count[codes[row]!]!++] = klass[row]!;
  }
  // After the scatter count[code] is one past its run, so the missing run starts where code size - 1 ends.
  const present = size === 0 ? 0 : count[size - 1]!;
  scanCounted(index, target, node, work, best, size, present, end - start - present);
}

function scanCounted(
  index: number,
  target: Target,
  node: Node,
  work: Work,
  best: Cut,
  size: number,
  present: number,
  missing: number,
): void {
  const { left, total, classes, count } = work;
  const n = node.end - node.start;
  for (let side = 0; side < (missing > 0 ? 2 : 1); side++) {
    left.fill(0, 0, target.classes);
    let squaresLeft = 0;
    let squaresRight = node.weight;
    let nLeft = 0;
    if (side === 1)
      for (let i = present; i < n; i++) {
        const k = classes[i]!;
        const before = left[k]!++;
        squaresLeft += 2 * before + 1;
        squaresRight -= 2 * (total[k]! - before) - 1;
        nLeft++;
      }
    let at = 0;
    for (let code = 0; code < size; code++) {
      const stop = count[code]!;
      if (stop === at) continue;
      nLeft += stop - at;
      for (; at < stop; at++) {
        const k = classes[at]!;
        const before = left[k]!++;
        squaresLeft += 2 * before + 1;
        squaresRight -= 2 * (total[k]! - before) - 1;
      }
      if (nLeft < node.minLeaf) continue;
      const nRight = n - nLeft;
      if (nRight < node.minLeaf) break;
      const score = squaresLeft / nLeft + squaresRight / nRight;
      if (score > best.score) take(best, score, index, code, side);
    }
  }
}

function scanClasses(
  index: number,
  target: Target,
  node: Node,
  work: Work,
  best: Cut,
  present: number,
  missing: number,
  sorted: Int32Array,
  codes: Int32Array,
): void {
  const { left, total, classes } = work;
  const n = node.end - node.start;
  for (let side = 0; side < (missing > 0 ? 2 : 1); side++) {
    left.fill(0, 0, target.classes);
    let squaresLeft = 0;
    let squaresRight = node.weight;
    let nLeft = 0;
    // The missing rows stand last; on side 1 they are moved over before the scan.
    for (let step = side === 1 ? -missing : 0; step < present; step++) {
      const k = classes[step < 0 ? n + step : step]!;
      const before = left[k]!++;
      squaresLeft += 2 * before + 1;
      squaresRight -= 2 * (total[k]! - before) - 1;
      nLeft++;
      if (step < 0 || nLeft < node.minLeaf) continue;
      const code = codes[sorted[node.start + step]!]!;
      if (step + 1 < present && codes[sorted[node.start + step + 1]!]! === code) continue;
      const nRight = n - nLeft;
      if (nRight < node.minLeaf) break;
      const score = squaresLeft / nLeft + squaresRight / nRight;
      if (score > best.score) take(best, score, index, code, side);
    }
  }
}

function take(best: Cut, score: number, view: number, position: number, missingLeft: number): void {
  best.score = score;
  best.view = view;
  best.position = position;
  best.missingLeft = missingLeft;
}
