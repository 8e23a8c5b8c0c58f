import { log } from '../../math/log.ts';
import { log1p } from '../../math/log1p.ts';
import { checkRange, checkShare } from '../../stats/internal-options.ts';
import { checkValues } from './internal-check.ts';

/** Options of {@link normalMixtureSprt}. */
export interface NormalMixtureOptions {
  /** Mean under the null hypothesis. Default 0. */
  readonly mean?: number | undefined;
  /** Known standard deviation of one value, above 0. Default 1. */
  readonly sd?: number | undefined;
  /** Precision of the normal prior of the mean's distance, in values: prior variance sd^2 / precision. Default 1. */
  readonly precision?: number | undefined;
  /** Error rate of the radius, over all values together. Default 0.05. */
  readonly alpha?: number | undefined;
}

/** Result of {@link normalMixtureSprt}. */
export interface NormalMixtureResult {
  /** Natural log of the evidence against the mean, after each value. */
  readonly logE: Float64Array<ArrayBuffer>;
  /** Half width of the confidence sequence about the running mean, after each value. */
  readonly radius: Float64Array<ArrayBuffer>;
}

/**
 * Evidence against a mean of normal values with known sd, and the confidence sequence that goes with it.
 *
 * ln E = -ln(1 + t/r)/2 + S^2/(2 (t + r)), S the sum of standardised distances, r the precision. For normal (or
 * sub-Gaussian) values E exceeds 1/alpha with probability at most alpha at any time. Source: Robbins 1970; Johari et al. 2022.
 *
 * @param values - Finite numbers.
 * @param options - See {@link NormalMixtureOptions}.
 * @returns See {@link NormalMixtureResult}.
 * @throws {@link SynthproofError} `BAD_VALUE` for a value that is not finite; `OUT_OF_RANGE` for an impossible option.
 * @example
 * normalMixtureSprt([2, 2]).logE[1]; // => 2.1173605223326115
 */
export function normalMixtureSprt(values: ArrayLike<number>, options: NormalMixtureOptions = {}): NormalMixtureResult {
  const { mean = 0, sd = 1, precision = 1, alpha = 0.05 } = options;
  checkRange('mean', mean, -1e300, 1e300);
  checkRange('sd', sd, 1e-150, 1e150);
  checkRange('precision', precision, 1e-12, 1e12);
  checkShare('alpha', alpha);
  checkValues('values', values, -1e150, 1e150);
  const logE = new Float64Array(values.length);
  const radius = new Float64Array(values.length);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const t = i + 1;
    const weight = t + precision;
    total += (values[i]! - mean) / sd;
    logE[i] = -0.5 * log1p(t / precision) + ((total / weight) * total) / 2;
    radius[i] = (sd / t) * Math.sqrt(weight * (log(weight / precision) - 2 * log(alpha)));
  }
  return { logE, radius };
}
