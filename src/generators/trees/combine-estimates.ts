import { SynthproofError } from '../../errors.ts';
import { normalQuantile } from '../../math/normal-quantile.ts';
import { studentTQuantile } from '../../math/student-t-quantile.ts';
import { sum } from '../../math/sum.ts';
import type { Interval } from '../../types.ts';
import { checkWhole } from '../shared/internal-options.ts';

/** Options of {@link combineEstimates}. */
export interface CombineEstimatesOptions {
  /**
   * How the copies were made. `simple`: all cells drawn, m seeds of one model. `proper`: all cells drawn, each copy from a
   * model with its own `bootstrap` seed. `partial`: some columns drawn, the others kept.
   */
  readonly synthesis: 'simple' | 'proper' | 'partial';
  /** Rows of the source; needed unless `partial`. */
  readonly sourceRows?: number | undefined;
  /** Rows of each copy; needed unless `partial`. */
  readonly copyRows?: number | undefined;
  /** Coverage of the interval, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
}

/** Result of {@link combineEstimates}. */
export interface CombinedEstimate {
  /** Mean of the copies' estimates. */
  readonly estimate: number;
  /** Variance of that mean as an estimate of the population's value. */
  readonly variance: number;
  /** Mean of the copies' variances. */
  readonly within: number;
  /** Sample variance of the copies' estimates; null for one copy. */
  readonly between: number | null;
  /** Number of copies. */
  readonly copies: number;
  /** Degrees of freedom of the interval's t distribution; null when it is normal. */
  readonly degreesOfFreedom: number | null;
  /** Interval of the population's value. */
  readonly interval: Interval;
}

/**
 * One estimate with its uncertainty from m synthetic copies: the combining rules of synthetic data.
 *
 * With v the mean variance, b the variance between copies, n source rows and k rows per copy, the variance is
 * `simple` v (k/n + 1/m), `proper` v (k/n + (1 + k/n)/m) (Raab, Nowok & Dibben 2016, "Practical data synthesis for large
 * samples", section 3), `partial` v + b/m with a t distribution of (m - 1)(1 + v m / b)^2 degrees of freedom (Reiter 2003,
 * "Inference for partially synthetic, public use microdata sets"). They hold for large samples, estimates that are nearly
 * normal, copies whose model keeps what is estimated (trees never do so exactly: compare with the source where you can),
 * and say nothing of bias. Bootstrap copies of CART follow the `proper` rule approximately.
 *
 * @param estimates - The same quantity computed on each copy.
 * @param variances - Its squared standard error on each copy, computed as if the copy were real.
 * @param options - See {@link CombineEstimatesOptions}.
 * @returns Estimate, variance and interval.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE` (not finite, negative variance),
 * `BAD_OPTION` (unknown synthesis, row counts missing, one copy with `partial`).
 * @example
 * const combined = combineEstimates([10, 12], [4, 4], { synthesis: 'simple', sourceRows: 100, copyRows: 100 });
 * [combined.estimate, combined.variance, combined.between]; // => [11, 6, 2]
 */
export function combineEstimates(
  estimates: readonly number[],
  variances: readonly number[],
  options: CombineEstimatesOptions,
): CombinedEstimate {
  const { synthesis, level = 0.95 } = options;
  const copies = estimates.length;
  check(estimates, variances, options, level);
  const estimate = sum(estimates) / copies;
  const within = sum(variances) / copies;
  const between = copies < 2 ? null : sum(estimates.map((q) => (q - estimate) * (q - estimate))) / (copies - 1);
  let variance: number;
  let degreesOfFreedom: number | null = null;
  if (synthesis === 'partial') {
    const added = between! / copies;
    variance = within + added;
    // Without variance between copies the distribution is normal.
    const r = added > 0 ? 1 + within / added : Infinity;
    if ((copies - 1) * r * r < 1e9) degreesOfFreedom = (copies - 1) * r * r;
  } else {
    const share = options.copyRows! / options.sourceRows!;
    variance = within * (share + (synthesis === 'proper' ? 1 + share : 1) / copies);
  }
  const upper = (1 + level) / 2;
  const quantile = degreesOfFreedom === null ? normalQuantile(upper) : studentTQuantile(upper, degreesOfFreedom);
  const half = quantile * Math.sqrt(variance);
  const interval = { lower: estimate - half, upper: estimate + half, level, method: `${synthesis}-synthesis` };
  return { estimate, variance, within, between, copies, degreesOfFreedom, interval };
}

function check(
  estimates: readonly number[],
  variances: readonly number[],
  options: CombineEstimatesOptions,
  level: number,
): void {
  const { synthesis } = options;
  if (estimates.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'estimates: expected one per copy, received none; give them', {
      argument: 'estimates',
    });
  if (variances.length !== estimates.length)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `variances: expected ${estimates.length}, one per estimate, received ${variances.length}; give one per copy`,
      { argument: 'variances' },
    );
  for (let i = 0; i < estimates.length; i++)
    if (!Number.isFinite(estimates[i]) || !(variances[i]! >= 0 && variances[i]! < Infinity))
      throw new SynthproofError(
        'BAD_VALUE',
        `estimates: expected finite estimates and variances of at least 0, received ${estimates[i]} and ${variances[i]} of copy ${i}; leave the copy out knowingly, or mend it`,
        { argument: 'estimates', row: i },
      );
  if (!(level > 0 && level < 1))
    throw new SynthproofError('BAD_OPTION', `level: expected a number between 0 and 1, received ${level}; mend it`, {
      argument: 'level',
    });
  if (!['simple', 'proper', 'partial'].includes(synthesis))
    throw new SynthproofError(
      'BAD_OPTION',
      `synthesis: expected simple, proper or partial, received ${String(synthesis)}; say how the copies were made`,
      { argument: 'synthesis' },
    );
  if (synthesis !== 'partial') {
    checkWhole('sourceRows', options.sourceRows ?? 0, 1);
    checkWhole('copyRows', options.copyRows ?? 0, 1);
  } else if (estimates.length < 2)
    throw new SynthproofError(
      'BAD_OPTION',
      'estimates: a partial synthesis needs two copies or more, since what replacing the cells adds shows between copies only; draw another',
      { argument: 'estimates' },
    );
}
