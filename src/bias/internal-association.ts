import { cramersV } from '../stats/cramers-v.ts';
import { mutualInformation } from '../stats/mutual-information.ts';
import type { Interval, Rng } from '../types.ts';
import { fillShuffledCounts } from './internal-hypergeometric.ts';
import { zFor } from './internal-rates.ts';

/** Counts of two coded columns: `cells[a * columns + b]`. */
export function pairCounts(a: Int32Array, b: Int32Array, rows: number, columns: number): Float64Array {
  const counts = new Float64Array(rows * columns);
  for (let i = 0; i < a.length; i++) counts[a[i]! * columns + b[i]!]!++;
  return counts;
}

/** Views of the rows of a table of counts: they follow when the counts change. */
export function rowViews(cells: Float64Array, columns: number): Float64Array[] {
  const views: Float64Array[] = [];
  for (let at = 0; at < cells.length; at += columns) views.push(cells.subarray(at, at + columns));
  return views;
}

/** AssociationStrength of the association in a table of counts. */
export interface AssociationStrength {
  /** Cramer's V. */
  readonly cramersV: number | null;
  /** Cramer's V with Bergsma's correction for small samples. */
  readonly corrected: number | null;
  /** Mutual information, nats. */
  readonly mutualInformation: number;
}

/** AssociationStrength of the association in counts. */
export function strengthOf(cells: Float64Array, columns: number): AssociationStrength {
  const rows = rowViews(cells, columns);
  return {
    cramersV: cramersV(rows),
    corrected: cramersV(rows, { corrected: true }),
    mutualInformation: mutualInformation(rows),
  };
}

/**
 * Corrected V with an interval: the jackknife over rows (all rows of a cell give the same leave-one-out value) on the mean
 * square contingency, whose ends are then corrected and rooted as V is.
 */
export function correctedStrength(
  cells: Float64Array,
  columns: number,
  level: number,
): { readonly value: number | null; readonly interval: Interval | null } {
  const value = strengthOf(cells, columns).corrected;
  let n = 0;
  for (const count of cells) n += count;
  const rows = rowViews(cells, columns).filter((row) => row.some((count) => count > 0)).length;
  const used = Array.from({ length: columns }, (_, j) => j).filter((j) =>
    rowViews(cells, columns).some((row) => row[j]! > 0),
  ).length;
  if (value === null || n < 3) return { value, interval: null };
  const whole = squareContingency(cells, columns);
  const work = cells.slice();
  let spread = 0;
  for (let k = 0; k < cells.length; k++) {
    if (cells[k] === 0) continue;
    work[k]!--;
    const change = squareContingency(work, columns) - whole;
    work[k]!++;
    spread += cells[k]! * change * change;
  }
  const half = zFor(level) * Math.sqrt(((n - 1) / n) * spread);
  const most = Math.min(rows - ((rows - 1) * (rows - 1)) / (n - 1), used - ((used - 1) * (used - 1)) / (n - 1)) - 1;
  if (!(most > 0)) return { value, interval: null };
  const root = (x: number): number =>
    Math.min(1, Math.sqrt(Math.max(0, x - ((rows - 1) * (used - 1)) / (n - 1)) / most));
  return {
    value,
    interval: {
      lower: Math.min(value, root(whole - half)),
      upper: Math.max(value, root(whole + half)),
      level,
      method: 'jackknife',
    },
  };
}

/** Pearson's chi-square over the number of rows. */
function squareContingency(cells: Float64Array, columns: number): number {
  const left = new Float64Array(cells.length / columns);
  const top = new Float64Array(columns);
  for (let k = 0; k < cells.length; k++) {
    left[Math.floor(k / columns)]! += cells[k]!;
    top[k % columns]! += cells[k]!;
  }
  let sum = 0;
  for (let k = 0; k < cells.length; k++)
    if (cells[k]! > 0) sum += (cells[k]! * cells[k]!) / (left[Math.floor(k / columns)]! * top[k % columns]!);
  return sum - 1;
}

