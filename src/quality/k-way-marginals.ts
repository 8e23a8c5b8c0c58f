import { log } from '../math/log.ts';
import { createRng } from '../random/create-rng.ts';
import { permutation } from '../random/permutation.ts';
import { uniformInt } from '../random/uniform-int.ts';
import type { Column, Interval, Table } from '../types.ts';
import { isContinuous, levelPair, pointsOf, sortedValues } from './internal-columns.ts';
import { checkedCount, clampUnit } from './internal-measure.ts';
import {
  matchTables,
  meanOrNull,
  rangeOrNull,
  scoreBase,
  twoSampleSettings,
  twoSampleStep,
} from './internal-two-sample.ts';
import { type Variation, variationOf } from './internal-variation.ts';
import type { TwoSampleFloor, TwoSampleOptions, TwoSampleScore } from './two-sample-score.ts';

/** Options of {@link kWayMarginals}. `rows` is not used: every row counts. `noiseFloor.repeats` defaults to 3. */
export interface KWayMarginalsOptions extends Omit<TwoSampleOptions, 'rows'> {
  /** Columns that are crossed with each other, 1 to 6. Default 3. */
  readonly k?: number | undefined;
  /** Most sets of columns, drawn by the seed when there are more, 1 to 100,000. Default 200. */
  readonly sets?: number | undefined;
  /** Quantile bins of a number or time, from the real column, 2 to 100. Default 5. */
  readonly bins?: number | undefined;
}

/** One set of columns of {@link kWayMarginals}. */
export interface KWayMarginal {
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** Total variation distance of the cells' shares, 0 to 1. */
  readonly value: number;
  /** Cells that hold a row of either table. */
  readonly cells: number;
  /** Real against real at equal size; null when not asked for. */
  readonly noise: TwoSampleFloor | null;
}

/** Result of {@link kWayMarginals}: plain JSON-safe data. `value` is the mean over the sets. */
export interface KWayMarginalsScore extends TwoSampleScore {
  /** Columns crossed in a set. */
  readonly k: number;
  /** Quantile bins of a number. */
  readonly bins: number;
  /** Sets that there are; null when they are more than 2^31. */
  readonly possibleSets: number | null;
  /** Sets measured, largest excess over the floor (or largest distance) first. */
  readonly sets: readonly KWayMarginal[];
}

/**
 * Total variation distances of k columns crossed with each other: relations of three columns that no score of pairs sees.
 *
 * For each set of k columns half the sum over cells of |real share - synthetic share|; the value is the mean over the
 * sets. 0 = equal, 1 = no cell in common; smaller is better. Numbers and times are cut at quantiles of the real column
 * (outer bins open); missing cells and NaN are a level of their own. Sampling alone gives a distance well above 0 where
 * cells are many: compare `noise.matched` with `noise.floor`. The interval allows for it (McDiarmid's inequality plus
 * the plugged-in bias, as for {@link tvComplement}) and is wide.
 *
 * @param real - Real table.
 * @param synthetic - Synthetic table.
 * @param options - See {@link KWayMarginalsOptions}.
 * @returns See {@link KWayMarginalsScore}; reasons `TOO_FEW_COLUMNS` (fewer than k), `TOO_FEW_ROWS` (an empty table).
 * @throws {@link SynthproofError} `KIND_MISMATCH`, `UNKNOWN_COLUMN`, `LENGTH_MISMATCH`, `DUPLICATE_COLUMN`, `BAD_OPTION`,
 * `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const table = (c) => createTable([categoryColumn('a', ['x', 'x', 'y', 'y']), categoryColumn('b', ['u', 'v', 'u', 'v']), categoryColumn('c', c)]);
 * const score = kWayMarginals(table(['0', '1', '1', '0']), table(['0', '1', '1', '1']), { seed: 'demo' });
 * score.value; // => 0.25
 */
