import { log } from '../math/log.ts';

/** Counts of one facet (group) by label and prediction. */
interface Facet {
  readonly n: number;
  /** Positive and negative labels. */
  readonly y1: number;
  readonly y0: number;
  /** Positive and negative predictions. */
  readonly p1: number;
  readonly p0: number;
  readonly tn: number;
  readonly fp: number;
  readonly fn: number;
  readonly tp: number;
}

/** How a fraction without denominator is read. */
export type Divide = (top: number, bottom: number) => number;

/** A figure of the eight counts [advantaged TN, FP, FN, TP, disadvantaged TN, FP, FN, TP]. */
export type FacetFigure = (counts: ArrayLike<number>, divide: Divide) => number;

function facet(counts: ArrayLike<number>, from: number): Facet {
  const [tn, fp, fn, tp] = [counts[from]!, counts[from + 1]!, counts[from + 2]!, counts[from + 3]!];
  return { n: tn + fp + fn + tp, y1: fn + tp, y0: tn + fp, p1: fp + tp, p0: tn + fn, tn, fp, fn, tp };
}

const figure =
  (of: (a: Facet, d: Facet, divide: Divide) => number): FacetFigure =>
  (counts, divide) =>
    of(facet(counts, 0), facet(counts, 4), divide);

/** Difference of two figures that may both be infinite: equal infinities differ by nothing. */
const minus = (first: number, second: number): number => (first === second ? 0 : first - second);

/** One figure of facets: its code in Clarify, its name, what it needs, and its range. */
export interface FacetDefinition {
  readonly code: string;
  readonly metric: string;
  readonly needs: 'groups' | 'label' | 'prediction' | 'both';
  readonly range: readonly [number | null, number | null];
  readonly goal: 'zero' | 'one';
  readonly of: FacetFigure;
}

/** Figures of the eight counts, in Clarify's order. a: advantaged, d: disadvantaged. */
export const FACET_FIGURES: readonly FacetDefinition[] = [
  define('CI', 'classImbalance', 'groups', (a, d, divide) => divide(a.n - d.n, a.n + d.n)),
  define('DPL', 'differenceInProportionsOfLabels', 'label', (a, d, divide) => divide(a.y1, a.n) - divide(d.y1, d.n)),
  define(
    'DPPL',
    'differenceInPositiveProportionsInPredictedLabels',
    'prediction',
    (a, d, divide) => divide(a.p1, a.n) - divide(d.p1, d.n),
  ),
  {
    ...define('DI', 'disparateImpact', 'prediction', (a, d, divide) => divide(divide(d.p1, d.n), divide(a.p1, a.n))),
    range: [0, null],
    goal: 'one',
  },
  wide('DCA', 'differenceInConditionalAcceptance', (a, d, divide) => minus(divide(a.y1, a.p1), divide(d.y1, d.p1))),
  wide('DCR', 'differenceInConditionalRejection', (a, d, divide) => minus(divide(d.y0, d.p0), divide(a.y0, a.p0))),
  define('RD', 'recallDifference', 'both', (a, d, divide) => divide(a.tp, a.y1) - divide(d.tp, d.y1)),
  define('SD', 'specificityDifference', 'both', (a, d, divide) => divide(d.tn, d.y0) - divide(a.tn, a.y0)),
  define('DAR', 'differenceInAcceptanceRates', 'both', (a, d, divide) => divide(a.tp, a.p1) - divide(d.tp, d.p1)),
  define('DRR', 'differenceInRejectionRates', 'both', (a, d, divide) => divide(d.tn, d.p0) - divide(a.tn, a.p0)),
  define('AD', 'accuracyDifference', 'both', (a, d, divide) => divide(a.tp + a.tn, a.n) - divide(d.tp + d.tn, d.n)),
  wide('TE', 'treatmentEquality', (a, d, divide) => minus(divide(d.fn, d.fp), divide(a.fn, a.fp))),
  {
    ...define('GE', 'generalizedEntropy', 'both', (a, d, divide) => {
      // Benefits prediction - label + 1 are 0 (FN), 1 (right) and 2 (FP); index with alpha 2.
      const n = a.n + d.n;
      const right = a.tn + a.tp + d.tn + d.tp;
      const twice = a.fp + d.fp;
      const mean = divide(right + 2 * twice, n);
      return (divide(divide(right + 4 * twice, n), mean * mean) - 1) / 2;
    }),
    range: [0, null],
  },
];

