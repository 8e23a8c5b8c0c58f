import { chiSquareQuantile, chiSquareUpperTail, normalUpperTail } from '../../src/math/index.ts';
import {
  adjustPValues,
  andersonDarling,
  anovaF,
  chiSquareTest,
  cohensD,
  cramersV,
  cramerVonMises,
  eBenjaminiHochberg,
  energyDistance,
  entropy,
  eppsSingleton,
  exactMeanPermutation,
  fisherExact,
  goodmanKruskalTau,
  goodnessOfFit,
  gTest,
  hellingerDistance,
  jensenShannon,
  kruskalWallis,
  ksTwoSample,
  kullbackLeibler,
  mannWhitneyU,
  mantelHaenszel,
  mean,
  mutualInformation,
  type OddsRatioMethod,
  oddsRatioInterval,
  type ProportionMethod,
  proportionInterval,
  psi,
  type RiskDifferenceMethod,
  type RiskRatioMethod,
  riskDifferenceInterval,
  riskRatioInterval,
  tableResiduals,
  theilsU,
  totalVariation,
  unconditionalExact,
  wasserstein1,
  welchT,
} from '../../src/stats/index.ts';
import type { Interval } from '../../src/types.ts';
import { adjustMethod } from './math.ts';
import type { FunctionTable } from './types.ts';

const LN2 = Math.LN2;

function ends(interval: Interval | null): [number, number] | null {
  return interval && [interval.lower, interval.upper];
}

function transpose(table: readonly (readonly number[])[]): number[][] {
  return table[0]!.map((_, j) => table.map((row) => row[j]!));
}

/** Counts of both samples over equal cells between the least and the greatest value of the pooled sample, as numpy. */
function histograms(x: readonly number[], y: readonly number[], bins: number): { edges: number[]; counts: number[][] } {
  const pooled = [...x, ...y];
  const low = Math.min(...pooled);
  const high = Math.max(...pooled);
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + (i * (high - low)) / bins));
  const count = (values: readonly number[]): number[] => {
    const out = new Array<number>(bins).fill(0);
    for (const value of values) {
      let cell = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
      if (value < edges[cell]!) cell--;
      else if (cell < bins - 1 && value >= edges[cell + 1]!) cell++;
      out[cell] = out[cell]! + 1;
    }
    return out;
  };
  return { edges, counts: [count(x), count(y)] };
}

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, value) => sum + value, 0);
  return counts.map((value) => value / total);
}

function populationDeviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

const LOWER = 2.2250738585072014e-308;

