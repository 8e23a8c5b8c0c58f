import { requireFinite, requireSameLength } from './internal-check.ts';
import { mean } from './mean.ts';

/**
 * Pearson's correlation coefficient.
 *
 * @param x - Finite numbers.
 * @param y - Finite numbers, aligned with x.
 * @returns A number in [-1, 1]; null when it is undefined: fewer than two pairs, or a constant column.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER` for NaN or infinities.
 * @example
 * pearson([1, 2, 3], [2, 4, 6]); // => 1
 * pearson([1, 1, 1], [2, 4, 6]); // => null
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  requireSameLength('y', y.length, x.length);
  requireFinite('x', x);
  requireFinite('y', y);
  const n = x.length;
  if (n < 2) return null;
  // Scaled by the largest deviation, so that squares neither overflow nor vanish.
  const xMean = mean(x);
  const yMean = mean(y);
  let xSize = 0;
  let ySize = 0;
  let xConstant = true;
  let yConstant = true;
  for (let i = 0; i < n; i++) {
    xSize = Math.max(xSize, Math.abs(x[i]! - xMean));
    ySize = Math.max(ySize, Math.abs(y[i]! - yMean));
    if (x[i] !== x[0]) xConstant = false;
    if (y[i] !== y[0]) yConstant = false;
  }
  if (xConstant || yConstant || !(xSize > 0 && ySize > 0 && xSize < Infinity && ySize < Infinity)) return null;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    const dx = (x[i]! - xMean) / xSize;
    const dy = (y[i]! - yMean) / ySize;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const r = xy / Math.sqrt(xx) / Math.sqrt(yy);
  return Math.min(1, Math.max(-1, r));
}
