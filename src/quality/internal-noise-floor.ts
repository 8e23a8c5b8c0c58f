import { createRng } from '../random/create-rng.ts';
import { permutation } from '../random/permutation.ts';
import { meanOfPresent, type ScoreSettings, shapeOf, trendOf } from './internal-quality-scores.ts';
import { type ColumnPlan, type PreparedColumn, takePrepared } from './internal-quality-sides.ts';
import type { NoiseFloor } from './quality-result.ts';

/** Figures of one comparison of two sets of rows. */
export interface Figures {
  readonly shapes: readonly (number | null)[];
  readonly trends: readonly (number | null)[];
  readonly columnShapes: number | null;
  readonly columnPairTrends: number | null;
  readonly overall: number | null;
}

/** Two column numbers. */
export type PairIndex = readonly [number, number];

/** Joins figures into the two parts and the overall score. */
export function joinFigures(shapes: readonly (number | null)[], trends: readonly (number | null)[]): Figures {
  const columnShapes = meanOfPresent(shapes);
  const columnPairTrends = meanOfPresent(trends);
  return { shapes, trends, columnShapes, columnPairTrends, overall: meanOfPresent([columnShapes, columnPairTrends]) };
}

/** One repeat of the noise floor: real part A against real part B, and A against as many synthetic rows. */
export interface FloorRepeat {
  readonly floor: Figures;
  readonly matched: Figures;
}

/** Runs repeat number `index`; each has its own random stream, so that their number changes none of them. */
export function floorRepeat(
  plans: readonly ColumnPlan[],
  pairs: readonly PairIndex[],
  counted: readonly boolean[],
  rows: { readonly real: number; readonly synthetic: number; readonly side: number },
  settings: ScoreSettings & { readonly bins: number },
  seed: string,
  index: number,
): FloorRepeat {
  const { mode, bins } = settings;
  const stream = createRng(seed).stream('quality/noise-floor').stream(index);
  const order = permutation(stream.stream('real'), rows.real);
  const other = permutation(stream.stream('synthetic'), rows.synthetic);
  const take = (columns: readonly PreparedColumn[], which: Uint32Array): PreparedColumn[] =>
    columns.map((column) => takePrepared(column, which, mode, bins));
  const real = plans.map((plan) => plan.real);
  const a = take(real, order.subarray(0, rows.side));
  const b = take(real, order.subarray(rows.side, 2 * rows.side));
  const s = take(
    plans.map((plan) => plan.synthetic),
    other.subarray(0, rows.side),
  );
  // Which pairs count was settled on all real rows; a half must not change it.
  const free = { ...settings, correlationThreshold: 0, associationThreshold: 0 };
  const figures = (x: readonly PreparedColumn[], y: readonly PreparedColumn[]): Figures =>
    joinFigures(
      x.map((column, i) => shapeOf(column, y[i]!, free).value),
      pairs.map(([i, j], k) => (counted[k] ? trendOf([x[i]!, x[j]!], [y[i]!, y[j]!], free).trend.value : null)),
    );
  return { floor: figures(a, b), matched: figures(a, s) };
}

/** Mean and range of one figure over the repeats. */
export function noiseOf(repeats: readonly FloorRepeat[], pick: (figures: Figures) => number | null): NoiseFloor | null {
  if (repeats.length === 0) return null;
  const floors: number[] = [];
  const matches: number[] = [];
  const gaps: number[] = [];
  for (const repeat of repeats) {
    const floor = pick(repeat.floor);
    const matched = pick(repeat.matched);
    if (floor !== null) floors.push(floor);
    if (matched !== null) matches.push(matched);
    if (floor !== null && matched !== null) gaps.push(floor - matched);
  }
  return {
    floor: meanOfPresent(floors),
    floorRange: rangeOf(floors),
    matched: meanOfPresent(matches),
    matchedRange: rangeOf(matches),
    gap: meanOfPresent(gaps),
    gapRange: rangeOf(gaps),
  };
}

function rangeOf(values: readonly number[]): readonly [number, number] | null {
  if (values.length === 0) return null;
  let low = values[0]!;
  let high = low;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
