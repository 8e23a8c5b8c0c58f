/** Rounds of power iteration: fixed, so that the order is the same everywhere. */
const ROUNDS = 10;

/** Levels above this number are sorted by Array.prototype.sort; below, insertion is faster. */
const INSERTION = 48;

/** The levels of one category column in one node. */
export interface LevelTable {
  /** Number of levels that occur. */
  levels: number;
  /** Code of each slot, in the order in which the node's rows show them. */
  readonly code: Int32Array;
  /** Slot (position in `code`) of each code that occurs. */
  readonly slotOf: Int32Array;
  /** Rows per slot. */
  readonly rows: Int32Array;
  /** Sum of scores per slot. */
  readonly sum: Float64Array;
  /** Slots in scanning order. */
  readonly order: Int32Array;
  /** Sorting key per slot. */
  readonly key: Float64Array;
  /** Per slot, the first of its nonzero level-by-class cells; one more entry at the end. */
  readonly cellStart: Int32Array;
  /** Class of each cell. */
  readonly cellClass: Int32Array;
  /** Rows of each cell. */
  readonly cellRows: Int32Array;
}

/** Sorts the slots by key, ties by code. */
export function sortSlots(table: LevelTable): void {
  const { levels, order, key, code } = table;
  if (levels > INSERTION) {
    const sorted = Array.from({ length: levels }, (_, slot) => slot);
    sorted.sort((a, b) => key[a]! - key[b]! || code[a]! - code[b]!);
    order.set(sorted);
    return;
  }
  for (let slot = 0; slot < levels; slot++) {
    const k = key[slot]!;
    const c = code[slot]!;
    let at = slot;
    while (at > 0) {
      const before = order[at - 1]!;
      if (key[before]! < k || (key[before] === k && code[before]! < c)) break;
      order[at] = before;
      at--;
    }
    order[at] = slot;
  }
}

/** Counts rows and score sums by level. */
export function countScores(
  table: LevelTable,
  codes: Int32Array,
  rows: Int32Array,
  start: number,
  end: number,
  score: Float64Array,
): void {
  collectLevels(table, codes, rows, start, end);
  const { slotOf, sum } = table;
  sum.fill(0, 0, table.levels);
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    sum[slotOf[codes[row]!]!]! += score[row]!;
  }
}

/**
 * Orders the levels by mean score. With that order the best of all 2^(L-1) subsets is among the L - 1 cuts
 * (Fisher 1958; Breiman et al. 1984, 4.2.2).
 */
export function orderByMean(table: LevelTable): void {
  for (let slot = 0; slot < table.levels; slot++) table.key[slot] = table.sum[slot]! / table.rows[slot]!;
  sortSlots(table);
}

/** Finds the levels that occur and their rows. `slotOf` needs no clearing: an entry counts only when `code` confirms it. */
function collectLevels(table: LevelTable, codes: Int32Array, rows: Int32Array, start: number, end: number): void {
  const { code, slotOf, rows: levelRows } = table;
  let levels = 0;
  for (let i = start; i < end; i++) {
    const c = codes[rows[i]!]!;
    let slot = slotOf[c]!;
    if (slot >= levels || code[slot] !== c) {
      slot = levels++;
      slotOf[c] = slot;
      code[slot] = c;
      levelRows[slot] = 0;
    }
    levelRows[slot]!++;
  }
  table.levels = levels;
}

/** Counts the nonzero cells of the level-by-class table; `classOf` is a buffer of one entry per row, `cellOf` one per class. */
export function countClasses(
  table: LevelTable,
  codes: Int32Array,
  rows: Int32Array,
  start: number,
  end: number,
  klass: Int32Array,
  classOf: Int32Array,
  cellOf: Int32Array,
): void {
  collectLevels(table, codes, rows, start, end);
  const { levels, slotOf, rows: levelRows, cellStart, cellClass, cellRows } = table;
  let at = 0;
  // cellStart serves as the write position of each level while classes are put in level order.
  for (let slot = 0; slot < levels; slot++) {
    cellStart[slot] = at;
    at += levelRows[slot]!;
  }
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    classOf[cellStart[slotOf[codes[row]!]!]!++] = klass[row]!;
  }
  let cells = 0;
  at = 0;
  for (let slot = 0; slot < levels; slot++) {
    const first = cells;
    for (const stop = at + levelRows[slot]!; at < stop; at++) {
      const k = classOf[at]!;
      let cell = cellOf[k]!;
      if (cell < first || cell >= cells || cellClass[cell] !== k) {
        cell = cells++;
        cellOf[k] = cell;
        cellClass[cell] = k;
        cellRows[cell] = 0;
      }
      cellRows[cell]!++;
    }
    cellStart[slot] = first;
  }
  cellStart[levels] = cells;
}

/**
 * Orders the levels along the first principal component of their class shares, levels weighted by their rows
 * (Coppersmith, Hong, Hosking 1999): a many-class split then needs L - 1 cuts instead of 2^(L-1) subsets.
 *
 * @param total - Rows per class in the node; `direction` and `next` are buffers of the same length.
 */
export function orderByComponent(
  table: LevelTable,
  total: Int32Array,
  classes: number,
  n: number,
  direction: Float64Array,
  next: Float64Array,
): void {
  const { levels, rows, key, cellStart, cellClass, cellRows } = table;
  // Start near the strongest direction: the most frequent class against the rest.
  let top = 0;
  for (let k = 1; k < classes; k++) if (total[k]! > total[top]!) top = k;
  for (let k = 0; k < classes; k++) direction[k] = k === top ? 1 : -total[k]! / n;
  for (let round = 0; ; round++) {
    let centre = 0;
    for (let k = 0; k < classes; k++) centre += total[k]! * direction[k]!;
    centre /= n;
    for (let slot = 0; slot < levels; slot++) {
      let dot = 0;
      for (let c = cellStart[slot]!; c < cellStart[slot + 1]!; c++) dot += cellRows[c]! * direction[cellClass[c]!]!;
      key[slot] = dot / rows[slot]! - centre;
    }
    if (round === ROUNDS) break;
    next.fill(0, 0, classes);
    for (let slot = 0; slot < levels; slot++) {
      const weight = key[slot]!;
      for (let c = cellStart[slot]!; c < cellStart[slot + 1]!; c++) next[cellClass[c]!]! += weight * cellRows[c]!;
    }
    let norm = 0;
    for (let k = 0; k < classes; k++) norm += next[k]! * next[k]!;
    if (norm === 0) break;
    norm = Math.sqrt(norm);
    for (let k = 0; k < classes; k++) direction[k] = next[k]! / norm;
  }
  sortSlots(table);
}
