import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import { normalCdf } from '../math/normal-cdf.ts';
import { requireFinite, requireSameLength } from './internal-check.ts';
import { bestCorrelation, thresholds } from './internal-latent.ts';
import { mean } from './mean.ts';
import { pearson } from './pearson.ts';
import { standardDeviation } from './standard-deviation.ts';

/** Options of {@link polyserial}. */
export interface PolyserialOptions {
  /**
   * `likelihood` (default): the correlation of largest likelihood under the margins' thresholds, looked for between
   * -0.9999 and 0.9999 to about 1e-8. `moments`: Pearson's correlation with the category numbers, times their deviation,
   * over the sum of the normal density at the thresholds; at once, kept within [-1, 1].
   */
  readonly method?: 'likelihood' | 'moments' | undefined;
}

/**
 * Polyserial correlation: the correlation between a normal variable and the one that is thought to stand behind ordered
 * categories.
 *
 * Two steps (Olsson, Drasgow and Dorans 1982, sections 2 and 4): mean, deviation and thresholds from the margins, then the
 * correlation.
 *
 * @param x - Finite numbers.
 * @param levels - Categories as numbers, aligned with x; only their order counts.
 * @param options - See {@link PolyserialOptions}.
 * @returns A correlation; null when x is constant or fewer than two categories occur.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER` for NaN or infinities, `BAD_OPTION` for an unknown
 * method.
 * @example
 * polyserial([1, 2, 3, 4, 5, 6], [0, 0, 1, 0, 1, 1]) > 0.8; // => true
 * polyserial([1, 1, 1], [0, 1, 1]); // => null
 */
export function polyserial(
  x: ArrayLike<number>,
  levels: ArrayLike<number>,
  options: PolyserialOptions = {},
): number | null {
  const { method = 'likelihood' } = options;
  if (method !== 'likelihood' && method !== 'moments') {
    throw new SynthproofError('BAD_OPTION', `method: expected likelihood or moments, received ${String(method)}`, {
      argument: 'method',
    });
  }
  requireSameLength('levels', levels.length, x.length);
  requireFinite('x', x);
  requireFinite('levels', levels);
  const n = x.length;
  const distinct = Float64Array.from(new Set(Array.from(levels, (level) => level + 0))).sort();
  const deviation = standardDeviation(x);
  if (distinct.length < 2 || !(deviation > 0)) return null;
  const place = new Map<number, number>();
  for (let k = 0; k < distinct.length; k++) place.set(distinct[k]!, k);
  const counts = new Float64Array(distinct.length);
  const codes = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const code = place.get(levels[i]! + 0)!;
    codes[i] = code;
    counts[code] = counts[code]! + 1;
  }
  const limits = thresholds(counts);
  if (method === 'moments') {
    let densities = 0;
    // 1 / sqrt(2 pi) in front.
    for (let k = 1; k < distinct.length; k++) densities += 0.3989422804014327 * exp(-0.5 * limits[k]! * limits[k]!);
    const r = pearson(x, codes);
    if (r === null) return null;
    const spread = Math.sqrt((n - 1) / n) * standardDeviation(codes);
    return Math.min(1, Math.max(-1, (spread * r) / densities));
  }
  const centre = mean(x);
  const z = Float64Array.from(x, (value) => (value - centre) / deviation);
  return bestCorrelation((r) => {
    const spread = Math.sqrt((1 - r) * (1 + r));
    let total = 0;
    for (let i = 0; i < n; i++) {
      const low = (limits[codes[i]!]! - r * z[i]!) / spread;
      const high = (limits[codes[i]! + 1]! - r * z[i]!) / spread;
      // In the lower tail, where the difference of two small probabilities keeps its digits.
      const p = low > 0 ? normalCdf(-low) - normalCdf(-high) : normalCdf(high) - normalCdf(low);
      total += log(Math.max(p, 1e-300));
    }
    return total;
  });
}