function define(
  code: string,
  metric: string,
  needs: FacetDefinition['needs'],
  of: (a: Facet, d: Facet, divide: Divide) => number,
): FacetDefinition {
  return { code, metric, needs, range: [-1, 1], goal: 'zero', of: figure(of) };
}

function wide(code: string, metric: string, of: (a: Facet, d: Facet, divide: Divide) => number): FacetDefinition {
  return { ...define(code, metric, 'both', of), range: [null, null] };
}

/** A distance between the label distributions of two facets: counts [advantaged levels..., disadvantaged levels...]. */
export type DistributionFigure = (counts: ArrayLike<number>, common: boolean) => number;

const distribution =
  (of: (a: readonly number[], d: readonly number[]) => number): DistributionFigure =>
  (counts, common) => {
    const size = counts.length / 2;
    let totalA = 0;
    let totalD = 0;
    for (let k = 0; k < size; k++) {
      totalA += counts[k]!;
      totalD += counts[size + k]!;
    }
    const a: number[] = [];
    const d: number[] = [];
    for (let k = 0; k < size; k++) {
      // Clarify leaves out levels that one facet lacks and does not scale the rest up again.
      if (common && (counts[k] === 0 || counts[size + k] === 0)) continue;
      a.push(counts[k]! / totalA);
      d.push(counts[size + k]! / totalD);
    }
    return of(a, d);
  };

function divergence(p: readonly number[], q: readonly number[]): number {
  let total = 0;
  for (let k = 0; k < p.length; k++) {
    if (p[k] === 0) continue;
    if (q[k] === 0) return Number.POSITIVE_INFINITY;
    total += p[k]! * log(p[k]! / q[k]!);
  }
  return total;
}

/** Distances between label distributions, natural logarithm. */
export const DISTRIBUTION_FIGURES: readonly {
  readonly code: string;
  readonly metric: string;
  readonly range: readonly [number | null, number | null];
  readonly of: DistributionFigure;
}[] = [
  { code: 'KL', metric: 'klDivergence', range: [0, null], of: distribution(divergence) },
  {
    code: 'JS',
    metric: 'jsDivergence',
    range: [0, Math.LN2],
    of: distribution((a, d) => {
      const middle = a.map((share, k) => (share + d[k]!) / 2);
      return (divergence(a, middle) + divergence(d, middle)) / 2;
    }),
  },
  {
    code: 'LP',
    metric: 'lpNorm',
    range: [0, Math.SQRT2],
    of: distribution((a, d) => Math.sqrt(a.reduce((total, share, k) => total + (share - d[k]!) * (share - d[k]!), 0))),
  },
  {
    code: 'TVD',
    metric: 'totalVariationDistance',
    range: [0, 1],
    of: distribution((a, d) => a.reduce((total, share, k) => total + Math.abs(share - d[k]!), 0) / 2),
  },
  {
    code: 'KS',
    metric: 'kolmogorovSmirnov',
    range: [0, 1],
    // Clarify takes the largest gap of the shares of single categories, not of cumulative ones.
    of: distribution((a, d) => a.reduce((most, share, k) => Math.max(most, Math.abs(share - d[k]!)), 0)),
  },
];

/**
 * Conditional demographic disparity from counts [stratum][facet a, d][outcome 0, 1]: over strata, weighted by their rows,
 * the disadvantaged share of the rejected minus that of the accepted; NaN when nobody, or everybody, is accepted.
 */
export function conditionalDemographicDisparity(counts: ArrayLike<number>): number {
  let accepted = 0;
  let rejected = 0;
  let total = 0;
  for (let from = 0; from < counts.length; from += 4) {
    const [a0, a1, d0, d1] = [counts[from]!, counts[from + 1]!, counts[from + 2]!, counts[from + 3]!];
    accepted += a1 + d1;
    rejected += a0 + d0;
    const ofRejected = a0 + d0 === 0 ? 0 : d0 / (a0 + d0);
    const ofAccepted = a1 + d1 === 0 ? 0 : d1 / (a1 + d1);
    total += (a0 + a1 + d0 + d1) * (ofRejected - ofAccepted);
  }
  return accepted === 0 || rejected === 0 ? Number.NaN : total / (accepted + rejected);
}
