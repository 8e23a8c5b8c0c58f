import { chiSquareCdfUpper } from './support-tail.ts';

/** Upper tail of Pearson's chi-square; cells with fewer than 5 expected are pooled into one. */
export function chiSquareP(observed: ArrayLike<number>, probabilities: ArrayLike<number>, n: number): number {
  let statistic = 0;
  let cells = 0;
  let pooledObserved = 0;
  let pooledExpected = 0;
  let seen = 0;
  let mass = 0;
  for (let i = 0; i < observed.length; i++) {
    const expected = probabilities[i]! * n;
    seen += observed[i]!;
    mass += probabilities[i]!;
    if (expected < 5) {
      pooledObserved += observed[i]!;
      pooledExpected += expected;
      continue;
    }
    statistic += (observed[i]! - expected) ** 2 / expected;
    cells++;
  }
  pooledObserved += n - seen;
  pooledExpected += n * (1 - mass);
  if (pooledExpected > 1) {
    statistic += (pooledObserved - pooledExpected) ** 2 / pooledExpected;
    cells++;
  }
  return chiSquareCdfUpper(statistic, cells - 1);
}

/** Asymptotic Kolmogorov-Smirnov p of a sample against a continuous distribution function. */
export function ksP(sample: Float64Array, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  let d = 0;
  for (let i = 0; i < n; i++) {
    const f = cdf(sorted[i]!);
    d = Math.max(d, f - i / n, (i + 1) / n - f);
  }
  const t = Math.sqrt(n) * d;
  let p = 0;
  for (let k = 1; k < 100; k++) p += 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * t * t);
  return Math.min(1, Math.max(0, p));
}
