/**
 * Score statistic of p1 - p2 = d (Miettinen and Nurminen 1985): the observed difference minus d over its standard error
 * at the maximum-likelihood proportions under that restriction, found by bisection on the likelihood equation.
 */
export function differenceScore(x1: number, n1: number, x2: number, n2: number, d: number): number {
  const low = Math.max(0, -d);
  const high = Math.min(1, 1 - d);
  const p2 = peak(low, high, (p) => slope(x2, n2, p) + slope(x1, n1, p + d));
  const p1 = Math.min(1, Math.max(0, p2 + d));
  const variance = ((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2) * ((n1 + n2) / (n1 + n2 - 1));
  return standardise(x1 / n1 - x2 / n2 - d, variance);
}

/** Score statistic of p1 / p2 = r. */
export function ratioScore(x1: number, n1: number, x2: number, n2: number, r: number): number {
  const p2 = peak(0, Math.min(1, 1 / r), (p) => slope(x2, n2, p) + r * slope(x1, n1, p * r));
  const p1 = Math.min(1, p2 * r);
  const variance = ((p1 * (1 - p1)) / n1 + (r * r * p2 * (1 - p2)) / n2) * ((n1 + n2) / (n1 + n2 - 1));
  return standardise(x1 / n1 - (x2 / n2) * r, variance);
}

/** Score statistic of odds ratio o. */
export function oddsRatioScore(x1: number, n1: number, x2: number, n2: number, o: number): number {
  const of = (p: number): number => (o * p) / (1 + p * (o - 1));
  const p2 = peak(0, 1, (p) => x1 + x2 - n2 * p - n1 * of(p));
  const p1 = of(p2);
  const v1 = n1 * p1 * (1 - p1);
  const v2 = n2 * p2 * (1 - p2);
  // The difference of the standardised residuals is (x1 - n1 p1) times this; its variance is this times N / (N - 1).
  const spread = 1 / v1 + 1 / v2;
  return v1 > 0 && v2 > 0 ? (x1 - n1 * p1) * Math.sqrt(spread * ((n1 + n2 - 1) / (n1 + n2))) : 0;
}

function standardise(difference: number, variance: number): number {
  if (variance > 0) return difference / Math.sqrt(variance);
  return difference === 0 ? 0 : difference > 0 ? 1e300 : -1e300;
}

/** Slope of the binomial log-likelihood x log p + (n - x) log(1 - p). */
function slope(x: number, n: number, p: number): number {
  const up = x === 0 ? 0 : x / p;
  const down = n === x ? 0 : (n - x) / (1 - p);
  return up - down;
}

/** Where a falling slope crosses 0. */
function peak(low: number, high: number, slopeAt: (p: number) => number): number {
  let a = low;
  let b = high;
  for (let i = 0; i < 200; i++) {
    const middle = 0.5 * (a + b);
    if (middle <= a || middle >= b) break;
    if (slopeAt(middle) > 0) a = middle;
    else b = middle;
  }
  return 0.5 * (a + b);
}
