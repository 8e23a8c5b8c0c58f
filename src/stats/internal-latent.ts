import { normalQuantile } from '../math/normal-quantile.ts';

/** Normal thresholds between ordered categories, from their counts: -Infinity, ..., Infinity; one more than categories. */
export function thresholds(counts: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  const out = new Float64Array(counts.length + 1);
  out[0] = -Infinity;
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    below += counts[i]!;
    out[i + 1] = i === counts.length - 1 ? Infinity : normalQuantile(below / total);
  }
  return out;
}

/** Largest absolute correlation tried: at 1 itself the likelihood of any misplaced pair is 0. */
const EDGE = 0.9999;

/** The correlation with the largest likelihood: a grid, then golden sections around its best point. */
export function bestCorrelation(likelihood: (r: number) => number): number {
  const grid = 20;
  let best = 0;
  let bestAt = -Infinity;
  for (let i = -grid; i <= grid; i++) {
    const value = likelihood((EDGE * i) / grid);
    if (value > bestAt) {
      bestAt = value;
      best = i;
    }
  }
  let low = (EDGE * Math.max(-grid, best - 1)) / grid;
  let high = (EDGE * Math.min(grid, best + 1)) / grid;
  const golden = 0.6180339887498949;
  let left = high - golden * (high - low);
  let right = low + golden * (high - low);
  let leftValue = likelihood(left);
  let rightValue = likelihood(right);
  while (high - low > 1e-9) {
    if (leftValue >= rightValue) {
      high = right;
      right = left;
      rightValue = leftValue;
      left = high - golden * (high - low);
      leftValue = likelihood(left);
    } else {
      low = left;
      left = right;
      leftValue = rightValue;
      right = low + golden * (high - low);
      rightValue = likelihood(right);
    }
  }
  return (low + high) / 2;
}
