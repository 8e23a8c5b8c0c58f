import type { ColumnShape } from '../model-types.ts';
import { roundLikeSource } from './internal-output.ts';
import type { EncodedColumn } from './internal-predictor.ts';

/** The sorted training values of a column, and where each distinct value starts in them. */
export interface QuantileCurve {
  /** Value of each observed training row, ascending. */
  readonly sorted: Float64Array;
  /** Per distinct value, its first position in `sorted`; one more entry at the end. */
  readonly start: Int32Array;
}

/** The curve of a column's distinct values, given the position in `values` of every observed training row, in any order. */
export function quantileCurve(values: readonly number[], donors: Int32Array): QuantileCurve {
  const start = new Int32Array(values.length + 1);
  for (let i = 0; i < donors.length; i++) start[donors[i]! + 1]!++;
  for (let c = 0; c < values.length; c++) start[c + 1]! += start[c]!;
  const sorted = new Float64Array(donors.length);
  for (let c = 0; c < values.length; c++) sorted.fill(values[c]!, start[c]!, start[c + 1]!);
  return { sorted, start };
}

/**
 * A point of the column's piecewise linear quantile function, up to half the window of rows away from the donor: heaped
 * values stay heaped, and a value of few rows is blurred over its neighbours. `spread` and `shift` are uniform in [0, 1).
 */
export function nearDonor(
  column: ColumnShape,
  window: number,
  curve: QuantileCurve,
  donor: number,
  spread: number,
  shift: number,
): number {
  const { sorted, start } = curve;
  const last = sorted.length - 1;
  const first = start[donor]!;
  let at = first + spread * (start[donor + 1]! - 1 - first) + (shift - 0.5) * window;
  // Reflected at both ends, so that the extremes do not collect draws.
  if (at < 0) at = -at;
  if (at > last) at = 2 * last - at;
  at = Math.min(last, Math.max(0, at));
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, last)]!;
  if (low === high) return low;
  // Weighted halves, so that a gap from -1e308 to 1e308 does not overflow.
  const t = at - below;
  const value = low * (1 - t) + high * t;
  return Math.min(high, Math.max(low, roundLikeSource(column, value)));
}

/** `auto` smooths columns with a distinct value for at least every second row: such values tell whose they are, and are not heaped. */
export function isSmooth({ codes, size }: EncodedColumn, smoothing: 'none' | 'interpolate' | 'auto'): boolean {
  if (smoothing !== 'auto') return smoothing === 'interpolate';
  let observed = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i] !== size) observed++;
  return 2 * size >= observed;
}
