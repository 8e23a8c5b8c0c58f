import type { Interval } from '../types.ts';
import { wilsonInterval } from './wilson-interval.ts';

/**
 * Newcombe's hybrid score interval for the difference of two independent proportions, p1 - p2.
 *
 * Combines the two Wilson intervals (Newcombe 1998b, method 10).
 *
 * @param count1 - Successes of the first group.
 * @param n1 - Trials of the first group, >= 1.
 * @param count2 - Successes of the second group.
 * @param n2 - Trials of the second group, >= 1.
 * @param level - Coverage, default 0.95.
 * @returns The interval of p1 - p2, within [-1, 1].
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for impossible counts or level.
 * @example
 * newcombeInterval(56, 70, 48, 80).lower; // => 0.05243147240236741
 */
export function newcombeInterval(
  count1: number,
  n1: number,
  count2: number,
  n2: number,
  level: number = 0.95,
): Interval {
  const first = wilsonInterval(count1, n1, level);
  const second = wilsonInterval(count2, n2, level);
  const p1 = count1 / n1;
  const p2 = count2 / n2;
  const down = Math.sqrt((p1 - first.lower) * (p1 - first.lower) + (second.upper - p2) * (second.upper - p2));
  const up = Math.sqrt((first.upper - p1) * (first.upper - p1) + (p2 - second.lower) * (p2 - second.lower));
  return { lower: Math.max(-1, p1 - p2 - down), upper: Math.min(1, p1 - p2 + up), level, method: 'newcombe' };
}
