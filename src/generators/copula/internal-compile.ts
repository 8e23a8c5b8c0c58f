import { normalQuantile } from '../../math/normal-quantile.ts';
import { roundLikeSource } from '../shared/internal-output.ts';
import type { CopulaColumn, StepsMarginal } from './copula-types.ts';

/** A column's quantile function over its latent normal, ready to be read: no probability is computed per row. */
export interface Steps {
  /** z at which each step ends, ascending; the last is Infinity. */
  readonly ends: Float64Array;
  /** z from which each step's line is drawn. */
  readonly from: Float64Array;
  /** Value (or code) at the start of each step, its slope in z, and its value at the end. */
  readonly low: Float64Array;
  readonly slope: Float64Array;
  readonly high: Float64Array;
  /** First step that a z of each guide cell can lie in. */
  readonly guide: Int32Array;
}

/** Lines are cut to pieces of at most this share of the rows, within which the normal quantile is taken as straight. */
const PIECE = 1 / 256;

/** Guide cells: 1/256 wide over [-4, 4]. */
const GUIDE_SCALE = 256;
const GUIDE_CELLS = 2048;

/** Codes of a column of levels. */
export function compileLevels(codes: readonly number[], ends: readonly number[]): Steps {
  const values = Float64Array.from(codes);
  const rows = ends[ends.length - 1]!;
  const z = Float64Array.from(ends, (end) => (end === rows ? Infinity : normalQuantile(end / rows)));
  return withGuide(z, new Float64Array(z.length), values, new Float64Array(z.length), values);
}

/** The missing indicator: 1 in the upper tail. */
export function compileMissing(missingRows: number, rows: number): Steps {
  return compileLevels([0, 1], [rows - missingRows, rows]);
}

/** Spikes and lines of a numeric column. */
export function compileSteps({ ends, low, high }: StepsMarginal): Steps {
  const rows = ends[ends.length - 1]!;
  const z: number[] = [];
  const from: number[] = [];
  const starts: number[] = [];
  const slope: number[] = [];
  const stops: number[] = [];
  let below = 0;
  let zBelow = normalQuantile(0.5 / rows);
  for (let k = 0; k < ends.length; k++) {
    const end = ends[k]!;
    const pieces = low[k] === high[k] ? 1 : Math.ceil((end - below) / rows / PIECE);
    for (let p = 1; p <= pieces; p++) {
      const at = below + ((end - below) * p) / pieces;
      // The open ends of the normal are reached half a row from the ends.
      const zAt = normalQuantile(Math.min(at, rows - 0.5) / rows);
      const start = low[k]! + ((high[k]! - low[k]!) * (p - 1)) / pieces;
      const stop = low[k]! + ((high[k]! - low[k]!) * p) / pieces;
      z.push(end === rows && p === pieces ? Infinity : zAt);
      from.push(zBelow);
      starts.push(start);
      slope.push(zAt > zBelow ? (stop - start) / (zAt - zBelow) : 0);
      stops.push(stop);
      zBelow = zAt;
    }
    below = end;
  }
  return withGuide(
    Float64Array.from(z),
    Float64Array.from(from),
    Float64Array.from(starts),
    Float64Array.from(slope),
    Float64Array.from(stops),
  );
}

function withGuide(
  ends: Float64Array,
  from: Float64Array,
  low: Float64Array,
  slope: Float64Array,
  high: Float64Array,
): Steps {
  const guide = new Int32Array(GUIDE_CELLS);
  let step = 0;
  for (let cell = 1; cell < GUIDE_CELLS; cell++) {
    const z = cell / GUIDE_SCALE - 4;
    while (ends[step]! <= z) step++;
    guide[cell] = step;
  }
  return { ends, from, low, slope, high, guide };
}

/** Step that a z lies in. */
export function stepAt(steps: Steps, z: number): number {
  const { ends, guide } = steps;
  const cell = (z + 4) * GUIDE_SCALE;
  let step = cell < 0 ? 0 : guide[cell < GUIDE_CELLS ? cell | 0 : GUIDE_CELLS - 1]!;
  while (ends[step]! <= z) step++;
  return step;
}

/** Values of many z, before rounding. */
export function fillValues(
  out: Float64Array,
  at: number,
  steps: Steps,
  z: Float64Array,
  first: number,
  n: number,
): void {
  const { from, low, slope, high } = steps;
  for (let i = 0; i < n; i++) {
    const score = z[first + i]!;
    const step = stepAt(steps, score);
    const start = low[step]!;
    const rise = slope[step]!;
    // Spikes and levels are most cells.
    if (rise === 0) out[at + i] = start;
    else {
      const value = start + rise * (score - from[step]!);
      out[at + i] = Math.min(high[step]!, Math.max(start, value));
    }
  }
}

/** Rounds drawn numbers to the cells that the source shows, half away from zero, never -0. */
export function roundCells(values: Float64Array, column: CopulaColumn): void {
  if (column.kind === 'category' || column.kind === 'boolean') return;
  let unit = 1;
  let scale = 1;
  if (column.unit === 'day') unit = 86_400_000;
  if (column.kind === 'number') for (let k = 0; k < column.decimals; k++) scale *= 10;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const size = (Math.abs(value) / unit) * scale;
    // A whole number below 2^52 over a power of ten is the double nearest to its decimals, as the slow way gives.
    if (size < 4_503_599_627_370_496) {
      const whole = (Math.floor(size + 0.5) / scale) * unit;
      values[i] = value < 0 && whole > 0 ? -whole : whole;
    } else if (!Number.isNaN(value)) values[i] = roundLikeSource(column, value);
  }
}

/** Distance between neighbouring cells that a numeric column can show. */
export function gridOf(column: { readonly unit: string | null; readonly decimals: number }): number {
  if (column.unit === 'day') return 86_400_000;
  let grid = 1;
  for (let k = 0; k < column.decimals; k++) grid /= 10;
  return grid;
}

/** Least and greatest value of a quantile function. */
export function stepRange({ low, high }: Steps): { low: number; high: number } {
  return { low: low[0]!, high: high[high.length - 1]! };
}

/** Upper end of the z whose value is below a number. */
export function zBelow(steps: Steps, value: number): number {
  return inverse(
    steps,
    value,
    (stop) => stop >= value,
    (start) => start >= value,
  );
}

/** Upper end of the z whose value is at most a number. */
export function zAbove(steps: Steps, value: number): number {
  return inverse(
    steps,
    value,
    (stop) => stop > value,
    (start) => start > value,
  );
}

function inverse(
  { ends, from, low, slope, high }: Steps,
  value: number,
  reaches: (stop: number) => boolean,
  passes: (start: number) => boolean,
): number {
  const step = high.findIndex(reaches);
  if (step < 0) return Infinity;
  if (passes(low[step]!)) return step === 0 ? -Infinity : ends[step - 1]!;
  return from[step]! + (value - low[step]!) / slope[step]!;
}
