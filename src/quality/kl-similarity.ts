import { log } from '../math/log.ts';
import { columnLength } from '../table/column-length.ts';
import type { Column } from '../types.ts';
import { equalWidthEdges, isBinnable } from './internal-bins.ts';
import { codedColumn } from './internal-coded.ts';
import { checkSameKind, isContinuous, numericCells, sortedValues } from './internal-columns.ts';
import { checkedCount, checkedOptions, computed, notComputed } from './internal-measure.ts';
import { checkPair } from './internal-pairs.ts';
import type { QualityMeasure, QualityMeasureOptions } from './quality-measure.ts';

/** Options of {@link klSimilarity}. */
export interface KlSimilarityOptions extends QualityMeasureOptions {
  /** Equal-width bins of a numeric or datetime column, 1 to 1000. Default 10. */
  readonly bins?: number | undefined;
}

/** Result of {@link klSimilarity}. */
export interface KlSimilarityMeasure extends QualityMeasure {
  /** Kullback-Leibler divergence of the synthetic shares from the real ones, in nats; null when there is no figure. */
  readonly divergence: number | null;
}

/** Rows given to a cell that the other side shows, in strict mode: half a row, so that no share is 0. */
const HALF_ROW = 0.5;

/**
 * 1 / (1 + D), where D is the Kullback-Leibler divergence (nats) of the synthetic joint shares of two columns from the real ones.
 *
 * 1 = equal joint shares; larger is better. Missing is a level; numbers are binned by the real column's range, the outer
 * bins open; each cell that either side shows gets half a row more. `compat` mode is what SDMetrics computes: for two
 * numeric columns missing cells count as 0, synthetic rows outside the real range are dropped and each cell gets 1e-5 rows;
 * for others a combination that the real table lacks gets 1e-6 rows, which alone decides the figure. Sampling alone lowers
 * it: prefer {@link contingencySimilarity}. Source: SDMetrics 0.29, ContinuousKLDivergence and DiscreteKLDivergence.
 *
 * @param real - Two columns of the real table, of equal length.
 * @param synthetic - The same two columns of the synthetic table.
 * @param options - See {@link KlSimilarityOptions}; `level` is not used.
 * @returns A measure in [0, 1]; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES` (no rows), `NOT_FINITE`.
 * @throws {@link SynthproofError} `KIND_MISMATCH`, `LENGTH_MISMATCH`, `OUT_OF_RANGE`, `BAD_OPTION`.
 * @example
 * const a = categoryColumn('a', ['x', 'x', 'y', 'y']);
 * const b = booleanColumn('b', [true, true, false, false]);
 * klSimilarity([a, b], [a, b]).value; // => 1
 */
export function klSimilarity(
  real: readonly [Column, Column],
  synthetic: readonly [Column, Column],
  options: KlSimilarityOptions = {},
): KlSimilarityMeasure {
  const { mode } = checkedOptions(options);
  const bins = checkedCount(options.bins, 10, [1, 1000], 'bins');
  checkPair(real, 'real');
  checkPair(synthetic, 'synthetic');
  for (const k of [0, 1] as const) checkSameKind(real[k], synthetic[k]);
  const nReal = columnLength(real[0]);
  const nSynthetic = columnLength(synthetic[0]);
  if (nReal === 0) return { ...notComputed('klSimilarity', 'NO_REAL_VALUES', 0, nSynthetic), divergence: null };
  if (nSynthetic === 0) return { ...notComputed('klSimilarity', 'NO_SYNTHETIC_VALUES', nReal, 0), divergence: null };
  const numeric = isContinuous(real[0].kind) && isContinuous(real[1].kind);
  const cells =
    mode === 'compat' && numeric ? histogramCells(real, synthetic, bins) : levelCells(real, synthetic, bins, mode);
  if (cells === null) return { ...notComputed('klSimilarity', 'NOT_FINITE', nReal, nSynthetic), divergence: null };
  const divergence = divergenceOf(cells.synthetic, cells.real);
  return { ...computed('klSimilarity', 1 / (1 + divergence), nReal, nSynthetic), divergence };
}

/** Rows of each cell on either side, what is added included. */
interface Cells {
  readonly real: number[];
  readonly synthetic: number[];
}

/** Cells of levels and open bins that either side shows. */
function levelCells(
  real: readonly [Column, Column],
  synthetic: readonly [Column, Column],
  bins: number,
  mode: 'strict' | 'compat',
): Cells | null {
  const first = codedColumn(real[0], synthetic[0], bins, false);
  const second = codedColumn(real[1], synthetic[1], bins, false);
  if (first === null || second === null) return null;
  const rows = new Map<number, [number, number]>();
  for (const [side, a, b] of [
    [0, first.real, second.real],
    [1, first.synthetic, second.synthetic],
  ] as const)
    for (let i = 0; i < a.length; i++) {
      const cell = a[i]! * second.size + b[i]!;
      const counts = rows.get(cell) ?? [0, 0];
      counts[side]++;
      rows.set(cell, counts);
    }
  const keys = [...rows.keys()].sort((x, y) => x - y);
  const added = (count: number, side: 0 | 1): number => {
    if (mode === 'strict') return count + HALF_ROW;
    return side === 0 && count === 0 ? 1e-6 : count;
  };
  return {
    real: keys.map((key) => added(rows.get(key)![0], 0)),
    synthetic: keys.map((key) => added(rows.get(key)![1], 1)),
  };
}

/** The reference's two-dimensional histogram over the real range. */
function histogramCells(
  real: readonly [Column, Column],
  synthetic: readonly [Column, Column],
  bins: number,
): Cells | null {
  const points = [real[0], real[1], synthetic[0], synthetic[1]].map((column) =>
    numericCells(column).map((x) => (Number.isNaN(x) ? 0 : x)),
  );
  const edges: Float64Array[] = [];
  for (const cells of points.slice(0, 2)) {
    const sorted = sortedValues(cells);
    if (!isBinnable(sorted)) return null;
    edges.push(equalWidthEdges(sorted, bins));
  }
  const count = (x: Float64Array, y: Float64Array): number[] => {
    const out = new Array<number>(bins * bins).fill(1e-5);
    for (let i = 0; i < x.length; i++) {
      const [a, b] = [binOf(x[i]!, edges[0]!), binOf(y[i]!, edges[1]!)];
      if (a >= 0 && b >= 0) out[a * bins + b]!++;
    }
    return out;
  };
  return { real: count(points[0]!, points[1]!), synthetic: count(points[2]!, points[3]!) };
}

/** Bin of a value, the last one closed; -1 outside. */
function binOf(x: number, edges: Float64Array): number {
  const last = edges.length - 1;
  if (!(x >= edges[0]! && x <= edges[last]!)) return -1;
  let low = 0;
  let high = last - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle]! <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Sum of p log(p / q) over the cells, 0 log 0 = 0. */
function divergenceOf(p: readonly number[], q: readonly number[]): number {
  const [pAll, qAll] = [p, q].map((cells) => cells.reduce((a, b) => a + b, 0)) as [number, number];
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const [a, b] = [p[i]! / pAll, q[i]! / qAll];
    if (a > 0) sum += a * log(a / b);
  }
  // Rounding can leave a trace below 0 where the shares are equal.
  return Math.max(0, sum);
}
