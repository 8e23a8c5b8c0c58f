/**
 * Weights of the cells of a contingency table: (count - expected) / sqrt(expected + kappa), where expected is
 * row sum x column sum / total. They hold no sign and no key.
 *
 * @param out - One weight a cell, row by row.
 * @param counts - `rows` x `columns` counts, row by row.
 */
export function fillContrastWeights(
  out: Float64Array,
  counts: ArrayLike<number>,
  rows: number,
  columns: number,
  kappa: number,
): void {
  const columnSums = new Float64Array(columns);
  let total = 0;
  for (let r = 0, at = 0; r < rows; r++)
    for (let c = 0; c < columns; c++, at++) {
      columnSums[c] = columnSums[c]! + counts[at]!;
      total += counts[at]!;
    }
  for (let r = 0, at = 0; r < rows; r++) {
    let rowSum = 0;
    for (let c = 0; c < columns; c++) rowSum += counts[at + c]!;
    for (let c = 0; c < columns; c++, at++) {
      const expected = total === 0 ? 0 : (rowSum * columnSums[c]!) / total;
      out[at] = (counts[at]! - expected) / Math.sqrt(expected + kappa);
    }
  }
}

/** Neighbours on each side whose mean is what a comb bin should hold. */
const REACH = 3;

/** Occupied comb bins and those near enough to them to have an expected count: all others have weight 0. */
export interface CombBins {
  /** Bin numbers, ascending. */
  readonly bins: Float64Array;
  /** (count - expected) / sqrt(expected + kappa) of each. */
  readonly weights: Float64Array;
}

/**
 * Weights of comb bins: the expected count of a bin is the mean of the three bins on each side, as far as they lie
 * between the first and the last occupied bin.
 *
 * @param occupied - Numbers of the bins that hold a value, ascending.
 * @param counts - Values in each of them.
 */
export function combWeights(occupied: ArrayLike<number>, counts: ArrayLike<number>, kappa: number): CombBins {
  if (occupied.length === 0) return { bins: new Float64Array(0), weights: new Float64Array(0) };
  const first = occupied[0]!;
  const last = occupied[occupied.length - 1]!;
  const bins: number[] = [];
  const weights: number[] = [];
  let done = first - 1;
  let from = 0;
  for (let k = 0; k < occupied.length; k++) {
    const upTo = Math.min(last, occupied[k]! + REACH);
    for (let bin = Math.max(done + 1, occupied[k]! - REACH); bin <= upTo; bin++) {
      while (occupied[from]! < bin - REACH) from++;
      let own = 0;
      let around = 0;
      for (let j = from; j < occupied.length && occupied[j]! <= bin + REACH; j++)
        if (occupied[j] === bin) own = counts[j]!;
        else around += counts[j]!;
      const sides = Math.min(REACH, bin - first) + Math.min(REACH, last - bin);
      const expected = sides === 0 ? 0 : around / sides;
      bins.push(bin);
      weights.push((own - expected) / Math.sqrt(expected + kappa));
      done = bin;
    }
  }
  return { bins: Float64Array.from(bins), weights: Float64Array.from(weights) };
}
