import { SynthproofError } from '../errors.ts';
import { chiSquareUpperTail } from '../math/chi-square-upper-tail.ts';
import { log } from '../math/log.ts';

/** How the shares of groups compare with a reference, and how even they are. Null: not defined (a reference share of 0). */
export interface ShareComparison {
  /** Sum of the counts. */
  readonly n: number;
  /** Share of each group, 0 to 1. */
  readonly share: readonly number[];
  /** Share over reference share; null where the reference is 0. */
  readonly ratio: readonly (number | null)[];
  /** Share minus reference share. */
  readonly difference: readonly number[];
  /** z-score of each group's count under the reference share; null where the reference is 0 or 1. */
  readonly z: readonly (number | null)[];
  /** Pearson's goodness-of-fit statistic against the reference. */
  readonly chiSquare: number | null;
  /** Its p-value, df = groups with a reference share minus 1. */
  readonly pValue: number | null;
  /** Kullback-Leibler divergence of the shares from the reference, nats. */
  readonly kullbackLeibler: number | null;
  /** Jensen-Shannon divergence, nats, 0 to ln 2. */
  readonly jensenShannon: number;
  /** Total variation distance, 0 to 1. */
  readonly totalVariation: number;
  /** Hellinger distance, 0 to 1. */
  readonly hellinger: number;
  /** Population stability index, nats; null where one share is 0 and the other is not. */
  readonly populationStability: number | null;
  /** Shannon entropy of the shares, nats. */
  readonly shannon: number;
  /** Shannon entropy over ln(number of groups), 0 to 1; null for one group. */
  readonly evenness: number | null;
  /** Simpson's 1 - D: chance that two draws differ. */
  readonly simpson: number;
  /** The same for two draws without replacement; null for n < 2. */
  readonly simpsonUnbiased: number | null;
  /** Inverse Simpson index: effective number of groups. */
  readonly effectiveGroups: number;
  /** Share of the largest group (Berger-Parker). */
  readonly largestShare: number;
  /** Largest over smallest count; null when a group is empty. */
  readonly imbalanceRatio: number | null;
}

/**
 * Shares of groups against reference shares: ratios, differences, goodness of fit, distances, diversity.
 *
 * Descriptive figures of one multinomial sample; {@link representation} adds intervals, suppression and names.
 *
 * @param counts - Rows per group, at least 0, with a positive sum.
 * @param reference - Reference shares or counts in the same order (normalised to sum 1).
 * @returns See {@link ShareComparison}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`; `EMPTY_INPUT` when a sum is 0; `BAD_VALUE` for a negative entry.
 * @example
 * shareComparison([30, 70], [0.5, 0.5]).totalVariation; // => 0.2
 */
export function shareComparison(counts: readonly number[], reference: readonly number[]): ShareComparison {
  if (counts.length !== reference.length)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `reference: expected ${counts.length} shares, received ${reference.length}`,
      {
        argument: 'reference',
      },
    );
  const n = total(counts, 'counts');
  const whole = total(reference, 'reference');
  const share = counts.map((count) => count / n);
  const target = reference.map((value) => value / whole);
  let chi = 0;
  let kl = 0;
  let js = 0;
  let variation = 0;
  let affinity = 0;
  let psi = 0;
  let shannon = 0;
  let squares = 0;
  let pairs = 0;
  let degrees = -1;
  let infinite = false;
  let unstable = false;
  for (let g = 0; g < share.length; g++) {
    const p = share[g]!;
    const r = target[g]!;
    const middle = (p + r) / 2;
    variation += Math.abs(p - r) / 2;
    affinity += Math.sqrt(p * r);
    squares += p * p;
    pairs += counts[g]! * (counts[g]! - 1);
    if (p > 0) {
      shannon -= p * log(p);
      js += (p * log(p / middle)) / 2;
    }
    if (r > 0) {
      js += (r * log(r / middle)) / 2;
      chi += ((counts[g]! - n * r) * (counts[g]! - n * r)) / (n * r);
      degrees++;
    }
    if (p > 0 && r > 0) {
      kl += p * log(p / r);
      psi += (p - r) * log(p / r);
    } else if (p > 0) infinite = true;
    if (p > 0 !== r > 0) unstable = true;
  }
  const least = Math.min(...counts);
  return {
    n,
    share,
    ratio: share.map((p, g) => (target[g] === 0 ? null : p / target[g]!)),
    difference: share.map((p, g) => p - target[g]!),
    z: share.map((p, g) => {
      const r = target[g]!;
      return r === 0 || r === 1 ? null : (p - r) / Math.sqrt((r * (1 - r)) / n);
    }),
    chiSquare: infinite ? null : chi,
    pValue: infinite ? null : degrees < 1 ? 1 : chiSquareUpperTail(chi, degrees),
    kullbackLeibler: infinite ? null : kl,
    jensenShannon: Math.max(0, js),
    totalVariation: variation,
    hellinger: Math.sqrt(Math.max(0, 1 - affinity)),
    populationStability: unstable ? null : psi,
    shannon,
    evenness: share.length < 2 ? null : shannon / log(share.length),
    simpson: 1 - squares,
    simpsonUnbiased: n < 2 ? null : 1 - pairs / (n * (n - 1)),
    effectiveGroups: 1 / squares,
    largestShare: Math.max(...share),
    imbalanceRatio: least === 0 ? null : Math.max(...counts) / least,
  };
}

function total(values: readonly number[], argument: string): number {
  let sum = 0;
  for (const value of values) {
    if (!(value >= 0 && value < Infinity))
      throw new SynthproofError('BAD_VALUE', `${argument}: expected finite values of at least 0, received ${value}`, {
        argument,
      });
    sum += value;
  }
  if (!(sum > 0))
    throw new SynthproofError('EMPTY_INPUT', `${argument}: expected a positive sum, received ${sum}`, { argument });
  return sum;
}
