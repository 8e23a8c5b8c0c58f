import { fUpperTail } from '../math/index.ts';
import { requireFinite, requireLength } from './internal-check.ts';
import { mean } from './mean.ts';

/** Result of {@link anovaF}. */
export interface AnovaResult {
  /** F statistic; null when no sample varies within itself. */
  readonly f: number | null;
  /** Degrees of freedom between and within samples. */
  readonly df: readonly [number, number];
  /** p-value; without variation within samples 1 when all means are equal, else 0. */
  readonly pValue: number;
}

/**
 * One-way analysis of variance: F test that several means are equal, given equal variances.
 *
 * @param samples - At least two samples of finite numbers, none empty, more values than samples.
 * @returns See {@link AnovaResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`.
 * @example
 * anovaF([[1, 2, 3], [2, 3, 4]]).f; // => 1.5
 */
export function anovaF(samples: readonly ArrayLike<number>[]): AnovaResult {
  requireLength('samples', samples.length, 2);
  let n = 0;
  let total = 0;
  for (let s = 0; s < samples.length; s++) {
    requireLength(`samples[${s}]`, samples[s]!.length, 1);
    requireFinite(`samples[${s}]`, samples[s]!);
    n += samples[s]!.length;
    total += mean(samples[s]!) * samples[s]!.length;
  }
  requireLength('samples (all values)', n, samples.length + 1);
  const grand = total / n;
  let between = 0;
  let within = 0;
  for (const sample of samples) {
    const centre = mean(sample);
    between += sample.length * (centre - grand) * (centre - grand);
    for (let i = 0; i < sample.length; i++) within += (sample[i]! - centre) * (sample[i]! - centre);
  }
  const d1 = samples.length - 1;
  const d2 = n - samples.length;
  if (within === 0) return { f: null, df: [d1, d2], pValue: between === 0 ? 1 : 0 };
  const f = between / d1 / (within / d2);
  return { f, df: [d1, d2], pValue: fUpperTail(f, d1, d2) };
}
