import { betaQuantile } from '../math/index.ts';
import type { Interval } from '../types.ts';
import { requireCount, requireLevel } from './internal-check.ts';

/**
 * Clopper and Pearson's exact interval for a proportion: coverage at least the level, always.
 *
 * Quantiles of the beta distribution (Clopper and Pearson 1934).
 *
 * @param count - Successes, whole, 0 to n.
 * @param n - Trials, whole, >= 1.
 * @param level - Coverage, default 0.95.
 * @returns The interval, within [0, 1].
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for impossible counts or level.
 * @example
 * clopperPearsonInterval(0, 10).upper; // => 0.30849710781876083
 */
export function clopperPearsonInterval(count: number, n: number, level: number = 0.95): Interval {
  requireCount('count', count, n);
  requireLevel(level);
  const tail = (1 - level) / 2;
  return {
    lower: count === 0 ? 0 : betaQuantile(tail, count, n - count + 1),
    // The upper end as 1 minus the mirrored lower end keeps the small tail exact.
    upper: count === n ? 1 : 1 - betaQuantile(tail, n - count, count + 1),
    level,
    method: 'clopper-pearson',
  };
}
