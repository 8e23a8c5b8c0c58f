import { exp } from '../math/exp.ts';
import { logGamma } from '../math/log-gamma.ts';
import { uniform } from '../random/uniform.ts';
import type { Rng } from '../types.ts';

/** Largest total for which a table of log-factorials pays. */
const TABLE_LIMIT = 100_000;

/** ln 0!, ln 1!, ..., ln total!; null when the table would be too long and each value is computed on its own. */
export function logFactorials(total: number): Float64Array | null {
  if (!(total <= TABLE_LIMIT)) return null;
  const table = new Float64Array(total + 1);
  for (let k = 2; k <= total; k++) table[k] = logGamma(k + 1);
  return table;
}

function logChoose(n: number, k: number, table: Float64Array | null): number {
  if (table !== null) return table[n]! - table[k]! - table[n - k]!;
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** Log-probability of k marked among `draws` drawn without replacement from `total` of which `marked` are marked. */
export function logHypergeometric(
  k: number,
  total: number,
  marked: number,
  draws: number,
  table: Float64Array | null = null,
): number {
  return logChoose(marked, k, table) + logChoose(total - marked, draws - k, table) - logChoose(total, draws, table);
}

/**
 * Number of marked items among `draws` drawn without replacement from `total` of which `marked` are marked.
 * Inversion outward from the mode: one uniform, about as many steps as the standard deviation.
 */
export function hypergeometric(
  rng: Rng,
  total: number,
  marked: number,
  draws: number,
  table: Float64Array | null = null,
): number {
  const low = Math.max(0, draws - (total - marked));
  const high = Math.min(draws, marked);
  if (low === high) return low;
  const mode = Math.min(high, Math.max(low, Math.floor(((draws + 1) * (marked + 1)) / (total + 2))));
  let left = mode;
  let right = mode;
  let pLeft = exp(logHypergeometric(mode, total, marked, draws, table));
  let pRight = pLeft;
  let u = uniform(rng) - pLeft;
  while (u > 0) {
    let moved = false;
    if (right < high) {
      pRight *= ((marked - right) * (draws - right)) / ((right + 1) * (total - marked - draws + right + 1));
      right++;
      u -= pRight;
      if (u <= 0) return right;
      moved = true;
    }
    if (left > low) {
      pLeft *= (left * (total - marked - draws + left)) / ((marked - left + 1) * (draws - left + 1));
      left--;
      u -= pLeft;
      if (u <= 0) return left;
      moved = true;
    }
    // What is left is rounding of the probabilities (about 1e-12): the mode is the fair answer.
    if (!moved || (pLeft < 1e-300 && pRight < 1e-300)) return mode;
  }
  return mode;
}

/**
 * Fills `out` with a random split of `marked` items over groups of the given sizes (multivariate hypergeometric):
 * what shuffling the rows of the groups would give, without touching rows.
 */
export function fillShuffledCounts(
  out: Float64Array,
  sizes: Float64Array,
  marked: number,
  rng: Rng,
  table: Float64Array | null = null,
): void {
  let total = 0;
  for (let g = 0; g < sizes.length; g++) total += sizes[g]!;
  let rest = marked;
  for (let g = 0; g < sizes.length; g++) {
    const size = sizes[g]!;
    const k = rest === 0 ? 0 : size === total ? rest : hypergeometric(rng, total, rest, size, table);
    out[g] = k;
    rest -= k;
    total -= size;
  }
}
