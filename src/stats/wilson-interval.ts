import { normalQuantile } from '../math/index.ts';
import type { Interval } from '../types.ts';
import { requireCount, requireLevel } from './internal-check.ts';

/**
 * Wilson's score interval for a proportion; good coverage also for small counts and rates near 0 or 1.
 *
 * Source: Wilson 1927; Newcombe 1998a, method 3.
 *
 * @param count - Successes, whole, 0 to n.
 * @param n - Trials, whole, >= 1.
 * @param level - Coverage, default 0.95.
 * @returns The interval, within [0, 1].
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for impossible counts or level.
 * @example
 * wilsonInterval(0, 10).upper; // => 0.2775327998628892
 */
export function wilsonInterval(count: number, n: number, level: number = 0.95): Interval {
  requireCount('count', count, n);
  requireLevel(level);
  const z = normalQuantile(0.5 + level / 2);
  const square = z * z;
  const centre = (count + square / 2) / (n + square);
  const reach = (z * Math.sqrt((count * (n - count)) / n + square / 4)) / (n + square);
  return {
    lower: count === 0 ? 0 : Math.max(0, centre - reach),
    upper: count === n ? 1 : Math.min(1, centre + reach),
    level,
    method: 'wilson',
  };
}
