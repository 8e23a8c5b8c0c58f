import { betaTail, logBetaTail } from './internal-beta-tail.ts';

function isBinomial(k: number, n: number, p: number): boolean {
  return !Number.isNaN(k) && n >= 0 && n < Infinity && Math.floor(n) === n && p >= 0 && p <= 1;
}

/** P(X >= k) as a probability (`asLog` false) or its natural logarithm. */
export function binomialUpper(k: number, n: number, p: number, q: number, asLog: boolean): number {
  if (!isBinomial(k, n, p)) return NaN;
  const least = Math.ceil(k);
  if (least <= 0) return asLog ? 0 : 1;
  if (least > n || p === 0) return asLog ? -Infinity : 0;
  return (asLog ? logBetaTail : betaTail)(p, q, least, n - least + 1, false);
}

/** P(X <= k) as a probability (`asLog` false) or its natural logarithm. */
export function binomialLower(k: number, n: number, p: number, q: number, asLog: boolean): number {
  if (!isBinomial(k, n, p)) return NaN;
  const most = Math.floor(k);
  if (most >= n) return asLog ? 0 : 1;
  if (most < 0 || q === 0) return asLog ? -Infinity : 0;
  return (asLog ? logBetaTail : betaTail)(p, q, most + 1, n - most, true);
}
