import { exp } from '../../math/exp.ts';
import { log } from '../../math/log.ts';
import { createRng, fillShuffled } from '../../random/index.ts';
import { COUNT, freshMoments, SQUARES, takeScore } from './internal-moments.ts';

const MOST_LOST = 0.75;
const HALVINGS = 32;

/**
 * Interval of the mean of a fixed sample of scores in [0, 1] that holds at every sample size, by betting with a size
 * fitted to n; error alpha / 2 on each side. The order is drawn anew, so that sorted samples do no harm.
 * Source: Waudby-Smith and Ramdas 2024, section 4.3 (bets for a fixed n).
 */
export function referenceInterval(scores: Float64Array, alpha: number, seed: string): readonly [number, number] {
  const n = scores.length;
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  fillShuffled(order, createRng(seed).stream('monitor-reference/1'));
  const limit = log(2 / alpha);
  const values = Float64Array.from(order, (i) => scores[i]!);
  const bets = new Float64Array(n);
  const moments = freshMoments();
  for (let i = 0; i < n; i++) {
    bets[i] = Math.sqrt((2 * limit * (moments[COUNT]! + 1)) / (n * moments[SQUARES]!));
    takeScore(moments, values[i]!);
  }
  const lower = largestRefuted(values, bets, limit);
  for (let i = 0; i < n; i++) values[i] = 1 - values[i]!;
  return [lower, 1 - largestRefuted(values, bets, limit)];
}

/** The capital of bets on a mean above m falls with m: the largest refuted m is found by halving, rounded to the safe side. */
function largestRefuted(values: Float64Array, bets: Float64Array, limit: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (refutes(values, bets, middle, limit)) low = middle;
    else high = middle;
  }
  return low;
}

function refutes(values: Float64Array, bets: Float64Array, mean: number, limit: number): boolean {
  const most = MOST_LOST / mean;
  const needed = exp(limit);
  let capital = 1;
  let taken = 0;
  for (let i = 0; i < values.length; i++) {
    capital *= 1 + Math.min(bets[i]!, most) * (values[i]! - mean);
    if (capital < 1e-100 || capital > 1e100) {
      taken += log(capital);
      capital = 1;
    }
  }
  return taken === 0 ? capital >= needed : taken + log(capital) >= limit;
}
