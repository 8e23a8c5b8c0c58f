import { chiSquareUpperTail } from '../math/index.ts';
import { requireLength } from './internal-check.ts';
import { midRanks } from './mid-ranks.ts';

/** Result of {@link kruskalWallis}. */
export interface KruskalWallisResult {
  /** Tie-corrected H; null when all values are equal. */
  readonly h: number | null;
  /** Number of samples minus 1. */
  readonly df: number;
  /** p-value of the chi-square approximation; 1 when all values are equal. */
  readonly pValue: number;
}

/**
 * Kruskal-Wallis rank test that several samples come from one distribution, tie-corrected.
 *
 * @param samples - At least two samples of finite numbers, none empty.
 * @returns See {@link KruskalWallisResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`.
 * @example
 * kruskalWallis([[1, 2], [3, 4], [5, 6]]).h; // => 4.571428571428571
 */
export function kruskalWallis(samples: readonly ArrayLike<number>[]): KruskalWallisResult {
  requireLength('samples', samples.length, 2);
  let n = 0;
  for (let s = 0; s < samples.length; s++) {
    requireLength(`samples[${s}]`, samples[s]!.length, 1);
    n += samples[s]!.length;
  }
  const pooled = new Float64Array(n);
  let at = 0;
  for (const sample of samples) for (let i = 0; i < sample.length; i++) pooled[at++] = sample[i]!;
  const ranks = midRanks(pooled);
  const centre = (n + 1) / 2;
  let between = 0;
  let all = 0;
  at = 0;
  for (const sample of samples) {
    let sum = 0;
    for (let i = 0; i < sample.length; i++) {
      const d = ranks[at++]! - centre;
      sum += d;
      all += d * d;
    }
    between += (sum * sum) / sample.length;
  }
  const df = samples.length - 1;
  if (all === 0) return { h: null, df, pValue: 1 };
  const h = ((n - 1) * between) / all;
  return { h, df, pValue: chiSquareUpperTail(h, df) };
}
