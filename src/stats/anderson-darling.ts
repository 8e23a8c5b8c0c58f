import { requireFinite, requireLength } from './internal-check.ts';
import { sortedCopy } from './internal-order.ts';

/**
 * k-sample Anderson-Darling statistic, mid-rank form, standardised: about 0 with spread 1 when all samples come from
 * one distribution, larger when they do not.
 *
 * Source: Scholz and Stephens 1987, A^2_akN with the exact variance. Right under ties.
 *
 * @param samples - At least two samples of finite numbers, none empty.
 * @returns The standardised statistic; null when all values are equal or fewer than four values are given.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`.
 * @example
 * andersonDarling([[1, 1], [1, 1]]); // => null
 */
export function andersonDarling(samples: readonly ArrayLike<number>[]): number | null {
  requireLength('samples', samples.length, 2);
  const k = samples.length;
  const sorted = samples.map((sample, s) => {
    requireLength(`samples[${s}]`, sample.length, 1);
    requireFinite(`samples[${s}]`, sample);
    return sortedCopy(sample);
  });
  const n = sorted.reduce((sum, sample) => sum + sample.length, 0);
  const pooled = new Float64Array(n);
  let at = 0;
  for (const sample of sorted) {
    pooled.set(sample, at);
    at += sample.length;
  }
  pooled.sort();
  if (n < 4 || pooled[0] === pooled[n - 1]) return null;
  let statistic = 0;
  for (const sample of sorted) statistic += sampleTerm(sample, pooled);
  statistic *= (n - 1) / n;
  return (statistic - (k - 1)) / Math.sqrt(varianceOf(sorted, n));
}

function sampleTerm(sample: Float64Array, pooled: Float64Array): number {
  const n = pooled.length;
  const size = sample.length;
  let inner = 0;
  let below = 0;
  for (let i = 0; i < n; ) {
    const value = pooled[i]!;
    let j = i;
    while (j < n && pooled[j] === value) j++;
    let next = below;
    while (next < size && sample[next] === value) next++;
    const ties = j - i;
    const ofSample = next - below;
    const b = i + ties / 2;
    const m = below + ofSample / 2;
    const d = n * m - b * size;
    inner += ((ties / n) * d * d) / (b * (n - b) - (n * ties) / 4);
    i = j;
    below = next;
  }
  return inner / size;
}

function varianceOf(samples: readonly Float64Array[], n: number): number {
  const k = samples.length;
  let inverse = 0;
  for (const sample of samples) inverse += 1 / sample.length;
  let h = 0;
  for (let i = 1; i < n; i++) h += 1 / i;
  let g = 0;
  let partial = 0;
  // sum over i < j < n of 1 / ((n - i) j), inner sums built up from the far end.
  for (let j = n - 1; j >= 2; j--) {
    partial += 1 / j;
    g += partial / (n - j + 1);
  }
  const a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverse;
  const b = (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverse + 4 * h;
  const d = (2 * h + 6) * k * k - 4 * h * k;
  return (a * n * n * n + b * n * n + c * n + d) / ((n - 1) * (n - 2) * (n - 3));
}
