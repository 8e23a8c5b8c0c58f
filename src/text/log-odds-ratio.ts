import { SynthproofError } from '../errors.ts';
import { log } from '../math/index.ts';

/** Result of {@link logOddsRatio}. */
export interface LogOddsRatio {
  /** Log-odds ratio per word with the prior: above 0 = more typical of A. */
  readonly delta: Float64Array;
  /** delta over its estimated standard error: beyond about 2 in size the difference is more than noise, one word at a time. */
  readonly z: Float64Array;
}

/**
 * Which words tell two corpora apart: the log-odds ratio of each word with an informative Dirichlet prior, and its z-score.
 * The prior pulls rare words to 0, so that they do not head the list by chance.
 *
 * delta = log((a + p) / (nA + p0 - a - p)) - log((b + p) / (nB + p0 - b - p)), variance 1 / (a + p) + 1 / (b + p), with p
 * the word's prior and p0 their sum. Many words are tested at once: adjust with {@link adjustPValues}.
 * Source: Monroe, Colaresi and Quinn 2008, Fightin' Words, equations 15 to 22.
 *
 * @param countsA - How often each word of the vocabulary occurs in corpus A.
 * @param countsB - The same for B, same order.
 * @param prior - Pseudo-counts per word, each above 0: for example word counts of a background corpus scaled to a sum
 * of 500 to 1000. One number stands for all words.
 * @returns See {@link LogOddsRatio}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `EMPTY_INPUT` for fewer than two words, `BAD_NUMBER` for counts
 * below 0 or priors not above 0.
 * @example
 * const { z } = logOddsRatio([30, 10], [10, 30], 1);
 * z[0] > 2 && z[1] < -2; // => true
 */
export function logOddsRatio(
  countsA: ArrayLike<number>,
  countsB: ArrayLike<number>,
  prior: number | ArrayLike<number>,
): LogOddsRatio {
  const n = countsA.length;
  if (n < 2)
    throw new SynthproofError('EMPTY_INPUT', `countsA: expected at least two words, received ${n}`, {
      argument: 'countsA',
    });
  const priors = typeof prior === 'number' ? new Float64Array(n).fill(prior) : Float64Array.from(prior);
  for (const [argument, list] of [
    ['countsB', countsB],
    ['prior', priors],
  ] as const)
    if (list.length !== n)
      throw new SynthproofError(
        'LENGTH_MISMATCH',
        `${argument}: expected ${n} entries as in countsA, received ${list.length}`,
        {
          argument,
        },
      );
  let totalA = 0;
  let totalB = 0;
  for (let i = 0; i < n; i++) {
    requireCount('countsA', i, countsA[i]!, countsA[i]! >= 0);
    requireCount('countsB', i, countsB[i]!, countsB[i]! >= 0);
    requireCount('prior', i, priors[i]!, priors[i]! > 0);
    totalA += countsA[i]! + priors[i]!;
    totalB += countsB[i]! + priors[i]!;
  }
  const delta = new Float64Array(n);
  const z = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const a = countsA[i]! + priors[i]!;
    const b = countsB[i]! + priors[i]!;
    delta[i] = log(a / (totalA - a)) - log(b / (totalB - b));
    z[i] = delta[i]! / Math.sqrt(1 / a + 1 / b);
  }
  return { delta, z };
}

function requireCount(argument: string, at: number, value: number, good: boolean): void {
  if (good && value < Number.POSITIVE_INFINITY) return;
  throw new SynthproofError(
    'BAD_NUMBER',
    `${argument}[${at}]: expected a finite number ${argument === 'prior' ? 'above 0' : 'from 0'}, received ${String(value)}`,
    { argument, row: at },
  );
}
