import { exp } from './exp.ts';
import { LOG_TWO_PI } from './internal-constants.ts';
import { deviance, stirlingError } from './internal-gamma.ts';
import { log } from './log.ts';
import { log1p } from './log1p.ts';

/** log of x^a y^b / B(a, b), y = 1 - x, by Loader's saddle-point form: no cancellation of log-gammas. */
export function logBetaPrefactor(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  // a - n x = n y - b: take the product that is small, and carry its rounding error.
  const small = Math.min(x, y);
  const product = n * small;
  const difference =
    y < x ? product - b + productError(n, small, product) : a - product - productError(n, small, product);
  return (
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, n * x, difference) -
    deviance(b, n * y, -difference) +
    0.5 * (log(a) + log(b) - log(n) - LOG_TWO_PI)
  );
}

/** The rounding error of the product p = a * b (Dekker); 0 where it would overflow. */
export function productError(a: number, b: number, p: number): number {
  if (!(Math.abs(a) < 1e150 && Math.abs(b) < 1e150 && Math.abs(p) > 1e-280)) return 0;
  const sa = a * 134217729;
  const ah = sa - (sa - a);
  const al = a - ah;
  const sb = b * 134217729;
  const bh = sb - (sb - b);
  const bl = b - bh;
  return ah * bh - p + ah * bl + al * bh + al * bl;
}

/**
 * The continued fraction of the incomplete beta function (DLMF 8.17.22) by the modified Lentz method, for
 * x <= (a + 1) / (a + b + 2): I_x(a, b) = prefactor / a * this.
 */
function betaFraction(x: number, a: number, b: number): number {
  const n = a + b;
  let c = 1;
  let d = 1 - (n * x) / (a + 1);
  if (Math.abs(d) < 1e-300) d = 1e-300;
  d = 1 / d;
  let h = d;
  for (let m = 1; m < 1000000; m++) {
    const m2 = 2 * m;
    let term = (m * (b - m) * x) / ((a + m2 - 1) * (a + m2));
    d = 1 + term * d;
    if (Math.abs(d) < 1e-300) d = 1e-300;
    c = 1 + term / c;
    if (Math.abs(c) < 1e-300) c = 1e-300;
    d = 1 / d;
    h *= d * c;
    term = (-(a + m) * (n + m) * x) / ((a + m2) * (a + m2 + 1));
    d = 1 + term * d;
    if (Math.abs(d) < 1e-300) d = 1e-300;
    c = 1 + term / c;
    if (Math.abs(c) < 1e-300) c = 1e-300;
    d = 1 / d;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 2.3e-16) break;
  }
  return h;
}

/** I_x(a, b) by its power series (DLMF 8.17.7), as log; for b x small or b <= 1, where all terms have one sign. */
function logBetaSeries(x: number, y: number, a: number, b: number): number {
  let term = 1;
  let sum = 1 / a;
  for (let n = 1; n < 100000; n++) {
    term *= ((n - b) / n) * x;
    const part = term / (a + n);
    sum += part;
    if (Math.abs(part) <= 1e-17 * sum) break;
  }
  return logBetaPrefactor(x, y, a, b) - b * (y < 0.5 ? log(y) : log1p(-x)) + log(sum);
}

/** How the lower tail is to be had: as its own logarithm, or as the logarithm of the upper tail. */
export interface BetaTails {
  /** True when `logTail` is log I_x(a, b), false when it is log(1 - I_x(a, b)). */
  readonly lower: boolean;
  /** Natural logarithm of the tail that was computed directly. */
  readonly logTail: number;
}

/** Computes directly the tail that is not close to 1. */
export function betaTails(x: number, y: number, a: number, b: number): BetaTails {
  if (x <= 0) return { lower: true, logTail: -Infinity };
  if (y <= 0) return { lower: false, logTail: -Infinity };
  if (b <= 1 && x <= 0.7) return { lower: true, logTail: logBetaSeries(x, y, a, b) };
  if (a <= 1 && y <= 0.7) return { lower: false, logTail: logBetaSeries(y, x, b, a) };
  const prefactor = logBetaPrefactor(x, y, a, b);
  if (x <= (a + 1) / (a + b + 2)) return { lower: true, logTail: prefactor - log(a) + log(betaFraction(x, a, b)) };
  return { lower: false, logTail: prefactor - log(b) + log(betaFraction(y, b, a)) };
}

/** log(1 - exp(t)) for t <= 0. */
export function logComplement(t: number): number {
  if (t >= 0) return -Infinity;
  return log1p(-exp(t));
}
