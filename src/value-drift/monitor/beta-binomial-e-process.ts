import { SynthproofError } from '../../errors.ts';
import { log } from '../../math/log.ts';
import { logBeta } from '../../math/log-beta.ts';
import { log1p } from '../../math/log1p.ts';
import { checkRange, checkShare } from '../../stats/internal-options.ts';

/** Options of {@link betaBinomialEProcess}. */
export interface BetaBinomialOptions {
  /** First shape of the beta prior of the rate, above 0. Default 0.5. */
  readonly a?: number | undefined;
  /** Second shape, above 0. Default 0.5. */
  readonly b?: number | undefined;
}

/**
 * Evidence against a known rate, after each yes or no: ratio of the beta-binomial mixture to the rate's likelihood.
 *
 * ln E = ln B(a + s, b + t - s) - ln B(a, b) - s ln p - (t - s) ln(1 - p), s the number of ones. E exceeds 1/alpha with
 * probability at most alpha at any time. Source: Robbins 1970.
 *
 * @param outcomes - 0 or 1 each.
 * @param rate - The rate under the null hypothesis, between 0 and 1.
 * @param options - See {@link BetaBinomialOptions}.
 * @returns Natural log of the evidence after each outcome.
 * @throws {@link SynthproofError} `BAD_VALUE` for an outcome that is not 0 or 1; `OUT_OF_RANGE` for an impossible option.
 * @example
 * betaBinomialEProcess([1, 1], 0.5, { a: 1, b: 1 })[1]; // => 0.287682072451781
 */
export function betaBinomialEProcess(
  outcomes: ArrayLike<number>,
  rate: number,
  options: BetaBinomialOptions = {},
): Float64Array<ArrayBuffer> {
  const { a = 0.5, b = 0.5 } = options;
  checkShare('rate', rate);
  checkRange('a', a, 1e-6, 1e12);
  checkRange('b', b, 1e-6, 1e12);
  const out = new Float64Array(outcomes.length);
  const prior = logBeta(a, b);
  const logRate = log(rate);
  const logRest = log1p(-rate);
  let ones = 0;
  for (let i = 0; i < outcomes.length; i++) {
    const y = outcomes[i]!;
    if (y !== 0 && y !== 1)
      throw new SynthproofError('BAD_VALUE', `outcomes[${i}]: expected 0 or 1, received ${String(y)}`, {
        argument: 'outcomes',
        row: i,
      });
    ones += y;
    const zeros = i + 1 - ones;
    out[i] = logBeta(a + ones, b + zeros) - prior - ones * logRate - zeros * logRest;
  }
  return out;
}
