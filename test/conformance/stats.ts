import { chiSquareQuantile, chiSquareUpperTail, normalUpperTail } from '../../src/math/index.ts';
import {
  adjustPValues,
  andersonDarling,
  anovaF,
  bhattacharyyaDistance,
  chiSquareTest,
  clipCorrelation,
  cohensD,
  conditionalNormal,
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
  lsddTest,
  mannWhitneyU,
  mantelHaenszel,
  mean,
  mmdSquared,
  mmdTest,
  multivariateEnergyDistance,
  mutualInformation,
  normalScores,
  type OddsRatioMethod,
  oddsRatioInterval,
  type ProportionMethod,
  pearson,
  polychoric,
  polyserial,
  pooledMedianDistance,
  proportionInterval,
  psi,
  quantile,
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
import type { DisputedTable, FunctionTable } from './types.ts';

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
  latentCorrelation: ({ kind, x, y }) => {
    if (kind === 'polyserial') return polyserial(x, y, { method: 'moments' });
    const levels = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
    const [rows, columns] = [levels(x), levels(y)];
    const table = rows.map(() => columns.map(() => 0));
    for (let i = 0; i < x.length; i++) table[rows.indexOf(x[i])]![columns.indexOf(y[i])]!++;
    return polychoric(table);
  },
  normalScoresCorrelation: ({ columns }) => {
    const scores = Object.values(columns as Record<string, number[]>).map((values) => normalScores(values));
    return scores.map((a) => scores.map((b) => pearson(a, b)));
  },
  conditionalNormal: ({ names, correlation, given }) => {
    const at = Object.keys(given).map((name) => (names as string[]).indexOf(name));
    const result = conditionalNormal(correlation.flat(), at, Object.values(given));
    if (result === null) return null;
    // The reference lists the free variables by name.
    const order = result.free
      .map((_, i) => i)
      .sort((i, j) => (names[result.free[i]!] < names[result.free[j]!] ? -1 : 1));
    return {
      columns: order.map((i) => names[result.free[i]!]),
      mean: order.map((i) => result.mean[i]),
      covariance: order.map((i) => order.map((j) => result.covariance[i * order.length + j])),
    };
  },
  nearestCorrelation: ({ matrix }) => {
    const result = clipCorrelation(matrix.flat()).matrix;
    return (matrix as unknown[]).map((_, i) => Array.from(result.slice(i * matrix.length, (i + 1) * matrix.length)));
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
  jsDistanceEqualWidth: ({ x, y, bins, base }) => {
    const [p, q] = steppedShares(x, y, bins);
    return Math.sqrt(jensenShannon(p, q) / (base === 'e' || base === undefined ? 1 : Math.log(base)));
  },
  bhattacharyyaEqualWidth: ({ x, y, bins }) => {
    // The reference adds the machine epsilon to each share, so that disjoint samples stay finite.
    const [a, b] = histograms(x, y, bins).counts.map((counts) => shares(counts).map((p) => p + Number.EPSILON));
    return bhattacharyyaDistance(a!, b!);
  },
  mmd2Unbiased: ({ x, y, sigma }) => mmdSquared(x, y, { sigma }),
  mmd2Biased: ({ x, y, sigma }) => mmdSquared(x, y, { sigma, estimator: 'biased' }),
  alibiMedianSigma: ({ x, y }) => alibiSigma(x, y),
  mmd2UnbiasedAlibiDefault: ({ x, y }) => {
    const sigma = alibiSigma(x, x);
    return { sigma, mmd2: mmdSquared(x, y, { sigma }) };
  },
  pooledMedianDistance: ({ x, y }) => {
    const { distance, squared } = pooledMedianDistance(x, y);
    return { medianDistance: distance, medianSquared: squared };
  },
  energyDistanceMultivariate: ({ x, y }) => {
    const { biased, unbiased } = multivariateEnergyDistance(x, y);
    return { vStat: biased, uStat: unbiased };
  },
  lsddGivenCentres: ({ x, y, centres, sigma, lambdaRdMax, permutations }) => {
    const result = lsddTest(x, y, { centres, sigma, tolerance: lambdaRdMax, arrangements: permutations });
    return { lsdd: result.statistic, permuted: result.permuted };
  },
  mmdPermutationTest: ({ x, y, sigma, permutations }) => {
    const result = mmdTest(x, y, { sigma, arrangements: permutations });
    return {
      mmd2: result.statistic,
      countGreaterEqual: result.exceed,
      pValue: result.pValue,
      alibiPValue: result.exceed / result.draws,
      permutedSorted: Array.from(result.permuted)
        .sort((a, b) => b - a)
        .slice(0, 5),
    };
  },
};

/**
 * Reference values that are provably wrong: an end of the score interval must be a root of the score equation
 * (Miettinen and Nurminen 1985, formulas 8 and 9) or, where the statistic stays inside the limits, the end of the
 * parameter's range. The statistic is computed here by the closed cubic solution, not by the library's own way.
 */
export const statsDisputed: DisputedTable = {
  twoProportionInterval: ({ count1, n1, count2, n2, alpha }, expected) => {
    const ends = expected?.['diff/score'];
    if (!Array.isArray(ends)) return [];
    const limit = chiSquareQuantile(1 - alpha, 1);
    const found: { path: string; why: string }[] = [];
    ends.forEach((end: unknown, i) => {
      if (typeof end !== 'number' || Math.abs(end) >= 1) return;
      const square = scoreSquare(count1, n1, count2, n2, end);
      if (Math.abs(square - limit) > 1e-3)
        found.push({
          path: `$.diff/score[${i}]`,
          why: `the reference's end ${end} is no root: score^2 is ${square.toPrecision(6)} there, not ${limit.toPrecision(6)}`,
        });
    });
    return found;
  },
};

/** Square of the Miettinen-Nurminen score statistic of p1 - p2 = d. */
function scoreSquare(x1: number, n1: number, x2: number, n2: number, d: number): number {
  // Restricted estimate of p2: a root in range of the likelihood equation L3 p^3 + L2 p^2 + L1 p + L0 = 0.
  const n = n1 + n2;
  const l3 = n;
  const l2 = (n1 + 2 * n2) * d - n - (x1 + x2);
  const l1 = (n2 * d - n - 2 * x2) * d + x1 + x2;
  const l0 = x2 * d * (1 - d);
  const q = (l2 / (3 * l3)) ** 3 - (l1 * l2) / (6 * l3 * l3) + l0 / (2 * l3);
  const p = Math.sign(q) * Math.sqrt(Math.max(0, (l2 / (3 * l3)) ** 2 - l1 / (3 * l3)));
  const angle = (Math.PI + Math.acos(Math.max(-1, Math.min(1, q === 0 ? 0 : q / p ** 3)))) / 3;
  const p2 = 2 * p * Math.cos(angle) - l2 / (3 * l3);
  const p1 = p2 + d;
  const variance = ((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2) * (n / (n - 1));
  return (x1 / n1 - x2 / n2 - d) ** 2 / variance;
}

/** numpy's 'auto' histogram of one sample: the narrower of the Freedman-Diaconis and the Sturges width. */
function autoHistogram(values: readonly number[]): { edges: number[]; counts: number[] } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (low === high) return { edges: [low - 0.5, high + 0.5], counts: [values.length] };
  const spread = quantile(values, 0.75) - quantile(values, 0.25);
  const freedman = 2 * spread * values.length ** (-1 / 3);
  const sturges = (high - low) / (Math.log2(values.length) + 1);
  const width = freedman > 0 ? Math.min(freedman, sturges) : sturges;
  const { edges, counts } = histograms(values, [], Math.ceil((high - low) / width));
  return { edges, counts: counts[0]! };
}

/**
 * The reference's shares for the Jensen-Shannon distance: each sample's own 'auto' histogram taken as a piecewise linear
 * distribution function, read at `points` equally spaced points of the pooled range.
 */
function steppedShares(x: readonly number[], y: readonly number[], points: number): [number[], number[]] {
  const low = Math.min(...x, ...y);
  const high = Math.max(...x, ...y);
  const of = (values: readonly number[]): number[] => {
    const { edges, counts } = autoHistogram(values);
    const at = (point: number): number => {
      let below = 0;
      for (let i = 0; i < counts.length; i++) {
        const [left, right] = [edges[i]!, edges[i + 1]!];
        if (point >= right) below += counts[i]!;
        else if (point > left) below += (counts[i]! * (point - left)) / (right - left);
      }
      return below / values.length;
    };
    const grid = Array.from({ length: points }, (_, i) =>
      at(i === points - 1 ? high : low + (i * (high - low)) / (points - 1)),
    );
    return grid.slice(1).map((value, i) => value - grid[i]!);
  };
  return [of(x), of(y)];
}

/** alibi-detect's bandwidth: from the sorted squared distances of x and y, with the zeros of x with itself counted. */
function alibiSigma(x: readonly (readonly number[])[], y: readonly (readonly number[])[]): number {
  const squares: number[] = [];
  for (const a of x) for (const b of y) squares.push(a.reduce((sum, value, k) => sum + (value - b[k]!) ** 2, 0));
  squares.sort((a, b) => a - b);
  const same = x.length === y.length && x.every((a, i) => a.every((value, k) => value === y[i]![k]));
  const n = same ? x.length : 0;
  return Math.sqrt(squares[n + Math.floor((squares.length - n) / 2) - 1]! / 2);
}

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
