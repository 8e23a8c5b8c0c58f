import { requireFinite, requireSameLength } from './internal-check.ts';
import { sortingOrder } from './internal-order.ts';

/**
 * Kendall's rank correlation, tau-b: concordant minus discordant pairs, over the geometric mean of the pairs untied in x
 * and those untied in y.
 *
 * In n log n steps, by Knight 1966: sort by x then y, and count the exchanges that sorting by y still needs.
 *
 * @param x - Finite numbers.
 * @param y - Finite numbers, aligned with x.
 * @returns A number in [-1, 1]; null when it is undefined: fewer than two pairs, or a constant column.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER` for NaN or infinities.
 * @example
 * kendall([1, 2, 3, 4], [1, 2, 4, 3]); // => 0.6666666666666666
 * kendall([1, 1, 1], [1, 2, 3]); // => null
 */
export function kendall(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  requireSameLength('y', y.length, x.length);
  requireFinite('x', x);
  requireFinite('y', y);
  const n = x.length;
  const byY = sortingOrder(y);
  const xInYOrder = Float64Array.from(byY, (row) => x[row]!);
  // Stable, so rows come by x and within equal x by y.
  const byX = sortingOrder(xInYOrder);
  const ranks = new Float64Array(n);
  let xTied = 0;
  let bothTied = 0;
  let xRun = 1;
  let bothRun = 1;
  for (let i = 0; i < n; i++) {
    const row = byY[byX[i]!]!;
    ranks[i] = y[row]!;
    if (i === 0) continue;
    const before = byY[byX[i - 1]!]!;
    if (x[row]! === x[before]!) {
      xTied += xRun++;
      if (y[row]! === y[before]!) bothTied += bothRun++;
      else bothRun = 1;
    } else {
      xRun = 1;
      bothRun = 1;
    }
  }
  let yTied = 0;
  for (let i = 1, run = 1; i < n; i++) {
    if (y[byY[i]!]! === y[byY[i - 1]!]!) yTied += run++;
    else run = 1;
  }
  const pairs = (n * (n - 1)) / 2;
  if (xTied === pairs || yTied === pairs) return null;
  const discordant = countExchanges(ranks);
  const score = pairs - xTied - yTied + bothTied - 2 * discordant;
  const tau = score / Math.sqrt((pairs - xTied) * (pairs - yTied));
  return Math.min(1, Math.max(-1, tau));
}

/** Pairs out of order, counted by merge sort; the values are sorted in passing. */
function countExchanges(values: Float64Array): number {
  const n = values.length;
  let source: Float64Array = values;
  let target: Float64Array = new Float64Array(n);
  let exchanges = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let i = start;
      let j = middle;
      for (let k = start; k < end; k++) {
        if (i < middle && (j >= end || source[i]! <= source[j]!)) target[k] = source[i++]!;
        else {
          target[k] = source[j++]!;
          exchanges += middle - i;
        }
      }
    }
    const swap = source;
    source = target;
    target = swap;
  }
  return exchanges;
}