/**
 * How far two tables of counts differ in association: the sum over cells of the squared difference of what independence
 * leaves over (p_ij - p_i p_j), over the product of the pooled margins. Unlike a difference of V it sees an association that
 * changes its direction, and counts that stem from one another do not inflate it.
 */
export function residualDistance(a: Float64Array, b: Float64Array, columns: number, work: ResidualWork): number {
  return residuals(a, b, columns, work, false);
}

/** Sum over cells of the products of what independence leaves over in two tables: below 0, opposite directions. */
export function residualAgreement(a: Float64Array, b: Float64Array, columns: number, work: ResidualWork): number {
  return residuals(a, b, columns, work, true);
}

function residuals(a: Float64Array, b: Float64Array, columns: number, work: ResidualWork, product: boolean): number {
  const rows = a.length / columns;
  const { left, top, n } = work;
  left.fill(0);
  top.fill(0);
  n.fill(0);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const at = i * columns + j;
      left[i]! += a[at]!;
      left[rows + i]! += b[at]!;
      top[j]! += a[at]!;
      top[columns + j]! += b[at]!;
      n[0]! += a[at]!;
      n[1]! += b[at]!;
    }
  const [na, nb] = [n[0]!, n[1]!];
  const all = na + nb;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const row = (left[i]! + left[rows + i]!) / all;
    if (row === 0) continue;
    for (let j = 0; j < columns; j++) {
      const column = (top[j]! + top[columns + j]!) / all;
      if (column === 0) continue;
      const at = i * columns + j;
      const x = a[at]! / na - (left[i]! / na) * (top[j]! / na);
      const y = b[at]! / nb - (left[rows + i]! / nb) * (top[columns + j]! / nb);
      sum += (product ? x * y : (x - y) * (x - y)) / (row * column);
    }
  }
  return sum;
}

/** Buffers of {@link residualDistance}. */
export interface ResidualWork {
  readonly left: Float64Array;
  readonly top: Float64Array;
  readonly n: Float64Array;
}

/** Buffers for tables of the given shape. */
export function residualWork(rows: number, columns: number): ResidualWork {
  return { left: new Float64Array(2 * rows), top: new Float64Array(2 * columns), n: new Float64Array(2) };
}

/** Permutation p-value that rows and columns of a table of counts are independent (Pearson's chi-square, margins fixed). */
export function independenceP(
  cells: Float64Array,
  columns: number,
  draws: number,
  rng: Rng,
  table: Float64Array | null,
): number {
  const rows = cells.length / columns;
  const left = new Float64Array(rows);
  const top = new Float64Array(columns);
  for (let at = 0; at < cells.length; at++) {
    left[Math.floor(at / columns)]! += cells[at]!;
    top[at % columns]! += cells[at]!;
  }
  let n = 0;
  for (const count of left) n += count;
  const statistic = (counts: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        if (left[i]! > 0 && top[j]! > 0)
          sum += (counts[i * columns + j]! * counts[i * columns + j]!) / (left[i]! * top[j]!);
    return sum;
  };
  const observed = statistic(cells);
  const drawn = new Float64Array(cells.length);
  const rest = new Float64Array(columns);
  let exceed = 0;
  for (let d = 0; d < draws; d++) {
    rest.set(top);
    for (let i = 0; i < rows; i++) {
      const row = drawn.subarray(i * columns, (i + 1) * columns);
      // Each row takes its share of what the rows before it left over: a random table with both margins fixed.
      fillShuffledCounts(row, rest, left[i]!, rng, table);
      for (let j = 0; j < columns; j++) rest[j]! -= row[j]!;
    }
    if (statistic(drawn) >= observed - 1e-12) exceed++;
  }
  return n === 0 ? 1 : (1 + exceed) / (1 + draws);
}
