import { formatDatetime } from '../table/format-datetime.ts';
import type { Column } from '../types.ts';
import type { ColumnPlan } from './internal-quality-sides.ts';
import { countCodes } from './internal-variation.ts';
import type { QualityHistogram } from './quality-result.ts';

const DAY = 86400000;

/** Shares of one column on both sides: at most `limit` levels (the last one pooled), or about `limit` bins. */
export function histogramOf(real: Column, plan: ColumnPlan, limit: number): QualityHistogram {
  return plan.labels ? levelHistogram(plan, plan.labels, limit) : numberHistogram(real, plan, limit);
}

function shares(counts: readonly number[]): number[] {
  let total = 0;
  for (const count of counts) total += count;
  return counts.map((count) => (total === 0 ? 0 : count / total));
}

function levelHistogram(plan: ColumnPlan, names: readonly string[], limit: number): QualityHistogram {
  const real = countCodes(plan.real.codes!, names.length);
  const synthetic = countCodes(plan.synthetic.codes!, names.length);
  const order: number[] = [];
  for (let i = 0; i < names.length; i++) if (real[i]! + synthetic[i]! > 0) order.push(i);
  // Most frequent real level first; ties keep code-unit order.
  order.sort((a, b) => real[b]! - real[a]! || synthetic[b]! - synthetic[a]! || a - b);
  const shown = order.length <= limit ? order : order.slice(0, limit - 1);
  const labels = shown.map((i) => names[i]!);
  const realCounts = shown.map((i) => real[i]!);
  const syntheticCounts = shown.map((i) => synthetic[i]!);
  const pooledLevels = order.length - shown.length;
  if (pooledLevels > 0) {
    let pooledReal = 0;
    let pooledSynthetic = 0;
    for (let k = shown.length; k < order.length; k++) {
      pooledReal += real[order[k]!]!;
      pooledSynthetic += synthetic[order[k]!]!;
    }
    labels.push(`${pooledLevels} other levels`);
    realCounts.push(pooledReal);
    syntheticCounts.push(pooledSynthetic);
  }
  return { form: 'levels', labels, real: shares(realCounts), synthetic: shares(syntheticCounts), pooledLevels };
}

function numberHistogram(column: Column, plan: ColumnPlan, limit: number): QualityHistogram {
  const a = plan.real.sorted!;
  const b = plan.synthetic.sorted!;
  const values = fewDistinct(a, b, limit);
  const write = writerFor(column, a, b);
  if (values) {
    const labels = values.map(write);
    const counts = (sorted: Float64Array) =>
      shares(values.map((v) => firstAbove(sorted, v) - firstNotBelow(sorted, v)));
    return { form: 'levels', labels, real: counts(a), synthetic: counts(b), pooledLevels: 0 };
  }
  const edges = niceEdges(a.length > 0 ? a : b, limit, column.kind === 'datetime');
  const labels: string[] = [];
  for (let i = 0; i <= edges.length; i++) {
    if (i === 0) labels.push(edges.length === 0 ? 'all' : `under ${write(edges[0]!)}`);
    else if (i === edges.length) labels.push(`from ${write(edges[i - 1]!)}`);
    else labels.push(`${write(edges[i - 1]!)} to ${write(edges[i]!)}`);
  }
  const counts = (sorted: Float64Array) => {
    const out: number[] = [];
    let before = 0;
    for (const edge of edges) {
      const at = firstNotBelow(sorted, edge);
      out.push(at - before);
      before = at;
    }
    out.push(sorted.length - before);
    return shares(out);
  };
  return { form: 'bins', labels, real: counts(a), synthetic: counts(b), pooledLevels: 0 };
}

/** The distinct values of both arrays when there are at most `limit`. */
function fewDistinct(a: Float64Array, b: Float64Array, limit: number): number[] | null {
  const found = new Set<number>();
  for (const sorted of [a, b])
    for (let i = 0; i < sorted.length; i++) {
      found.add(sorted[i]!);
      if (found.size > limit) return null;
    }
  return [...found].sort((x, y) => x - y);
}

/** Round inner edges between the 0.5 % and 99.5 % points: the outer bins are open, so no extreme value is shown. */
function niceEdges(sorted: Float64Array, limit: number, time: boolean): number[] {
  const last = sorted.length - 1;
  if (last < 0) return [];
  const low = sorted[Math.floor(last * 0.005)]!;
  const high = sorted[Math.ceil(last * 0.995)]!;
  const span = high - low;
  if (!Number.isFinite(span) || span <= 0) return Number.isFinite(low) ? [low] : [];
  const step = niceStep(span / limit, time);
  const edges: number[] = [];
  for (let k = Math.ceil(low / step); k * step <= high && edges.length <= limit; k++)
    edges.push(Number((k * step).toPrecision(12)));
  // A step below the resolution of the values: one edge in the middle is all that can be said.
  return edges.length > 0 && edges[0]! < edges[edges.length - 1]! ? edges : [low + span / 2];
}

/** Smallest of 1, 2, 5 times a power of ten (whole days for times longer than a day) that is not below x. */
function niceStep(x: number, time: boolean): number {
  if (time && x > DAY) return niceStep(x / DAY, false) * DAY;
  let power = 1;
  while (power <= x / 10) power *= 10;
  let divisor = 1;
  while (power / divisor > x) divisor *= 10;
  for (const factor of [1, 2, 5]) if ((factor * power) / divisor >= x) return (factor * power) / divisor;
  return (10 * power) / divisor;
}

function writerFor(column: Column, a: Float64Array, b: Float64Array): (value: number) => string {
  if (column.kind !== 'datetime') return (value) => String(Number(value.toPrecision(12)));
  const lengths = [a, b].map((sorted) => (sorted.length === 0 ? 0 : sorted[sorted.length - 1]! - sorted[0]!));
  const unit = column.unit === 'day' || Math.max(...lengths) > 30 * DAY ? 'day' : 'millisecond';
  return (value) => {
    // Years 0000 to 9999 have a written form.
    const writable = value >= -62167219200000 && value <= 253402300799999;
    return writable ? formatDatetime(Math.floor(value), unit) : String(value);
  };
}

/** Index of the first value >= x. */
function firstNotBelow(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first value > x. */
function firstAbove(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
