import { SynthproofError } from '../errors.ts';
import { exp, log, normalQuantile } from '../math/index.ts';
import type { Interval } from '../types.ts';
import { requireCount, requireLevel } from './internal-check.ts';
import { crossing, interval } from './internal-proportions.ts';
import { ratioScore } from './internal-score.ts';

/** How the interval of a ratio of proportions is made. */
export type RiskRatioMethod = 'log' | 'log-adjusted' | 'score';

/**
 * Interval for the ratio of two independent proportions, p1 / p2, by a named method.
 *
 * `log` is Katz's interval, undefined when a count is 0; `log-adjusted` adds 1/2 to counts and totals; `score` inverts
 * the score test of Miettinen and Nurminen 1985. {@link katzInterval} chooses between the first two by itself.
 *
 * @param count1 - Successes of the first group.
 * @param n1 - Trials of the first group, >= 1.
 * @param count2 - Successes of the second group.
 * @param n2 - Trials of the second group, >= 1.
 * @param method - See {@link RiskRatioMethod}.
 * @param level - Coverage, default 0.95.
 * @returns The interval of p1 / p2, or null where it is undefined or unbounded: a count of 0 (`log`, `score`).
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for impossible counts or level, `BAD_OPTION` for an unknown method.
 * @example
 * riskRatioInterval(0, 10, 5, 10, 'log'); // => null
 */
export function riskRatioInterval(
  count1: number,
  n1: number,
  count2: number,
  n2: number,
  method: RiskRatioMethod,
  level: number = 0.95,
): Interval | null {
  requireCount('count1', count1, n1);
  requireCount('count2', count2, n2);
  requireLevel(level);
  const z = normalQuantile(0.5 + level / 2);
  if (method === 'score') {
    if (count1 === 0 || count2 === 0) return null;
    const centre = log((count1 / n1) * (n2 / count2));
    const score = (u: number): number => ratioScore(count1, n1, count2, n2, exp(u));
    const lower = exp(crossing(centre - 60, centre, (u) => z - score(u)));
    return interval(lower, exp(crossing(centre, centre + 60, (u) => -z - score(u))), level, method);
  }
  if (method !== 'log' && method !== 'log-adjusted') {
    throw new SynthproofError('BAD_OPTION', `method: expected log, log-adjusted or score, received ${String(method)}`, {
      argument: 'method',
    });
  }
  const add = method === 'log' ? 0 : 0.5;
  const x1 = count1 + add;
  const x2 = count2 + add;
  if (x1 === 0 || x2 === 0) return null;
  const centre = log((x1 / (n1 + add)) * ((n2 + add) / x2));
  const reach = z * Math.sqrt(Math.max(0, 1 / x1 - 1 / (n1 + add) + 1 / x2 - 1 / (n2 + add)));
  return interval(exp(centre - reach), exp(centre + reach), level, method);
}
