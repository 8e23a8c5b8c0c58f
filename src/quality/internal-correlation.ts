import { log } from '../math/log.ts';
import { normalQuantile } from '../math/normal-quantile.ts';
import { tanh } from '../math/tanh.ts';
import { midRanks } from '../stats/mid-ranks.ts';
import type { Interval } from '../types.ts';

/** Correlation of the rows in which both cells hold a value. */
export interface Correlation {
  /** The coefficient, -1 to 1; null when it cannot be computed. */
  readonly value: number | null;
  /** Rows used. */
  readonly n: number;
  /** Why it is null. */
  readonly reason: 'TOO_FEW_VALUES' | 'CONSTANT' | 'NOT_FINITE' | null;
}

/** Product-moment correlation over rows where neither cell is NaN; two passes. */
export function pearsonOfCells(x: Float64Array, y: Float64Array): Correlation {
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  let lowX = Number.POSITIVE_INFINITY;
  let highX = Number.NEGATIVE_INFINITY;
  let lowY = Number.POSITIVE_INFINITY;
  let highY = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const a = x[i]!;
    const b = y[i]!;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    n++;
    sumX += a;
    sumY += b;
    if (a < lowX) lowX = a;
    if (a > highX) highX = a;
    if (b < lowY) lowY = b;
    if (b > highY) highY = b;
  }
  if (n < 2) return { value: null, n, reason: 'TOO_FEW_VALUES' };
  if (!Number.isFinite(lowX) || !Number.isFinite(highX) || !Number.isFinite(lowY) || !Number.isFinite(highY))
    return { value: null, n, reason: 'NOT_FINITE' };
  // Equal ends, not a zero variance: the mean of a constant may miss it by a rounding.
  if (lowX === highX || lowY === highY) return { value: null, n, reason: 'CONSTANT' };
  let scaleX = 1;
  let scaleY = 1;
  let meanX = sumX / n;
  let meanY = sumY / n;
  for (let attempt = 0; attempt < 2; attempt++) {
    let squaresX = 0;
    let squaresY = 0;
    let products = 0;
    for (let i = 0; i < x.length; i++) {
      const a = x[i]!;
      const b = y[i]!;
      if (Number.isNaN(a) || Number.isNaN(b)) continue;
      const dx = a / scaleX - meanX;
      const dy = b / scaleY - meanY;
      squaresX += dx * dx;
      squaresY += dy * dy;
      products += dx * dy;
    }
    const norm = squaresX * squaresY;
    if (norm > 1e-280 && norm < 1e280) {
      // One root of the product: two equal columns then give exactly 1.
      const r = products / Math.sqrt(norm);
      return { value: Math.max(-1, Math.min(1, r)) + 0, n, reason: null };
    }
    // Squares under- or overflowed: once more with both columns scaled to a size near 1.
    scaleX = sizeOf(lowX, highX);
    scaleY = sizeOf(lowY, highY);
    meanX = scaledMean(x, y, scaleX, n, false);
    meanY = scaledMean(x, y, scaleY, n, true);
  }
  return { value: null, n, reason: 'NOT_FINITE' };
}

function sizeOf(low: number, high: number): number {
  const size = Math.max(Math.abs(low), Math.abs(high));
  return Math.max(size, 1e-300);
}

function scaledMean(x: Float64Array, y: Float64Array, scale: number, n: number, second: boolean): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    const a = x[i]!;
    const b = y[i]!;
    if (!Number.isNaN(a) && !Number.isNaN(b)) total += (second ? b : a) / scale;
  }
  return total / n;
}

/** Rank correlation (mid-ranks) over rows where neither cell is NaN. */
export function spearmanOfCells(x: Float64Array, y: Float64Array): Correlation {
  const a = new Float64Array(x.length);
  const b = new Float64Array(x.length);
  let n = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]!) || Number.isNaN(y[i]!)) continue;
    a[n] = x[i]!;
    b[n] = y[i]!;
    n++;
  }
  return pearsonOfCells(midRanks(a.subarray(0, n)), midRanks(b.subarray(0, n)));
}

/**
 * Interval of the difference of two independent correlations: Fisher's z interval of each, joined by the method of
 * variance estimates recovery (Zou 2007, section 2). Undefined under 4 rows. For rank correlation the variance of z is
 * (1 + r^2 / 2) / (n - 3) (Bonett and Wright 2000).
 */
export function correlationDifferenceInterval(
  r1: number,
  n1: number,
  r2: number,
  n2: number,
  level: number,
  ranks: boolean,
): Interval | undefined {
  if (n1 < 4 || n2 < 4) return undefined;
  const [low1, high1] = fisherEnds(r1, n1, level, ranks);
  const [low2, high2] = fisherEnds(r2, n2, level, ranks);
  const d = r1 - r2;
  const below = Math.sqrt((r1 - low1) * (r1 - low1) + (high2 - r2) * (high2 - r2));
  const above = Math.sqrt((high1 - r1) * (high1 - r1) + (r2 - low2) * (r2 - low2));
  return { lower: d - below, upper: d + above, level, method: 'zou-fisher-z' };
}

function fisherEnds(r: number, n: number, level: number, ranks: boolean): readonly [number, number] {
  if (r >= 1 || r <= -1) return [r, r];
  const z = log((1 + r) / (1 - r)) / 2;
  const half = normalQuantile((1 + level) / 2) * Math.sqrt((ranks ? 1 + (r * r) / 2 : 1) / (n - 3));
  return [tanh(z - half), tanh(z + half)];
}
