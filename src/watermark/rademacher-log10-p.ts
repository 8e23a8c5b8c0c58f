import { SynthproofError } from '../errors.ts';
import { LN10 } from '../math/constants.ts';
import { log } from '../math/log.ts';
import { logNormalUpperTail } from '../math/log-normal-upper-tail.ts';

/**
 * Base-10 logarithm of a rigorous p-value for a sum of fair signs with known weights.
 *
 * For V = sum of sign x weight and z = V / sqrt(sum of weight^2), P(V >= v) <= c * P(N(0,1) >= z) with
 * c = 1 / (4 * P(N(0,1) >= sqrt 2)) = 3.1787, for every set of weights; c is the best constant. The result is
 * log10 of min(1, hypotheses * that). Larger z gives a smaller p; the logarithm stays exact where p itself
 * would be 0.
 * Source: Bentkus and Dzindzalieta 2015, "A tight Gaussian bound for weighted sums of Rademacher random variables".
 *
 * @param z - Score divided by the root of the sum of squared weights.
 * @param hypotheses - How many hypotheses were tried (Bonferroni), 1 or more. Default 1.
 * @returns 0 or below.
 * @throws {@link SynthproofError} `BAD_NUMBER` when z is not finite; `OUT_OF_RANGE` when `hypotheses` is below 1.
 * @example
 * rademacherLog10P(Math.sqrt(2)); // => -0.6020599913279624
 */
export function rademacherLog10P(z: number, hypotheses = 1): number {
  if (!Number.isFinite(z))
    throw new SynthproofError('BAD_NUMBER', `z: expected a finite number, received ${z}`, { argument: 'z' });
  if (!(hypotheses >= 1) || !Number.isFinite(hypotheses))
    throw new SynthproofError('OUT_OF_RANGE', `hypotheses: expected 1 or more, received ${hypotheses}`, {
      argument: 'hypotheses',
    });
  const exponent = (LOG_BOUND_CONSTANT + logNormalUpperTail(z) + log(hypotheses)) / LN10;
  return Math.min(0, exponent);
}

/** log of c = 1 / (4 * P(N(0,1) >= sqrt 2)). */
export const LOG_BOUND_CONSTANT = 1.1564583293733028;
