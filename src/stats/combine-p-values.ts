import { SynthproofError } from '../errors.ts';
import { atan2, cos, exp, expm1, LN2, log, log1p, logGammaRegularizedUpper, sin } from '../math/index.ts';
import { requireLength, requireProbability } from './internal-check.ts';
import { PI } from './internal-constants.ts';

/** How p-values are combined into one. */
export type CombineMethod = 'fisher' | 'sidak' | 'cauchy' | 'bonferroni';

/** A p-value with its logarithm, for values below the smallest double. */
export interface CombinedPValue {
  /** The combined p-value, 0 to 1; 0 when it is below 5e-324. */
  readonly pValue: number;
  /** Its natural logarithm; null when an input p-value was 0. Divide by LN10 for log10. */
  readonly logPValue: number | null;
}

/**
 * One p-value for the hypothesis that every single null hypothesis holds.
 *
 * `fisher` (-2 sum log p is chi-square with 2m degrees of freedom) and `sidak` (1 - (1 - min p)^m) need independent
 * tests; `cauchy` (mean of tan((1/2 - p) pi), Liu and Xie 2020) stands under most dependence, `bonferroni` (m min p)
 * under every one. All are computed in logarithms, so that p-values below 1e-16 keep their precision.
 *
 * @param pValues - At least one p-value, each in [0, 1].
 * @param method - See {@link CombineMethod}.
 * @returns See {@link CombinedPValue}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `OUT_OF_RANGE`, `BAD_OPTION` for an unknown method.
 * @example
 * combinePValues([0.01, 0.5], 'sidak').pValue; // => 0.0199
 */
export function combinePValues(pValues: readonly number[], method: CombineMethod): CombinedPValue {
  requireLength('pValues', pValues.length, 1);
  let least = 1;
  for (let i = 0; i < pValues.length; i++) {
    requireProbability(`pValues[${i}]`, pValues[i]!);
    least = Math.min(least, pValues[i]!);
  }
  if (least === 0 && method !== 'cauchy') return { pValue: 0, logPValue: null };
  switch (method) {
    case 'fisher': {
      let sum = 0;
      for (const p of pValues) sum -= log(p);
      return fromLog(logGammaRegularizedUpper(pValues.length, sum));
    }
    case 'sidak':
      return fromLog(sidakLog(least, pValues.length));
    case 'bonferroni':
      return fromLog(Math.min(0, log(least) + log(pValues.length)));
    case 'cauchy':
      return cauchy(pValues);
    default:
      throw new SynthproofError(
        'BAD_OPTION',
        `method: expected fisher, sidak, cauchy or bonferroni, received ${String(method)}`,
        { argument: 'method' },
      );
  }
}

/** log(1 - (1 - p)^m). */
function sidakLog(p: number, m: number): number {
  const exponent = m * log1p(-p);
  if (exponent === 0) return 0;
  // 1 - (1 - p)^m is m p to the last bit where p m is far below 1, and may then be subnormal: keep the logarithm apart.
  if (p * m < 1e-290) return log(p) + log(m);
  return exponent > -LN2 ? log(-expm1(exponent)) : log1p(-exp(exponent));
}

function fromLog(logPValue: number): CombinedPValue {
  return { pValue: exp(logPValue), logPValue: logPValue + 0 };
}

/** cot(pi p), the same as tan((1/2 - p) pi), for 0 < p < 1, without the cancellation of 1/2 - p. */
function cotangent(p: number): number {
  return p > 0.5 ? -cotangent(1 - p) : cos(PI * p) / sin(PI * p);
}

function cauchy(pValues: readonly number[]): CombinedPValue {
  const m = pValues.length;
  let ones = 0;
  let zeros = 0;
  let total = 0;
  for (const p of pValues) {
    if (p === 0) zeros++;
    else if (p === 1) ones++;
    else total += cotangent(p) / m;
  }
  if (ones > 0) return { pValue: 1, logPValue: 0 };
  if (zeros > 0) return { pValue: 0, logPValue: null };
  // atan(1 / t) / pi for t > 0: direct in the tail.
  const pValue = atan2(1, total) / PI;
  return { pValue, logPValue: log(pValue) };
}
