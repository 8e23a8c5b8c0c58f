import { isMissing } from '../table/is-missing.ts';
import type { Column } from '../types.ts';
import { binLevel, binOf } from './internal-bins.ts';
import { canonicalTexts, numericValues } from './internal-read-column.ts';
import { quantileBins } from './quantile-bins.ts';
import type { TableMarkColumn } from './table-mark-plan.ts';

/** Base bins of a number column; every channel and context level is a coarsening of them. */
export const BASE_BINS = 64;
/** Numbers with so many distinct values or fewer are treated as levels. */
const FEW_VALUES = 12;
/** More levels than this would make the plan large and name rare individuals. */
const MOST_LEVELS = 512;
/** Distinct values a comb column needs. */
const COMB_DISTINCT = 300;
/** Comb bins in one standard deviation, judged by the interquartile range. */
const COMB_DIVISIONS = 64;
/** More frequent values than this in a comb column: it is a list of set values, not a scale. */
const MOST_SKIPPED = 64;

/** Plans one column that nobody locked. */
export function planColumn(
  column: Column,
  rows: number,
  id: number,
  options: { readonly role: 'carrier' | 'context'; readonly allowDistinct: boolean },
): TableMarkColumn {
  const base = { id, name: column.name, kind: column.kind } as const;
  const locked = (lockedBecause: TableMarkColumn['lockedBecause']): TableMarkColumn => ({
    ...base,
    role: 'locked',
    lockedBecause,
  });
  if (column.kind === 'text') return locked('text');
  if (column.kind === 'number' || column.kind === 'integer' || column.kind === 'datetime') {
    const sorted = presentNumbers(column, rows);
    const distinct = distinctOf(sorted);
    if (distinct.values.length === 0) return locked('no-values');
    if (distinct.values.length === 1) return locked('constant');
    const isKey = column.kind !== 'number' && distinct.values.length === sorted.length;
    if (isKey && !options.allowDistinct) return locked('all-distinct');
    if (distinct.values.length > FEW_VALUES) return { ...base, role: options.role, ...planNumbers(column, sorted) };
  }
  const counts = new Map<string, number>();
  let present = 0;
  for (const text of canonicalTexts(column, rows)) {
    if (text === null) continue;
    counts.set(text, (counts.get(text) ?? 0) + 1);
    present++;
  }
  if (counts.size === 0) return locked('no-values');
  if (counts.size === 1) return locked('constant');
  if (counts.size === present && !options.allowDistinct) return locked('all-distinct');
  if (counts.size > MOST_LEVELS) return locked('too-many-levels');
  const labels = [...counts.keys()].sort();
  return {
    ...base,
    role: options.role,
    coding: 'level',
    labels,
    counts: labels.map((label) => counts.get(label)!),
  };
}

function planNumbers(column: Column, sorted: Float64Array): Partial<TableMarkColumn> & { coding: 'number' } {
  const { edges, midRanks } = quantileBins(sorted, BASE_BINS);
  const levels = Array.from(midRanks, (midRank) => binLevel(midRank, BASE_BINS));
  const counts = levels.map(() => 0);
  for (let i = 0; i < sorted.length; i++) counts[binOf(sorted[i]!, edges)]!++;
  const decimals = column.kind === 'number' ? decimalsOf(sorted) : 0;
  return {
    coding: 'number',
    ...(column.kind === 'datetime' ? { unit: column.unit } : {}),
    edges: Array.from(edges),
    levels,
    counts,
    ...(column.kind === 'number' ? { decimals } : {}),
    ...planComb(sorted, decimals),
  };
}

/** A comb needs many values, at least four steps of the column's own grid in a bin, and few heavy values. */
function planComb(sorted: Float64Array, decimals: number): Pick<TableMarkColumn, 'combStep' | 'combSkip'> {
  const distinct = distinctOf(sorted);
  if (distinct.values.length < COMB_DISTINCT) return {};
  const n = sorted.length;
  const spread = sorted[Math.ceil(0.75 * n) - 1]! - sorted[Math.ceil(0.25 * n) - 1]!;
  const combStep = spread / 1.35 / COMB_DIVISIONS;
  if (!(combStep > 0) || !Number.isFinite(combStep) || 4 * gridOf(distinct.values, decimals) > combStep) return {};
  const combSkip: number[] = [];
  const limit = Math.max(10, 0.001 * n);
  for (let i = 0; i < distinct.values.length; i++) if (distinct.counts[i]! > limit) combSkip.push(distinct.values[i]!);
  return combSkip.length > MOST_SKIPPED ? {} : { combStep, combSkip };
}

function presentNumbers(column: Column, rows: number): Float64Array {
  const values = numericValues(column, column.kind, column.kind === 'datetime' ? column.unit : undefined, rows);
  const present = new Float64Array(rows);
  let n = 0;
  for (let i = 0; i < rows; i++)
    if (!isMissing(column, i) && Number.isFinite(values[i]!)) present[n++] = values[i]! + 0;
  return present.slice(0, n).sort();
}

function distinctOf(sorted: Float64Array): { readonly values: number[]; readonly counts: number[] } {
  const values: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < sorted.length; ) {
    let j = i + 1;
    while (j < sorted.length && sorted[j] === sorted[i]) j++;
    values.push(sorted[i]!);
    counts.push(j - i);
    i = j;
  }
  return { values, counts };
}

/** Most decimals that a value needs in its shortest form. */
function decimalsOf(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const text = String(values[i]!);
    const point = text.indexOf('.');
    const exponent = text.indexOf('e');
    const digits = point < 0 ? 0 : (exponent < 0 ? text.length : exponent) - point - 1;
    const decimals = digits - (exponent < 0 ? 0 : Number(text.slice(exponent + 1)));
    if (decimals > most) most = decimals;
  }
  return Math.min(17, most);
}

/** The step of the grid on which the values lie: a power of ten for decimals, the greatest common divisor of whole numbers. */
function gridOf(values: readonly number[], decimals: number): number {
  if (decimals > 0) {
    let step = 1;
    for (let i = 0; i < decimals; i++) step /= 10;
    return step;
  }
  let divisor = 0;
  for (let i = 1; i < values.length && divisor !== 1; i++) {
    let a = values[i]! - values[0]!;
    while (divisor !== 0) [a, divisor] = [divisor, a % divisor];
    divisor = a;
  }
  return divisor;
}
