import { requireFinite, requireLength } from './internal-check.ts';
import { sortedCopy } from './internal-order.ts';

/** The integral of f(|F - G|) over the line; F, G the empirical distribution functions of a and b. */
export function cdfDistance(a: ArrayLike<number>, b: ArrayLike<number>, f: (gap: number) => number): number {
  requireLength('a', a.length, 1);
  requireLength('b', b.length, 1);
  requireFinite('a', a);
  requireFinite('b', b);
  const x = sortedCopy(a);
  const y = sortedCopy(b);
  const n = x.length;
  const m = y.length;
  let i = 0;
  let j = 0;
  let area = 0;
  let at = Math.min(x[0]!, y[0]!);
  while (i < n || j < m) {
    const next = j >= m || (i < n && x[i]! < y[j]!) ? x[i]! : y[j]!;
    if (next > at) area += f(Math.abs(i / n - j / m)) * (next - at);
    at = next;
    while (i < n && x[i]! === next) i++;
    while (j < m && y[j]! === next) j++;
  }
  return area;
}
