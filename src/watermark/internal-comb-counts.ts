/** Values in each comb bin. */
export interface CombCounts {
  /** Numbers of the bins that hold a value, ascending. */
  readonly occupied: Float64Array;
  /** Values in each of them. */
  readonly counts: Float64Array;
  /** Values left out because they are listed or repeat too often. */
  readonly heavy: ReadonlySet<number>;
}

/** Fine cells in one comb bin; a power of two, so that x / step is scaled without rounding. */
const CELLS = 64;
/** Most fine cells that are counted in an array; wider ranges are sorted. */
const MOST_CELLS = 1 << 22;

/**
 * Counts values by comb bin, floor(value / step); NaN and values without an exact bin are left out.
 *
 * @param listed - Values to leave out, with all values that occur more than max(3, 0.001 n) times; null to keep all. A
 * value that repeats so often is a set value, not a point on a scale: its bin would outweigh all others.
 */
export function combCounts(values: Float64Array, step: number, listed: readonly number[] | null): CombCounts {
  const heavy = new Set(listed ?? []);
  let present = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(values[i]! / step);
    if (!Number.isSafeInteger(bin)) continue;
    present++;
    if (bin < low) low = bin;
    if (bin > high) high = bin;
  }
  const limit = listed === null ? Infinity : Math.max(3, 0.001 * present);
  if (present === 0) return { occupied: new Float64Array(0), counts: new Float64Array(0), heavy };
  return (high - low + 1) * CELLS <= MOST_CELLS
    ? countCells(values, step, low, high, limit, heavy)
    : countSorted(values, step, limit, heavy);
}

/** Only values in a fine cell with more than `limit` values, or with a listed one, need a look of their own. */
function countCells(
  values: Float64Array,
  step: number,
  low: number,
  high: number,
  limit: number,
  heavy: Set<number>,
): CombCounts {
  const first = low * CELLS;
  const cells = new Int32Array((high - low + 1) * CELLS);
  for (let i = 0; i < values.length; i++) {
    const cell = Math.floor((values[i]! / step) * CELLS) - first;
    if (cell >= 0 && cell < cells.length) cells[cell] = cells[cell]! + 1;
  }
  const crowded = new Set<number>();
  for (let cell = 0; cell < cells.length; cell++) if (cells[cell]! > limit) crowded.add(cell);
  for (const value of heavy) crowded.add(Math.floor((value / step) * CELLS) - first);
  if (crowded.size > 0) {
    const byValue = new Map<number, number>();
    for (let i = 0; i < values.length; i++) {
      const cell = Math.floor((values[i]! / step) * CELLS) - first;
      if (crowded.has(cell)) byValue.set(values[i]!, (byValue.get(values[i]!) ?? 0) + 1);
    }
    for (const [value, count] of byValue) {
      if (count > limit) heavy.add(value);
      const cell = Math.floor((value / step) * CELLS) - first;
      if (heavy.has(value) && cell >= 0 && cell < cells.length) cells[cell] = cells[cell]! - count;
    }
  }
  const occupied: number[] = [];
  const counts: number[] = [];
  for (let bin = low; bin <= high; bin++) {
    let count = 0;
    for (let c = 0, at = (bin - low) * CELLS; c < CELLS; c++) count += cells[at + c]!;
    if (count > 0) {
      occupied.push(bin);
      counts.push(count);
    }
  }
  return { occupied: Float64Array.from(occupied), counts: Float64Array.from(counts), heavy };
}

function countSorted(values: Float64Array, step: number, limit: number, heavy: Set<number>): CombCounts {
  const sorted = values.slice().sort();
  const occupied: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < sorted.length; ) {
    const value = sorted[i]!;
    let j = i + 1;
    while (j < sorted.length && sorted[j] === value) j++;
    const bin = Math.floor(value / step);
    if (j - i > limit) heavy.add(value);
    if (Number.isSafeInteger(bin) && !heavy.has(value)) {
      if (occupied[occupied.length - 1] !== bin) {
        occupied.push(bin);
        counts.push(0);
      }
      counts[counts.length - 1]! += j - i;
    }
    i = j;
  }
  return { occupied: Float64Array.from(occupied), counts: Float64Array.from(counts), heavy };
}