export function kWayMarginals(real: Table, synthetic: Table, options: KWayMarginalsOptions): KWayMarginalsScore {
  const settings = twoSampleSettings(options, { rows: Infinity, repeats: 3 });
  const k = checkedCount(options.k, 3, [1, 6], 'k');
  const most = checkedCount(options.sets, 200, [1, 100_000], 'sets');
  const bins = checkedCount(options.bins, 5, [2, 100], 'bins');
  const tables = matchTables(real, synthetic, options.skip);
  const width = tables.real.columns.length;
  const possible = choose(width, k);
  const base = { ...scoreBase('kWayTotalVariation', [0, 1], tables), k, bins, possibleSets: possible };
  if (width < k) return { ...base, value: null, sets: [], noise: null, reason: 'TOO_FEW_COLUMNS' };
  if (real.rowCount === 0 || synthetic.rowCount === 0)
    return { ...base, value: null, sets: [], noise: null, reason: 'TOO_FEW_ROWS' };
  const coded = tables.real.columns.map((column, i) => codeColumn(column, tables.synthetic.columns[i]!, bins));
  const chosen = chooseSets(width, k, possible, most, settings.seed);
  const splits = rowSplits(real.rowCount, synthetic.rowCount, settings.seed, settings.repeats);
  const variations: Variation[] = [];
  const sets = chosen.map((members, at): KWayMarginal => {
    twoSampleStep(options, 'kWayMarginals', at, chosen.length);
    const joint = crossed(
      members.map((i) => coded[i]!),
      real.rowCount,
      synthetic.rowCount,
    );
    const full = variationOf(countIn(joint.real, null, joint.cells), countIn(joint.synthetic, null, joint.cells));
    variations.push(full);
    const noise = floorOf(joint, splits);
    return {
      columns: members.map((i) => tables.real.columns[i]!.name),
      value: full.distance,
      cells: joint.cells,
      noise,
    };
  });
  twoSampleStep(options, 'kWayMarginals', chosen.length, chosen.length);
  const value = meanOrNull(sets.map((set) => set.value))!;
  const noise = joinFloors(sets.map((set) => set.noise));
  // Stable: sets of one excess keep their order.
  sets.sort((a, b) => (b.noise?.excess ?? b.value) - (a.noise?.excess ?? a.value));
  return { ...base, value, interval: meanInterval(value, variations, settings.level), sets, noise };
}

/** Number of sets of k of n things; null beyond 2^31. */
function choose(n: number, k: number): number | null {
  let count = 1;
  for (let i = 0; i < k; i++) count = (count * (n - i)) / (i + 1);
  return count > 2147483648 ? null : Math.max(0, Math.round(count));
}

function chooseSets(n: number, k: number, possible: number | null, most: number, seed: string): number[][] {
  const sets: number[][] = [];
  if (possible !== null && possible <= most) {
    const set = Array.from({ length: k }, (_, i) => i);
    for (;;) {
      sets.push([...set]);
      let at = k - 1;
      while (at >= 0 && set[at] === n - k + at) at--;
      if (at < 0) return sets;
      set[at] = set[at]! + 1;
      for (let j = at + 1; j < k; j++) set[j] = set[j - 1]! + 1;
    }
  }
  const rng = createRng(seed).stream('quality/k-way/sets');
  const seen = new Set<string>();
  while (sets.length < most) {
    const set: number[] = [];
    while (set.length < k) {
      const i = uniformInt(rng, n);
      if (!set.includes(i)) set.push(i);
    }
    set.sort((a, b) => a - b);
    const key = set.join();
    if (!seen.has(key)) sets.push(set);
    seen.add(key);
  }
  return sets;
}

interface Coded {
  readonly real: Int32Array;
  readonly synthetic: Int32Array;
  readonly size: number;
}

function codeColumn(real: Column, synthetic: Column, bins: number): Coded {
  if (!isContinuous(real.kind) || !('values' in real) || !('values' in synthetic)) {
    const pair = levelPair(real, synthetic);
    return { real: pair.real, synthetic: pair.synthetic, size: pair.labels.length + 1 };
  }
  const cells = pointsOf(real as Extract<Column, { readonly values: Float64Array }>);
  const sorted = sortedValues(cells);
  const edges: number[] = [];
  for (let b = 1; b < bins && sorted.length > 0; b++) {
    const edge = sorted[Math.floor((b * sorted.length) / bins)]!;
    // A value at an edge falls into the bin above it, so an edge at the least value would leave a bin empty.
    if (edge > (edges.length > 0 ? edges[edges.length - 1]! : sorted[0]!)) edges.push(edge);
  }
  const code = (values: Float64Array): Int32Array => {
    const out = new Int32Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const x = values[i]!;
      let bin = 0;
      while (bin < edges.length && edges[bin]! <= x) bin++;
      out[i] = Number.isNaN(x) ? edges.length + 1 : bin;
    }
    return out;
  };
  const other = pointsOf(synthetic as Extract<Column, { readonly values: Float64Array }>);
  return { real: code(cells), synthetic: code(other), size: edges.length + 2 };
}

interface Joint {
  readonly real: Int32Array;
  readonly synthetic: Int32Array;
  /** Distinct cells that occur. */
  readonly cells: number;
}

