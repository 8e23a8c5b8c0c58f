import { exp, logHypergeometricProbability, logHypergeometricUpperTail } from '../math/index.ts';
import { requireTwoByTwo } from './internal-two-by-two.ts';

/** Result of {@link fisherExact}. */
export interface FisherExactResult {
  /** Sample odds ratio a d / (b c); null when it is 0 / 0 or infinite. */
  readonly oddsRatio: number | null;
  /** Two-sided p-value: the total probability of tables that are no more probable than the observed one. */
  readonly twoSided: number;
  /** P(first cell <= a). */
  readonly less: number;
  /** P(first cell >= a). */
  readonly greater: number;
}

/**
 * Fisher's exact test on a 2 by 2 table of counts, given its margins.
 *
 * @param table - Two rows of two whole counts.
 * @returns See {@link FisherExactResult}.
 * @throws {@link SynthproofError} `BAD_VALUE` when the table is not 2 by 2 or holds other than whole counts.
 * @example
 * fisherExact([[3, 1], [1, 3]]).twoSided; // => 0.4857142857142857
 */
export function fisherExact(table: readonly ArrayLike<number>[]): FisherExactResult {
  const [a, b, c, d] = requireTwoByTwo(table);
  const population = a + b + c + d;
  const marked = a + b;
  const drawn = a + c;
  const oddsRatio = b * c > 0 ? (a / b) * (d / c) : null;
  const least = Math.max(0, drawn + marked - population);
  const most = Math.min(marked, drawn);
  if (least === most) return { oddsRatio, twoSided: 1, less: 1, greater: 1 };
  const greater = exp(logHypergeometricUpperTail(a, population, marked, drawn));
  // The first cell is at most a when the cell beside it is at least b.
  const less = exp(logHypergeometricUpperTail(c, population, population - marked, drawn));
  // Probabilities that differ by rounding only count as equal.
  const limit = logHypergeometricProbability(a, population, marked, drawn) + 1e-9;
  const mode = Math.floor(((marked + 1) * (drawn + 1)) / (population + 2));
  let twoSided: number;
  if (logHypergeometricProbability(mode, population, marked, drawn) <= limit) twoSided = 1;
  else if (a > mode) twoSided = greater + lowerSide(least, mode, limit, population, marked, drawn);
  else twoSided = less + upperSide(mode, most, limit, population, marked, drawn);
  return { oddsRatio, twoSided: Math.min(1, twoSided), less: Math.min(1, less), greater: Math.min(1, greater) };
}

/** P(X <= k) for the largest k below the mode whose probability is within the limit. */
function lowerSide(
  least: number,
  mode: number,
  limit: number,
  population: number,
  marked: number,
  drawn: number,
): number {
  let low = least - 1;
  let high = mode;
  while (high - low > 1) {
    const k = Math.floor((low + high) / 2);
    if (logHypergeometricProbability(k, population, marked, drawn) <= limit) low = k;
    else high = k;
  }
  if (low < least) return 0;
  return exp(logHypergeometricUpperTail(drawn - low, population, population - marked, drawn));
}

/** P(X >= k) for the smallest k above the mode whose probability is within the limit. */
function upperSide(
  mode: number,
  most: number,
  limit: number,
  population: number,
  marked: number,
  drawn: number,
): number {
  let low = mode;
  let high = most + 1;
  while (high - low > 1) {
    const k = Math.floor((low + high) / 2);
    if (logHypergeometricProbability(k, population, marked, drawn) <= limit) high = k;
    else low = k;
  }
  if (high > most) return 0;
  return exp(logHypergeometricUpperTail(high, population, marked, drawn));
}
