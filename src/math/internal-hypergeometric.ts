import { exp } from './exp.ts';
import { LOG_TWO_PI } from './internal-constants.ts';
import { deviance, stirlingError } from './internal-gamma.ts';
import { log } from './log.ts';
import { log1p } from './log1p.ts';

/** Natural logarithm of the binomial probability of k in n, p + q = 1 (Loader's saddle-point form). */
export function logBinomialTerm(k: number, n: number, p: number, q: number): number {
  if (n === 0) return 0;
  if (k === 0) return p < q ? n * log1p(-p) : n * log(q);
  if (k === n) return q < p ? n * log1p(-q) : n * log(p);
  const rest = n - k;
  return (
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(rest) -
    deviance(k, n * p, k - n * p) -
    deviance(rest, n * q, rest - n * q) +
    0.5 * (log(n) - log(k) - log(rest) - LOG_TWO_PI)
  );
}

/** log P(X = k): k marked among n drawn without replacement from a population with marked of size many. */
export function logHypergeometricTerm(k: number, population: number, marked: number, drawn: number): number {
  const p = drawn / population;
  const q = (population - drawn) / population;
  return (
    logBinomialTerm(k, marked, p, q) +
    logBinomialTerm(drawn - k, population - marked, p, q) -
    logBinomialTerm(drawn, population, p, q)
  );
}

/** log P(X >= k) for k above the mode, by the ratio of neighbouring terms; all arguments whole. */
export function logUpperSum(k: number, population: number, marked: number, drawn: number): number {
  let term = 1;
  let total = 1;
  for (let i = k; i < marked && i < drawn; i++) {
    term *= ((marked - i) / (i + 1)) * ((drawn - i) / (population - marked - drawn + i + 1));
    total += term;
    if (term < 1e-17 * total) break;
  }
  return logHypergeometricTerm(k, population, marked, drawn) + log(total);
}

/** P(X >= k) or its logarithm; NaN outside the range. */
export function hypergeometricUpper(
  k: number,
  population: number,
  marked: number,
  drawn: number,
  asLog: boolean,
): number {
  const whole = Math.floor(population) === population && Math.floor(marked) === marked && Math.floor(drawn) === drawn;
  if (!(whole && !Number.isNaN(k) && marked >= 0 && drawn >= 0 && marked <= population && drawn <= population))
    return NaN;
  const least = Math.ceil(k);
  if (least <= Math.max(0, drawn + marked - population)) return asLog ? 0 : 1;
  if (least > Math.min(marked, drawn)) return asLog ? -Infinity : 0;
  const mean = (marked / population) * drawn;
  if (least > mean) {
    const upper = logUpperSum(least, population, marked, drawn);
    return asLog ? Math.min(0, upper) : Math.min(1, exp(upper));
  }
  // P(X <= least - 1): the drawn that are unmarked number at least drawn - least + 1.
  const lower = logUpperSum(drawn - least + 1, population, population - marked, drawn);
  const value = 1 - exp(lower);
  return asLog ? log(value) : value;
}
