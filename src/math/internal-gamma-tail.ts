import { exp } from './exp.ts';
import { expm1 } from './expm1.ts';
import { LOG_TWO_PI } from './internal-constants.ts';
import { deviance, logGammaOnePlus, stirlingError } from './internal-gamma.ts';
import { log } from './log.ts';
import { log1p } from './log1p.ts';

/** log of x^a e^-x / Gamma(a + 1), by Loader's saddle-point form. */
function logPoissonTerm(x: number, a: number): number {
  return -stirlingError(a) - deviance(a, x, a - x) - 0.5 * (log(a) + LOG_TWO_PI);
}

/** The sum of x^n / ((a + 1) ... (a + n)), n = 0, 1, ...: lower tail = this * x^a e^-x / Gamma(a + 1) (DLMF 8.11.4). */
function lowerSeries(x: number, a: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 10000000; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < 1e-17 * sum) break;
  }
  return sum;
}

/** Continued fraction for the upper tail (DLMF 8.9.2, modified Lentz): upper tail = this * x^a e^-x / Gamma(a). */
function upperFraction(x: number, a: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10000000; i++) {
    const term = -i * (i - a);
    b += 2;
    d = term * d + b;
    if (Math.abs(d) < 1e-300) d = 1e-300;
    c = b + term / c;
    if (Math.abs(c) < 1e-300) c = 1e-300;
    d = 1 / d;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 2.3e-16) break;
  }
  return h;
}

/** Upper tail for a <= 1 and x <= 1.5 or so, where 1 - lower would cancel. */
function smallShapeUpper(x: number, a: number): number {
  const logRatio = a * log(x) - logGammaOnePlus(a);
  let term = 1;
  let sum = 0;
  for (let n = 1; n < 200; n++) {
    term *= -x / n;
    const part = term / (a + n);
    sum += part;
    if (Math.abs(part) < 1e-18 * Math.abs(sum)) break;
  }
  return -expm1(logRatio) - exp(logRatio) * a * sum;
}

/** Which tail was computed directly, and its logarithm. */
export interface GammaTails {
  /** True when `logTail` belongs to the lower tail. */
  readonly lower: boolean;
  /** Natural logarithm of that tail. */
  readonly logTail: number;
}

/** Computes directly the tail that is not close to 1; 0 < x < Infinity, a > 0. */
export function gammaTails(a: number, x: number): GammaTails {
  if (a <= 1 && x <= 1.5) {
    const upper = smallShapeUpper(x, a);
    if (upper < 0.7) return { lower: false, logTail: log(upper) };
  }
  const term = logPoissonTerm(x, a);
  if (x <= a + 0.3) return { lower: true, logTail: term + log(lowerSeries(x, a)) };
  if (x > a + 1 || x > 1.4) return { lower: false, logTail: term + log(a) + log(upperFraction(x, a)) };
  return { lower: true, logTail: term + log(lowerSeries(x, a)) };
}

/** One tail of the gamma distribution with shape a at x, or its logarithm; NaN outside the range. */
export function gammaTail(a: number, x: number, upper: boolean, asLog: boolean): number {
  if (!(a > 0 && a < Infinity && x >= 0)) return NaN;
  if (x === 0 || x === Infinity) {
    const one = (x === 0) === upper;
    return one ? (asLog ? 0 : 1) : asLog ? -Infinity : 0;
  }
  const { lower, logTail } = gammaTails(a, x);
  const bounded = Math.min(0, logTail);
  if (lower !== upper) return asLog ? bounded : exp(bounded);
  return asLog ? log1p(-exp(bounded)) : -expm1(bounded);
}
