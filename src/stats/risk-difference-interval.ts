import { SynthproofError } from '../errors.ts';
import { normalQuantile } from '../math/index.ts';
import type { Interval } from '../types.ts';
import { requireCount, requireLevel } from './internal-check.ts';
import { crossing, interval } from './internal-proportions.ts';
import { differenceScore } from './internal-score.ts';
import { newcombeInterval } from './newcombe-interval.ts';

/** How the interval of a difference of proportions is made. */
export type RiskDifferenceMethod = 'newcombe' | 'score' | 'agresti-caffo' | 'wald';

/**
 * Interval for the difference of two independent proportions, p1 - p2, by a named method.
 *
 * `newcombe` combines Wilson intervals; `score` inverts the score test of Miettinen and Nurminen 1985; `agresti-caffo`
 * (2000) adds one success and one failure to each group; `wald` is the textbook normal interval, here for comparison.
 *
 * @param count1 - Successes of the first group.
 * @param n1 - Trials of the first group, >= 1.
 * @param count2 - Successes of the second group.
 * @param n2 - Trials of the second group, >= 1.
 * @param method - See {@link RiskDifferenceMethod}.
 * @param level - Coverage, default 0.95.
 * @returns The interval of p1 - p2; `wald` and `agresti-caffo` may reach beyond [-1, 1].
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for impossible counts or level, `BAD_OPTION` for an unknown method.
 * @example
 * riskDifferenceInterval(5, 10, 5, 10, 'wald').upper; // => 0.4382612702882907
 */
export function riskDifferenceInterval(
  count1: number,
  n1: number,
  count2: number,
  n2: number,
  method: RiskDifferenceMethod,
  level: number = 0.95,
): Interval {
  requireCount('count1', count1, n1);
  requireCount('count2', count2, n2);
  requireLevel(level);
  const z = normalQuantile(0.5 + level / 2);
  switch (method) {
    case 'newcombe':
      return newcombeInterval(count1, n1, count2, n2, level);
    case 'wald':
      return normalEnds(count1, n1, count2, n2, z, level, method);
    case 'agresti-caffo':
      return normalEnds(count1 + 1, n1 + 2, count2 + 1, n2 + 2, z, level, method);
    case 'score': {
      const difference = count1 / n1 - count2 / n2;
      // The score falls as the assumed difference rises.
      const score = (d: number): number => differenceScore(count1, n1, count2, n2, d);
      const lower = crossing(-1, difference, (d) => z - score(d));
      const upper = crossing(difference, 1, (d) => -z - score(d));
      return interval(lower, upper, level, method);
    }
    default:
      throw new SynthproofError(
        'BAD_OPTION',
        `method: expected newcombe, score, agresti-caffo or wald, received ${String(method)}`,
        { argument: 'method' },
      );
  }
}

function normalEnds(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  z: number,
  level: number,
  method: string,
): Interval {
  const p1 = x1 / n1;
  const p2 = x2 / n2;
  const reach = z * Math.sqrt((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2);
  return interval(p1 - p2 - reach, p1 - p2 + reach, level, method);
}
