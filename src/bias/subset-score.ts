import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';

/** Options of {@link subsetScore}. */
export interface SubsetScoreOptions {
  /** `positive`: more cases than expected; `negative`: fewer. */
  readonly direction: 'positive' | 'negative';
  /** Rows behind each expected probability. Default 1 each. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** Result of {@link subsetScore}. */
export interface SubsetScore {
  /** Log-likelihood ratio of the best odds factor against 1, nats, >= 0. */
  readonly score: number;
  /** The best odds factor: above 1 for `positive`, below 1 for `negative`, 1 when the subset does not deviate that way. */
  readonly oddsFactor: number;
}

/** log of the normaliser of one row: 1 - p + q p. */
export function logLikelihoodTerm(p: number, q: number): number {
  return log(1 - p + q * p);
}

/** Largest |ln q| that is sought: a subset without cases (or with nothing else) has its optimum at infinity. */
const MOST = 700;

/**
 * Bias scan score of a subset: how much likelier its outcomes are when every row's odds are multiplied by one factor q
 * than as expected: max over q of cases ln q - sum ln(1 - p + q p).
 *
 * Source: Zhang & Neill 2017, section 3.2 (Bernoulli).
 *
 * @param cases - Rows of the subset with the outcome.
 * @param expected - Expected probabilities of its rows, each between 0 and 1.
 * @param options - See {@link SubsetScoreOptions}.
 * @returns See {@link SubsetScore}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`, `LENGTH_MISMATCH`.
 * @example
 * const { oddsFactor } = subsetScore(3, [0.5, 0.5, 0.5, 0.5], { direction: 'positive' });
 * Math.round(oddsFactor * 1e6) / 1e6; // => 3
 * subsetScore(1, [0.5, 0.5], { direction: 'positive' }).score; // => 0
 */
export function subsetScore(cases: number, expected: ArrayLike<number>, options: SubsetScoreOptions): SubsetScore {
  const { direction, weights } = options;
  if (direction !== 'positive' && direction !== 'negative')
    throw new SynthproofError('OUT_OF_RANGE', `direction: expected positive or negative, received ${direction}`, {
      argument: 'direction',
    });
  if (weights && weights.length !== expected.length)
    throw new SynthproofError('LENGTH_MISMATCH', `weights: expected ${expected.length}, received ${weights.length}`, {
      argument: 'weights',
    });
  let rows = 0;
  for (let i = 0; i < expected.length; i++) {
    if (!(expected[i]! > 0 && expected[i]! < 1))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `expected[${i}]: expected a probability between 0 and 1, received ${expected[i]}`,
        { argument: 'expected', row: i },
      );
    rows += weights ? weights[i]! : 1;
  }
  if (!(cases >= 0 && cases <= rows))
    throw new SynthproofError('OUT_OF_RANGE', `cases: expected 0 to ${rows}, received ${cases}`, { argument: 'cases' });
  /** Cases minus what odds factor q makes of the expectation: falls in q, 0 at the best one. */
  const excess = (q: number): number => {
    let total = cases;
    for (let i = 0; i < expected.length; i++) {
      const p = expected[i]!;
      total -= ((weights ? weights[i]! : 1) * q * p) / (1 - p + q * p);
    }
    return total;
  };
  const start = excess(1);
  if (direction === 'positive' ? start <= 0 : start >= 0) return { score: 0, oddsFactor: 1 };
  let low = direction === 'positive' ? 0 : -MOST;
  let high = direction === 'positive' ? MOST : 0;
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (excess(exp(middle)) > 0) low = middle;
    else high = middle;
  }
  const logQ = (low + high) / 2;
  const q = exp(logQ);
  let score = cases * logQ;
  for (let i = 0; i < expected.length; i++) score -= (weights ? weights[i]! : 1) * logLikelihoodTerm(expected[i]!, q);
  return { score: Math.max(0, score), oddsFactor: q };
}
