import { exp, log, normalQuantile } from '../math/index.ts';
import type { Interval } from '../types.ts';
import { requireCount, requireLevel } from './internal-check.ts';

/**
 * Katz's log interval for the ratio of two independent proportions, p1 / p2.
 *
 * log ratio +- z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2) (Katz and others 1978). When a count is 0 or equals n in a way that
 * leaves it undefined, 1/2 is added to both counts and both totals (Walter), and the method says `katz-adjusted`.
 *
 * @param count1 - Successes of the first group.
 * @param n1 - Trials of the first group, >= 1.
 * @param count2 - Successes of the second group.
 * @param n2 - Trials of the second group, >= 1.
 * @param level - Coverage, default 0.95.
 * @returns The interval of p1 / p2, both ends finite and above 0.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for impossible counts or level.
 * @example
 * katzInterval(10, 100, 20, 100).method; // => 'katz'
 */
export function katzInterval(count1: number, n1: number, count2: number, n2: number, level: number = 0.95): Interval {
  requireCount('count1', count1, n1);
  requireCount('count2', count2, n2);
  requireLevel(level);
  const adjust = count1 === 0 || count2 === 0 || (count1 === n1 && count2 === n2) ? 0.5 : 0;
  const x1 = count1 + adjust;
  const x2 = count2 + adjust;
  const m1 = n1 + adjust;
  const m2 = n2 + adjust;
  const z = normalQuantile(0.5 + level / 2);
  const centre = log((x1 / m1) * (m2 / x2));
  const reach = z * Math.sqrt((m1 - x1) / (x1 * m1) + (m2 - x2) / (x2 * m2));
  return {
    lower: exp(centre - reach),
    upper: exp(centre + reach),
    level,
    method: adjust === 0 ? 'katz' : 'katz-adjusted',
  };
}
