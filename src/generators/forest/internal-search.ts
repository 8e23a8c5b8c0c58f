import type { CellGrid } from './internal-route.ts';

/** Lists of cells up to this length are sorted by insertion. */
const INSERTION = 40;

/** The best cut found so far in one node. */
export interface Cut {
  /** Sum over both sides of (real rows)^2 / rows: larger is purer. */
  score: number;
  /** Column, -1 when there is none. */
  column: number;
  /** Last cell on the left of a numeric column; for a category column the number of levels on the left. */
  position: number;
  /** 1 when missing numbers go left, 0 right, -1 when the node has none. */
  missingLeft: number;
  /** Rows on the left. */
  rowsLeft: number;
}

/** One node under search. */
export interface NodeRange {
  readonly start: number;
  readonly end: number;
  /** Rows, counted as often as they were drawn. */
  readonly total: number;
  /** Real rows among them. */
  readonly real: number;
  readonly minLeaf: number;
}

/** Buffers of one tree, reused by every node. */
export interface SplitWork {
  /** Rows and real rows of each cell, side by side; all 0 between searches. */
  readonly counts: Int32Array;
  /** Cells that occur, in scanning order. */
  readonly found: Int32Array;
  /** Sorting key of each cell. */
  readonly key: Float64Array;
  /** Levels of the best cut in scanning order. */
  readonly bestLevels: Int32Array;
  /** How many they are. */
  readonly bestCount: Int32Array;
  /** 1 for each cell that goes left at the best cut. */
  readonly left: Uint8Array;
}

/** Buffers for columns of these sizes. */
export function makeWork(sizes: Int32Array): SplitWork {
  let most = 0;
  for (let c = 0; c < sizes.length; c++) most = Math.max(most, sizes[c]! + 1);
  return {
    counts: new Int32Array(2 * most),
    found: new Int32Array(most),
    key: new Float64Array(most),
    bestLevels: new Int32Array(most),
    bestCount: new Int32Array(1),
    left: new Uint8Array(most),
  };
}

/** Looks for a better cut on one column. */
export function searchColumn(
  grid: CellGrid,
  column: number,
  rows: Int32Array,
  labels: Int32Array,
  node: NodeRange,
  work: SplitWork,
  best: Cut,
): void {
  const { counts, found, key } = work;
  const cells = grid.cells[column]!;
  const size = grid.sizes[column]!;
  const numeric = grid.numeric[column] === 1;
  let cellCount = 0;
  for (let i = node.start; i < node.end; i++) {
    const cell = cells[rows[i]!]!;
    const label = labels[i]!;
    const weight = label >> 1;
    const at = cell << 1;
    if (counts[at] === 0) found[cellCount++] = cell;
    counts[at]! += weight;
    counts[at + 1]! += weight & -(label & 1);
  }
  if (cellCount > 1) {
    if (numeric) orderNumbers(found, cellCount, counts, size);
    else {
      for (let f = 0; f < cellCount; f++) {
        const cell = found[f]!;
        key[cell] = counts[2 * cell + 1]! / counts[2 * cell]!;
      }
      orderLevels(found, cellCount, key);
    }
    scan(column, numeric, size, cellCount, node, work, best);
  }
  for (let f = 0; f < cellCount; f++) {
    counts[2 * found[f]!] = 0;
    counts[2 * found[f]! + 1] = 0;
  }
}

/** Compares all cuts of the ordered cells. */
function scan(
  column: number,
  numeric: boolean,
  size: number,
  cellCount: number,
  node: NodeRange,
  work: SplitWork,
  best: Cut,
): void {
  const { counts, found } = work;
  const { total, real, minLeaf } = node;
  const missing = numeric && found[cellCount - 1] === size;
  const last = missing ? cellCount - 1 : cellCount;
  for (let side = 0; side < (missing ? 2 : 1); side++) {
    let rowsLeft = side === 1 ? counts[2 * size]! : 0;
    let realLeft = side === 1 ? counts[2 * size + 1]! : 0;
    for (let f = 0; f < last; f++) {
      const cell = found[f]!;
      rowsLeft += counts[2 * cell]!;
      realLeft += counts[2 * cell + 1]!;
      if (rowsLeft < minLeaf) continue;
      const rowsRight = total - rowsLeft;
      if (rowsRight < minLeaf) break;
      const realRight = real - realLeft;
      const score = (realLeft * realLeft) / rowsLeft + (realRight * realRight) / rowsRight;
      if (!(score > best.score)) continue;
      best.score = score;
      best.column = column;
      best.position = numeric ? cell : f + 1;
      best.missingLeft = missing ? side : -1;
      best.rowsLeft = rowsLeft;
    }
  }
  if (best.column !== column || numeric) return;
  for (let f = 0; f < cellCount; f++) work.bestLevels[f] = found[f]!;
  work.bestCount[0] = cellCount;
}

/** Ascending cells: by insertion when few occur, else by walking over all. */
function orderNumbers(found: Int32Array, cellCount: number, counts: Int32Array, size: number): void {
  if (cellCount > INSERTION) {
    let at = 0;
    for (let cell = 0; cell <= size; cell++) if (counts[2 * cell] !== 0) found[at++] = cell;
    return;
  }
  for (let f = 1; f < cellCount; f++) {
    const cell = found[f]!;
    let at = f;
    for (; at > 0 && found[at - 1]! > cell; at--) found[at] = found[at - 1]!;
    found[at] = cell;
  }
}

/** Ascending keys, ties by cell. */
function orderLevels(found: Int32Array, cellCount: number, key: Float64Array): void {
  if (cellCount > INSERTION) {
    const sorted = Array.from(found.subarray(0, cellCount));
    sorted.sort((a, b) => key[a]! - key[b]! || a - b);
    found.set(sorted);
    return;
  }
  for (let f = 1; f < cellCount; f++) {
    const cell = found[f]!;
    const own = key[cell]!;
    let at = f;
    for (; at > 0; at--) {
      const before = found[at - 1]!;
      if (key[before]! < own || (key[before] === own && before < cell)) break;
      found[at] = before;
    }
    found[at] = cell;
  }
}
