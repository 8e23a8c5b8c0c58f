import type { Interval } from '../types.ts';

/** A share or rate as a percentage: `45.0 %`. */
export function percent(x: number): string {
  return `${(100 * x).toFixed(1)} %`;
}

/** A difference in percentage points with sign: `-0.4`, `0.9`. */
export function points(x: number): string {
  const text = (100 * x).toFixed(1);
  return text === '-0.0' ? '0.0' : text;
}

/** An interval of a difference in points: `[-1.6, 0.9]`. */
export function pointsInterval(interval: Interval): string {
  return `[${points(interval.lower)}, ${points(interval.upper)}]`;
}

/** A ratio with two digits. */
export function ratioText(x: number): string {
  return x.toFixed(2);
}

/** A p-value: `p = 0.004`, `p < 0.001`. */
export function pText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}

/** `1 group`, `2 groups`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** A list cut to some entries: `a, b and 3 more`. */
export function some(items: readonly string[], most: number): string {
  if (items.length <= most) return items.join(', ');
  return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}

/** A share or difference as a cell of a table: percent or points, two digits. */
export function cell(x: number | null): number | null {
  return x === null ? null : Math.round(x * 10_000) / 100;
}

/** A number of a table, three digits. */
export function round3(x: number | null): number | null {
  return x === null ? null : Math.round(x * 1000) / 1000;
}
