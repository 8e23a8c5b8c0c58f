import {
  binomialUpperTail,
  exp,
  expm1,
  gammaRegularizedUpper,
  LN10,
  log,
  log1p,
  logBinomialMidP,
  logBinomialUpperTail,
  logGammaRegularizedUpper,
  logNormalUpperTail,
  normalCdf,
  normalQuantile,
  normalUpperTail,
  truncatedNormalQuantile,
} from '../../src/math/index.ts';
import { type AdjustMethod, combinePValues, weightedSumUpperTail } from '../../src/stats/index.ts';
import type { FunctionTable } from './types.ts';

const METHODS: Record<string, AdjustMethod> = {
  bonferroni: 'bonferroni',
  holm: 'holm',
  hochberg: 'hochberg',
  'simes-hochberg': 'hochberg',
  hommel: 'hommel',
  fdr_bh: 'benjamini-hochberg',
  fdr_by: 'benjamini-yekutieli',
};

/** Names of the reference's multiplicity methods. */
export function adjustMethod(name: string): AdjustMethod {
  const method = METHODS[name];
  if (!method) throw new Error(`unknown method ${name}`);
  return method;
}

function tail(p: number, lnp: number | null): unknown {
  return { p, lnp, log10p: lnp === null ? null : lnp / LN10 };
}

// The reference formed 1 - p at 60 digits (203 bits), so p-values below 2^-204 vanished there.
const REFERENCE_EPSILON = 2 ** -204;
// (1/2 - p) pi was rounded likewise: the reference sees no p-value below this.
const REFERENCE_COTANGENT_FLOOR = 1.8175394224326818e-62;

/** Every function of watermark-text-pvalues.json, and the normal distribution's of generators-reference.json. */
export const mathFunctions: FunctionTable = {
  binomialUpperTail: ({ k, n, gamma }) => tail(binomialUpperTail(k, n, gamma), logBinomialUpperTail(k, n, gamma)),
  binomialMidP: ({ k, n, gamma }) => {
    const lnp = logBinomialMidP(k, n, gamma);
    return tail(exp(lnp), lnp);
  },
  normQuantile: ({ p }) => (p as number[]).map((value) => normalQuantile(value)),
  normCdf: ({ z }) => (z as number[]).map((value) => normalCdf(value)),
  normSf: ({ z }) => (z as number[]).map((value) => normalUpperTail(value)),
  truncNormQuantile: ({ lower, upper, mean, sd, p }) =>
    (p as number[]).map((value) =>
      truncatedNormalQuantile(value, { lower: lower ?? -Infinity, upper: upper ?? Infinity, mean, deviation: sd }),
    ),
  gammaUpperTail: ({ shape, x }) => tail(gammaRegularizedUpper(shape, x), logGammaRegularizedUpper(shape, x)),
  normalUpperTail: ({ z }) => tail(normalUpperTail(z), logNormalUpperTail(z)),
  synthidMeanPValue: ({ depth, T, onesCount }) =>
    tail(binomialUpperTail(onesCount, depth * T, 0.5), logBinomialUpperTail(onesCount, depth * T, 0.5)),
  synthidWeightedMeanPValue: ({ T, integerWeights, integerSum }) => {
    const result = weightedSumUpperTail(integerWeights, T, integerSum);
    return tail(result.pValue, result.logPValue);
  },
  fisherCombine: ({ pValues }) => combined(pValues, 'fisher'),
  sidakMin: ({ pValues }) => (Math.min(...pValues) < REFERENCE_EPSILON ? tail(0, null) : combined(pValues, 'sidak')),
  cauchyCombine: ({ pValues }) =>
    combined(
      (pValues as number[]).map((p) => (p < REFERENCE_EPSILON ? REFERENCE_COTANGENT_FLOOR : p)),
      'cauchy',
    ),
  globalPValueOverKeys: ({ p, numKeys }) => {
    const lnp = logSidak(p, numKeys);
    return tail(exp(lnp), lnp);
  },
};

/** log(1 - (1 - p)^m): combinePValues for m equal p-values, where m may be 2^32. */
function logSidak(p: number, m: number): number {
  const exponent = m * log1p(-p);
  return exponent > -0.6 ? log(-expm1(exponent)) : log1p(-exp(exponent));
}

function combined(pValues: readonly number[], method: 'fisher' | 'sidak' | 'cauchy'): unknown {
  const result = combinePValues(pValues, method);
  return tail(result.pValue, result.logPValue);
}
