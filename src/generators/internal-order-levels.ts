import type { EncodedColumn } from './internal-predictor.ts';

/** Rounds of power iteration: fixed, so that the order is the same everywhere. */
const ROUNDS = 24;

/**
 * Rank of each code of a category predictor (the last rank entry is "missing") along the first principal component of
 * the class shares, levels weighted by their rows (Coppersmith, Hong, Hosking 1999): a many-class split then needs a scan
 * of L - 1 cuts instead of 2^(L-1) subsets. Works on the nonzero cells of the level-by-class table.
 */
export function orderLevels(
  predictor: EncodedColumn,
  klass: Int32Array,
  classes: number,
  rows: Int32Array,
  start: number,
  end: number,
): Int32Array {
  const levels = predictor.size + 1;
  const { codes } = predictor;
  const { cellStart, cellClass, cellCount, levelRows } = crossTable(codes, levels, klass, classes, rows, start, end);
  const share = new Float64Array(classes);
  for (let i = start; i < end; i++) share[klass[rows[i]!]!]! += 1 / (end - start);
  // Start near the strongest direction: the most frequent class against the rest.
  let direction = new Float64Array(classes);
  let next = new Float64Array(classes);
  let top = 0;
  for (let k = 1; k < classes; k++) if (share[k]! > share[top]!) top = k;
  for (let k = 0; k < classes; k++) direction[k] = k === top ? 1 : -share[k]!;
  const position = new Float64Array(levels);
  for (let round = 0; round <= ROUNDS; round++) {
    let centre = 0;
    for (let k = 0; k < classes; k++) centre += share[k]! * direction[k]!;
    for (let l = 0; l < levels; l++) {
      let dot = 0;
      for (let c = cellStart[l]!; c < cellStart[l + 1]!; c++) dot += cellCount[c]! * direction[cellClass[c]!]!;
      position[l] = levelRows[l]! === 0 ? 0 : dot / levelRows[l]! - centre;
    }
    if (round === ROUNDS) break;
    next.fill(0);
    for (let l = 0; l < levels; l++)
      for (let c = cellStart[l]!; c < cellStart[l + 1]!; c++) next[cellClass[c]!]! += position[l]! * cellCount[c]!;
    let norm = 0;
    for (let k = 0; k < classes; k++) norm += next[k]! * next[k]!;
    if (norm === 0) break;
    norm = Math.sqrt(norm);
    for (let k = 0; k < classes; k++) next[k]! /= norm;
    [direction, next] = [next, direction];
  }
  return ranksOf(position, levels);
}

/** Rank of each level by position, ties by code. */
function ranksOf(position: Float64Array, levels: number): Int32Array {
  const sorted = Array.from({ length: levels }, (_, level) => level);
  sorted.sort((a, b) => position[a]! - position[b]! || a - b);
  const ranks = new Int32Array(levels);
  for (let r = 0; r < levels; r++) ranks[sorted[r]!] = r;
  return ranks;
}

/** Nonzero cells of the level-by-class table, by level. */
function crossTable(
  codes: Int32Array,
  levels: number,
  klass: Int32Array,
  classes: number,
  rows: Int32Array,
  start: number,
  end: number,
): { cellStart: Int32Array; cellClass: Int32Array; cellCount: Int32Array; levelRows: Int32Array } {
  const n = end - start;
  const levelRows = new Int32Array(levels);
  for (let i = start; i < end; i++) levelRows[codes[rows[i]!]!]!++;
  const fillAt = new Int32Array(levels);
  for (let l = 1; l < levels; l++) fillAt[l] = fillAt[l - 1]! + levelRows[l - 1]!;
  const byLevel = new Int32Array(n);
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    byLevel[fillAt[codes[row]!]!++] = klass[row]!;
  }
  const cellStart = new Int32Array(levels + 1);
  const cellClass = new Int32Array(n);
  const cellCount = new Int32Array(n);
  // Where a class last got a cell, so that one pass per level collects its nonzero cells.
  const cellOf = new Int32Array(classes).fill(-1);
  let cells = 0;
  let at = 0;
  for (let l = 0; l < levels; l++) {
    cellStart[l] = cells;
    for (const stop = at + levelRows[l]!; at < stop; at++) {
      const k = byLevel[at]!;
      if (cellOf[k]! < cellStart[l]!) {
        cellOf[k] = cells;
        cellClass[cells] = k;
        cellCount[cells++] = 0;
      }
      cellCount[cellOf[k]!]!++;
    }
  }
  cellStart[levels] = cells;
  return { cellStart, cellClass, cellCount, levelRows };
}