/** Crosses columns; the codes are made dense after each, so that counts never need more room than there are rows. */
function crossed(columns: readonly Coded[], nReal: number, nSynthetic: number): Joint {
  let joint: Joint = { real: new Int32Array(nReal), synthetic: new Int32Array(nSynthetic), cells: 1 };
  for (const { real, synthetic, size } of columns) {
    const wide = joint.cells * size;
    const dense = wide <= 1 << 22 ? new Int32Array(wide) : null;
    const sparse = new Map<number, number>();
    let cells = 0;
    const number = (cell: number): number => {
      const known = dense ? dense[cell]! : (sparse.get(cell) ?? 0);
      if (known > 0) return known - 1;
      cells++;
      if (dense) dense[cell] = cells;
      else sparse.set(cell, cells);
      return cells - 1;
    };
    const join = (before: Int32Array, codes: Int32Array): Int32Array => {
      const out = new Int32Array(codes.length);
      for (let i = 0; i < codes.length; i++) out[i] = number(before[i]! * size + codes[i]!);
      return out;
    };
    const a = join(joint.real, real);
    const b = join(joint.synthetic, synthetic);
    joint = { real: a, synthetic: b, cells };
  }
  return joint;
}

function countIn(codes: Int32Array, rows: Uint32Array | null, cells: number): Int32Array {
  const counts = new Int32Array(cells);
  const n = rows ? rows.length : codes.length;
  for (let i = 0; i < n; i++) {
    const cell = codes[rows ? rows[i]! : i]!;
    counts[cell] = counts[cell]! + 1;
  }
  return counts;
}

interface RowSplit {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly s: Uint32Array;
}

function rowSplits(nReal: number, nSynthetic: number, seed: string, repeats: number): RowSplit[] {
  const side = Math.min(Math.floor(nReal / 2), nSynthetic);
  if (side < 2) return [];
  return Array.from({ length: repeats }, (_, r) => {
    const rng = createRng(seed).stream('quality/k-way/floor').stream(r);
    const order = permutation(rng.stream('real'), nReal);
    const other = permutation(rng.stream('synthetic'), nSynthetic);
    return { a: order.subarray(0, side), b: order.subarray(side, 2 * side), s: other.subarray(0, side) };
  });
}

function floorOf({ real, synthetic, cells }: Joint, splits: readonly RowSplit[]): TwoSampleFloor | null {
  if (splits.length === 0) return null;
  const floors: number[] = [];
  const matches: number[] = [];
  for (const { a, b, s } of splits) {
    const own = countIn(real, a, cells);
    floors.push(variationOf(own, countIn(real, b, cells)).distance);
    matches.push(variationOf(own, countIn(synthetic, s, cells)).distance);
  }
  return describeFloor(floors, matches, splits[0]!.a.length);
}

function describeFloor(floors: readonly number[], matches: readonly number[], rowsPerSide: number): TwoSampleFloor {
  const excesses = matches.map((matched, r) => matched - floors[r]!);
  return {
    repeats: floors.length,
    rowsPerSide,
    floor: meanOrNull(floors),
    floorRange: rangeOrNull(floors),
    matched: meanOrNull(matches),
    matchedRange: rangeOrNull(matches),
    excess: meanOrNull(excesses),
    excessRange: rangeOrNull(excesses),
  };
}

/** Means over the sets; the ranges are means of the sets' ranges, which bound the range of the mean from outside. */
function joinFloors(floors: readonly (TwoSampleFloor | null)[]): TwoSampleFloor | null {
  const present = floors.filter((floor) => floor !== null);
  if (present.length === 0) return null;
  const mean = (pick: (floor: TwoSampleFloor) => number): number => meanOrNull(present.map(pick))!;
  return {
    repeats: present[0]!.repeats,
    rowsPerSide: present[0]!.rowsPerSide,
    floor: mean((floor) => floor.floor!),
    floorRange: [mean((floor) => floor.floorRange![0]), mean((floor) => floor.floorRange![1])],
    matched: mean((floor) => floor.matched!),
    matchedRange: [mean((floor) => floor.matchedRange![0]), mean((floor) => floor.matchedRange![1])],
    excess: mean((floor) => floor.excess!),
    excessRange: [mean((floor) => floor.excessRange![0]), mean((floor) => floor.excessRange![1])],
  };
}

/** One row moves the mean by at most 1/n, as it does each distance; the bias of a mean is the mean of the biases. */
function meanInterval(value: number, variations: readonly Variation[], level: number): Interval {
  const { nReal, nSynthetic } = variations[0]!;
  const deviation = Math.sqrt((log(2 / (1 - level)) / 2) * (1 / nReal + 1 / nSynthetic));
  const excess = meanOrNull(variations.map((variation) => variation.excess))!;
  return {
    lower: clampUnit(value - deviation - excess),
    upper: clampUnit(value + deviation),
    level,
    method: 'mcdiarmid-plug-in-bias',
  };
}
