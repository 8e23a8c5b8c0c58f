import { SynthproofError } from '../errors.ts';
import { normalCdf } from './normal-cdf.ts';
import { normalQuantile } from './normal-quantile.ts';
import { normalUpperTail } from './normal-upper-tail.ts';

/** Options of {@link truncatedNormalQuantile}. */
export interface TruncatedNormalOptions {
  /** Least possible value; default -Infinity. */
  readonly lower?: number | undefined;
  /** Greatest possible value; default Infinity. */
  readonly upper?: number | undefined;
  /** Mean of the normal distribution before it is cut. Default 0. */
  readonly mean?: number | undefined;
  /** Standard deviation before the cut, above 0. Default 1. */
  readonly deviation?: number | undefined;
}

/**
 * Quantile of a normal distribution cut to a range: the x below which a share p of the cut distribution lies.
 *
 * Computed in the tail that the range lies in, so that ranges far out keep their digits.
 *
 * @param p - Probability, 0 to 1.
 * @param options - See {@link TruncatedNormalOptions}.
 * @returns A number from `lower` to `upper`.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for p outside [0, 1], an empty range, an impossible mean or deviation,
 * or a range so far out (38 deviations) that it holds no mass in doubles.
 * @example
 * truncatedNormalQuantile(0.5, { lower: -1, upper: 1 }); // => 0
 * truncatedNormalQuantile(0.25, { lower: 5, upper: 7 }); // => 5.055183121340056
 */
export function truncatedNormalQuantile(p: number, options: TruncatedNormalOptions = {}): number {
  const { lower = -Infinity, upper = Infinity, mean = 0, deviation = 1 } = options;
  if (!(p >= 0 && p <= 1)) throw wrong('p', `expected a probability from 0 to 1, received ${p}`);
  if (!(deviation > 0 && deviation < Infinity))
    throw wrong('deviation', `expected a finite deviation above 0, received ${deviation}`);
  if (mean - mean !== 0) throw wrong('mean', `expected a finite mean, received ${mean}`);
  if (!(lower < upper)) throw wrong('lower', `expected lower < upper, received ${lower} and ${upper}`);
  const a = (lower - mean) / deviation;
  const b = (upper - mean) / deviation;
  let z: number;
  if (a > 0) {
    const low = normalUpperTail(a);
    const high = normalUpperTail(b);
    if (!(low > high)) throw wrong('lower', `expected a range that holds some mass, received [${lower}, ${upper}]`);
    z = -normalQuantile(low - p * (low - high));
  } else {
    const low = normalCdf(a);
    const high = normalCdf(b);
    if (!(high > low)) throw wrong('upper', `expected a range that holds some mass, received [${lower}, ${upper}]`);
    z = normalQuantile(low + p * (high - low));
  }
  if (p === 0) return lower;
  if (p === 1) return upper;
  return Math.min(upper, Math.max(lower, mean + deviation * z));
}

function wrong(argument: string, text: string): SynthproofError {
  return new SynthproofError('OUT_OF_RANGE', `${argument}: ${text}`, { argument });
}
