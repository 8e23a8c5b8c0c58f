import { SynthproofError } from '../errors.ts';
import { betaQuantile, normalQuantile } from '../math/index.ts';
import type { Interval } from '../types.ts';
import { clopperPearsonInterval } from './clopper-pearson-interval.ts';
import { requireCount, requireLevel } from './internal-check.ts';
import { interval } from './internal-proportions.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** How the interval of a proportion is made. */
export type ProportionMethod = 'wilson' | 'clopper-pearson' | 'agresti-coull' | 'jeffreys' | 'wald';

/**
 * Interval for a proportion by a named method.
 *
 * `wilson` is the default choice; `clopper-pearson` never undercovers; `agresti-coull` (Agresti and Coull 1998) adds
 * z^2 / 2 successes and failures; `jeffreys` takes beta quantiles with prior (1/2, 1/2); `wald` is the textbook normal
 * interval, here only for comparison: it undercovers badly for small counts.
 *
 * @param count - Successes, whole, 0 to n.
 * @param n - Trials, whole, >= 1.
 * @param method - See {@link ProportionMethod}.
 * @param level - Coverage, default 0.95.
 * @returns The interval, within [0, 1].
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for impossible counts or level, `BAD_OPTION` for an unknown method.
 * @example
 * proportionInterval(5, 10, 'wald').upper; // => 0.8098975161522808
 */
export function proportionInterval(count: number, n: number, method: ProportionMethod, level: number = 0.95): Interval {
  requireCount('count', count, n);
  requireLevel(level);
  const z = normalQuantile(0.5 + level / 2);
  switch (method) {
    case 'wilson':
      return wilsonInterval(count, n, level);
    case 'clopper-pearson':
      return clopperPearsonInterval(count, n, level);
    case 'agresti-coull':
      return normalEnds((count + (z * z) / 2) / (n + z * z), n + z * z, z, level, method);
    case 'wald':
      return normalEnds(count / n, n, z, level, method);
    case 'jeffreys': {
      const tail = (1 - level) / 2;
      const lower = betaQuantile(tail, count + 0.5, n - count + 0.5);
      return interval(lower, 1 - betaQuantile(tail, n - count + 0.5, count + 0.5), level, method);
    }
    default:
      throw new SynthproofError(
        'BAD_OPTION',
        `method: expected wilson, clopper-pearson, agresti-coull, jeffreys or wald, received ${String(method)}`,
        { argument: 'method' },
      );
  }
}

function normalEnds(p: number, n: number, z: number, level: number, method: string): Interval {
  const reach = z * Math.sqrt((p * (1 - p)) / n);
  return interval(Math.max(0, p - reach), Math.min(1, p + reach), level, method);
}