/** Functions of bias-stats.json and those of drift-core.json that belong to layers 1 and 2. */
export const statsFunctions: FunctionTable = {
  proportionInterval: ({ count, n, alpha }) => {
    const by = (method: ProportionMethod): unknown => ends(proportionInterval(count, n, method, 1 - alpha));
    return {
      wilson: by('wilson'),
      beta: by('clopper-pearson'),
      agresti_coull: by('agresti-coull'),
      jeffreys: by('jeffreys'),
      normal: by('wald'),
    };
  },
  twoProportionInterval: ({ count1, n1, count2, n2, alpha }) => {
    const difference = (method: RiskDifferenceMethod): unknown =>
      ends(riskDifferenceInterval(count1, n1, count2, n2, method, 1 - alpha));
    const ratio = (method: RiskRatioMethod): unknown =>
      ends(riskRatioInterval(count1, n1, count2, n2, method, 1 - alpha));
    const odds = (method: OddsRatioMethod): unknown =>
      ends(oddsRatioInterval(count1, n1, count2, n2, method, 1 - alpha));
    return {
      newcomb: difference('newcombe'),
      wald: difference('wald'),
      agresti_caffo: difference('agresti-caffo'),
      'diff/score': difference('score'),
      'ratio/log': ratio('log'),
      'ratio/log-adjusted': ratio('log-adjusted'),
      'ratio/score': ratio('score'),
      'odds-ratio/logit': odds('logit'),
      'odds-ratio/logit-adjusted': odds('logit-adjusted'),
      'odds-ratio/score': odds('score'),
    };
  },
  twoByTwoTests: ({ table }) => {
    const plain = chiSquareTest(table);
    const yates = chiSquareTest(table, { yates: true });
    const [[a, b], [c, d]] = table;
    const fisher = fisherExact(table);
    const defined = plain.df === 1;
    const sign = a * (c + d) < c * (a + b) ? -1 : 1;
    const z = defined ? sign * Math.sqrt(plain.statistic) : null;
    // The reference conditions on the column totals.
    const small = (a + c + 1) * (b + d + 1) <= 40_000;
    const barnard = small ? unconditionalExact(transpose(table), { statistic: 'pooled-z' }) : null;
    const boschloo = small ? unconditionalExact(transpose(table), { statistic: 'fisher' }) : null;
    return {
      z,
      z_p: z === null ? null : 2 * normalUpperTail(Math.abs(z)),
      fisher: { 'two-sided': fisher.twoSided, less: fisher.less, greater: fisher.greater },
      chi2: plain.statistic,
      chi2_p: plain.pValue,
      chi2_yates: yates.statistic,
      chi2_yates_p: yates.pValue,
      g_test: gTest(table).statistic,
      barnard_stat: z,
      barnard_p: barnard?.pValue,
      boschloo_p: defined ? boschloo?.pValue : null,
    };
  },
  multipleTests: ({ p, alpha }) => {
    const of = (name: string): unknown => {
      const adjusted = adjustPValues(p, adjustMethod(name));
      return { adjusted, reject: adjusted.map((value) => value <= alpha) };
    };
    const names = ['bonferroni', 'holm', 'fdr_bh', 'fdr_by', 'simes-hochberg', 'hommel'];
    return Object.fromEntries(names.map((name) => [name, of(name)]));
  },
  adjustPValues: ({ p, pValues, method, alpha }) => {
    const adjusted = adjustPValues(p ?? pValues, adjustMethod(method));
    if (alpha === undefined) return adjusted;
    return { adjusted, reject: adjusted.map((value) => value <= alpha) };
  },
  stratified: ({ tables }) => {
    const result = mantelHaenszel(Object.values(tables));
    return {
      oddsratio_pooled: result.oddsRatio,
      riskratio_pooled: result.riskRatio,
      logodds_pooled_se: result.logOddsRatioError,
      cmh: result.test.statistic,
      cmh_p: result.test.pValue,
      cmh_cc: result.corrected.statistic,
      cmh_cc_p: result.corrected.pValue,
      breslow_day: result.homogeneity.statistic,
      breslow_day_p: result.homogeneity.pValue,
      tarone: result.tarone.statistic,
      tarone_p: result.tarone.pValue,
      ci: ends(result.interval),
    };
  },
  association: ({ table }) => {
    const test = chiSquareTest(table);
    const residuals = tableResiduals(table);
    return {
      chi2: test.statistic,
      p: test.pValue,
      df: test.df,
      expected: residuals.expected,
      cramer_v: cramersV(table),
      cramer_v_corrected: cramersV(table, { corrected: true }),
      mutual_information: mutualInformation(table),
      theil_u_col_given_row: theilsU(table),
      theil_u_row_given_col: theilsU(transpose(table)),
      goodman_kruskal_tau_col_given_row: goodmanKruskalTau(table),
      goodman_kruskal_tau_row_given_col: goodmanKruskalTau(transpose(table)),
      residuals: residuals.pearson,
      adjusted_residuals: residuals.adjusted,
    };
  },
  continuousTests: ({ a, b, c }) => {
    const rank = mannWhitneyU(a, b);
    const ks = ksTwoSample(a, b, { method: 'exact', ties: 'ignore' });
    const welch = welchT(a, b);
    const kruskal = kruskalWallis([a, b, c]);
    const anova = anovaF([a, b, c]);
    return {
      mannwhitney_u: rank.u,
      mannwhitney_p: rank.pValue,
      auc: rank.auc,
      ks: ks.statistic,
      ks_p_exact: ks.pValue,
      welch_t: welch.t,
      welch_p: welch.pValue,
      cohen_d: cohensD(a, b),
      wasserstein: wasserstein1(a, b),
      energy: energyDistance(a, b),
      anova_f: anova.f,
      anova_p: anova.pValue,
      kruskal_h: kruskal.h,
      kruskal_p: kruskal.pValue,
    };
  },
  representation: ({ counts, reference }) => {
    const p = shares(counts);
    const n = (counts as number[]).reduce((sum, value) => sum + value, 0);
    const fit = goodnessOfFit(counts, reference);
    const squares = p.reduce((sum, value) => sum + value * value, 0);
    const nats = entropy(counts);
    return {
      ratio: p.map((value, i) => value / reference[i]),
      difference: p.map((value, i) => value - reference[i]),
      chi2: fit.statistic,
      p: fit.pValue,
      kl: kullbackLeibler(counts, reference),
      js_divergence: jensenShannon(counts, reference),
      tvd: totalVariation(counts, reference),
      hellinger: hellingerDistance(counts, reference),
      psi: psi(reference, counts),
      shannon_nats: nats,
      shannon_evenness: nats / Math.log(p.length),
      simpson_1_minus_D: 1 - squares,
      simpson_unbiased: (n / (n - 1)) * (1 - squares),
      inverse_simpson: 1 / squares,
      berger_parker: Math.max(...p),
      imbalance_ratio: Math.max(...counts) / Math.min(...counts),
      exact_z: p.map((value, i) => (value - reference[i]) / Math.sqrt((reference[i] * (1 - reference[i])) / n)),
    };
  },
  wasserstein1: ({ x, y }) => wasserstein1(x, y),
  wasserstein1Normalized: ({ x, y }) => wasserstein1(x, y) / Math.max(populationDeviation(x), 0.001),
  energyDistance1d: ({ x, y }) => {
    const sqrt = energyDistance(x, y);
    return { sqrt, squared: sqrt * sqrt };
  },
  ksTwoSample: ({ x, y, method }) =>
    ksTwoSample(x, y, { method: method === 'exact' ? 'exact' : 'asymptotic', ties: 'ignore' }),
  cramerVonMisesTwoSample: ({ x, y }) => cramerVonMises(x, y),
  mannWhitneyU: ({ x, y, continuity }) => mannWhitneyU(x, y, { continuity }),
  welchT: ({ x, y }) => welchT(x, y),
  andersonDarlingKSample: ({ samples }) => ({ statistic: andersonDarling(samples) }),
  eppsSingleton: ({ x, y }) => eppsSingleton(x, y),
  psiEvidently: ({ x, y }) => {
    // Sturges cells of the pooled sample, as numpy.histogram_bin_edges(bins='sturges').
    const bins = Math.ceil(Math.log2(x.length + y.length) + 1);
    const { edges, counts } = histograms(x, y, bins);
    const refPct = shares(counts[0]!);
    const curPct = shares(counts[1]!);
    const fill = (pct: readonly number[]): number[] => {
      const positive = pct.filter((value) => value > 0);
      const least = Math.min(...positive);
      const substitute = least <= 0.0001 ? least / 1_000_000 : 0.0001;
      return pct.map((value) => (value === 0 ? substitute : value));
    };
    const a = fill(refPct);
    const b = fill(curPct);
    // The reference does not normalise again after filling empty cells, so the index is summed here.
    return { edges, refPct, curPct, psi: a.reduce((sum, p, i) => sum + (p - b[i]!) * Math.log(p / b[i]!), 0) };
  },
  psiEqualWidth: ({ x, y, bins, zeroReplacement }) => {
    const [a, b] = histograms(x, y, bins).counts;
    return psi(a!, b!, { zeroShare: zeroReplacement ?? LOWER });
  },
  hellingerEqualWidth: ({ x, y, bins }) => {
    const [a, b] = histograms(x, y, bins).counts;
    return hellingerDistance(a!, b!);
  },
  discreteDivergences: ({ p, q }) => {
    const js = jensenShannon(p, q);
    return {
      tv: totalVariation(p, q),
      jsDistanceNat: Math.sqrt(js),
      jsDistanceBits: Math.sqrt(js / LN2),
      jsDivergenceBits: js / LN2,
      jsSimilarity: 1 - Math.sqrt(js / LN2),
      hellinger: hellingerDistance(p, q),
      klPQ: kullbackLeibler(p, q) ?? Infinity,
      klQP: kullbackLeibler(q, p) ?? Infinity,
      emdOrdinalUnitStep: ordinalDistance(p, q),
    };
  },
  chi2Homogeneity: ({ ref, cur }) => ({ ...chiSquareTest([ref, cur]), cramersV: cramersV([ref, cur]) }),
  gTestHomogeneity: ({ ref, cur }) => gTest([ref, cur]),
  chi2EvidentlyGoodnessOfFit: ({ ref, cur }) => goodnessOfFit(cur, ref),
  psiCalibrated: ({ ref, cur }) => {
    const value = psi(ref, cur);
    const n = (ref as number[]).reduce((sum, count) => sum + count, 0);
    const m = (cur as number[]).reduce((sum, count) => sum + count, 0);
    const scale = 1 / n + 1 / m;
    return {
      psi: value,
      pValueChi2: chiSquareUpperTail(value / scale, ref.length - 1),
      threshold01: scale * chiSquareQuantile(0.99, ref.length - 1),
    };
  },
  fisherExact2x2: ({ table }) => {
    const result = fisherExact(table);
    return { oddsRatio: result.oddsRatio, pValue: result.twoSided };
  },
  eBH: ({ e, alpha }) => eBenjaminiHochberg(e, alpha),
  exactPermutationMeanDiff: ({ x, y }) => exactMeanPermutation(x, y),
};

/** Earth mover's distance over ordered cells one step apart. */
function ordinalDistance(p: readonly number[], q: readonly number[]): number {
  let gap = 0;
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    gap += p[i]! - q[i]!;
    sum += Math.abs(gap);
  }
  return sum;
}
