import { studentTQuantile } from '../math/index.ts';
import type { Interval } from '../types.ts';
import { requireFinite, requireLength, requireLevel } from './internal-check.ts';
import { mean } from './mean.ts';
import { standardDeviation } from './standard-deviation.ts';

/**
 * Student's t interval for a mean.
 *
 * @param values - Finite numbers, at least two.
 * @param level - Coverage, default 0.95.
 * @returns The interval, in the unit of the values.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for fewer than two values, `BAD_NUMBER` for NaN or infinities,
 * `OUT_OF_RANGE` for an impossible level.
 * @example
 * meanInterval([1, 2, 3, 4, 5]).upper; // => 4.963243161477557
 */
export function meanInterval(values: ArrayLike<number>, level: number = 0.95): Interval {
  requireLength('values', values.length, 2);
  requireFinite('values', values);
  requireLevel(level);
  const n = values.length;
  const centre = mean(values);
  const reach = (studentTQuantile(0.5 + level / 2, n - 1) * standardDeviation(values)) / Math.sqrt(n);
  return { lower: centre - reach, upper: centre + reach, level, method: 'student-t' };
}
