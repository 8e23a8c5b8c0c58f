import { SynthproofError } from '../errors.ts';
import { exp, log, normalQuantile } from '../math/index.ts';
import type { Interval } from '../types.ts';
import { requireCount, requireLevel } from './internal-check.ts';
import { crossing, interval } from './internal-proportions.ts';
import { oddsRatioScore } from './internal-score.ts';

/** How the interval of an odds ratio is made. */
export type OddsRatioMethod = 'logit' | 'logit-adjusted' | 'score';

/**
 * Interval for the odds ratio of two independent proportions by a named method.
 *
 * `logit` is Woolf's interval, undefined when a cell is 0; `logit-adjusted` adds 1/2 to every cell (Haldane
 * 1956, Anscombe 1956) and is always defined; `score` inverts the score test.
 *
 * @param count1 - Successes of the first group.
 * @param n1 - Trials of the first group, >= 1.
 * @param count2 - Successes of the second group.
 * @param n2 - Trials of the second group, >= 1.
 * @param method - See {@link OddsRatioMethod}.
 * @param level - Coverage, default 0.95.
 * @returns The interval, or null where it is undefined or unbounded: a cell of 0 (`logit`, `score`).
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for impossible counts or level, `BAD_OPTION` for an unknown method.
 * @example
 * oddsRatioInterval(0, 10, 5, 10, 'logit'); // => null
 */
export function oddsRatioInterval(
  count1: number,
  n1: number,
  count2: number,
  n2: number,
  method: OddsRatioMethod,
  level: number = 0.95,
): Interval | null {
  requireCount('count1', count1, n1);
  requireCount('count2', count2, n2);
  requireLevel(level);
  const z = normalQuantile(0.5 + level / 2);
  if (method !== 'logit' && method !== 'logit-adjusted' && method !== 'score') {
    throw new SynthproofError(
      'BAD_OPTION',
      `method: expected logit, logit-adjusted or score, received ${String(method)}`,
      {
        argument: 'method',
      },
    );
  }
  const hasZero = count1 === 0 || count2 === 0 || count1 === n1 || count2 === n2;
  if (method !== 'logit-adjusted' && hasZero) return null;
  if (method === 'score') {
    const centre = log((count1 / (n1 - count1)) * ((n2 - count2) / count2));
    const score = (u: number): number => oddsRatioScore(count1, n1, count2, n2, exp(u));
    const lower = exp(crossing(centre - 60, centre, (u) => z - score(u)));
    return interval(lower, exp(crossing(centre, centre + 60, (u) => -z - score(u))), level, method);
  }
  const add = method === 'logit' ? 0 : 0.5;
  const a = count1 + add;
  const b = n1 - count1 + add;
  const c = count2 + add;
  const d = n2 - count2 + add;
  const centre = log((a / b) * (d / c));
  const reach = z * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  return interval(exp(centre - reach), exp(centre + reach), level, method);
}
