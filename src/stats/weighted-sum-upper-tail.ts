import { SynthproofError } from '../errors.ts';
import { exp, log, log1p } from '../math/index.ts';
import type { CombinedPValue } from './combine-p-values.ts';

/** Upper limit of cells touched by {@link weightedSumUpperTail}: about a second of work. */
const MOST_STEPS = 400_000_000;

/**
 * P(w1 B1 + w2 B2 + ... >= threshold) for independent coins B with chance p and whole weights w >= 0, exactly.
 *
 * Convolution on the lattice of sums, under an exponential tilt that puts the mean near the threshold, so that tails far
 * below 1e-300 keep their relative precision.
 *
 * @param weights - Whole weights >= 0, one per kind of coin.
 * @param copies - How many coins of each kind, whole, >= 1.
 * @param threshold - Whole sum to reach.
 * @param p - Chance of each coin, between 0 and 1; default 1/2.
 * @returns The tail and its natural logarithm (null when the sum cannot be reached).
 * @throws {@link SynthproofError} `BAD_VALUE` for weights that are not whole or p outside (0, 1); `NO_CAPACITY` when the
 * lattice is too large (coins times largest sum above 4e8): use a normal or saddle-point approximation there.
 * @example
 * weightedSumUpperTail([1, 2], 1, 2).pValue; // => 0.5
 */
export function weightedSumUpperTail(
  weights: readonly number[],
  copies: number,
  threshold: number,
  p: number = 0.5,
): CombinedPValue {
  let largest = 0;
  for (const w of weights) {
    if (!(w >= 0 && Math.floor(w) === w && w <= 1e9)) {
      throw new SynthproofError('BAD_VALUE', `weights: expected whole weights from 0 to 1e9, received ${w}`, {
        argument: 'weights',
      });
    }
    largest += w * copies;
  }
  if (!(copies >= 1 && Math.floor(copies) === copies && p > 0 && p < 1 && !Number.isNaN(threshold))) {
    throw new SynthproofError(
      'BAD_VALUE',
      `copies, p: expected whole copies >= 1 and 0 < p < 1, received ${copies}, ${p}`,
      {
        argument: 'copies',
      },
    );
  }
  const least = Math.ceil(threshold);
  if (least <= 0) return { pValue: 1, logPValue: 0 };
  if (least > largest) return { pValue: 0, logPValue: null };
  if (largest * weights.length * copies > MOST_STEPS) {
    throw new SynthproofError(
      'NO_CAPACITY',
      `weights: ${largest} sums times ${weights.length * copies} coins is too much`,
      {
        argument: 'weights',
      },
    );
  }
  const tilt = findTilt(weights, copies, Math.min(least, largest - 0.5), p);
  const mass = new Float64Array(largest + 1);
  mass[0] = 1;
  let logScale = 0;
  let reached = 0;
  for (const w of weights) {
    const heads = p * exp(tilt * w);
    const all = heads + (1 - p);
    const up = heads / all;
    const stay = (1 - p) / all;
    logScale += copies * log(all);
    for (let c = 0; c < copies; c++) {
      for (let s = reached; s >= 0; s--) {
        const value = mass[s]!;
        mass[s + w] = (w === 0 ? 0 : mass[s + w]!) + value * (w === 0 ? 1 : up);
        if (w > 0) mass[s] = value * stay;
      }
      reached += w;
    }
  }
  if (tilt === 0) {
    // The mean is at or above the threshold: the lower tail is the small one.
    let below = 0;
    for (let s = 0; s < least; s++) below += mass[s]!;
    if (below < 0.5) return { pValue: 1 - below, logPValue: log1p(-below) };
  }
  let sum = 0;
  for (let s = largest; s >= least; s--) sum += mass[s]! * exp(-tilt * (s - least));
  const logPValue = Math.min(0, log(sum) + logScale - tilt * least);
  return { pValue: exp(logPValue), logPValue };
}

/** The tilt under which the mean sum is the goal, or 0 when it is already there; bisection. */
function findTilt(weights: readonly number[], copies: number, goal: number, p: number): number {
  const odds = log(p) - log1p(-p);
  const meanAt = (t: number): number => {
    let total = 0;
    for (const w of weights) total += (copies * w) / (1 + exp(-(odds + t * w)));
    return total;
  };
  if (meanAt(0) >= goal) return 0;
  let low = 0;
  let high = 1e-6;
  while (meanAt(high) < goal && high < 60) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high);
    if (meanAt(middle) < goal) low = middle;
    else high = middle;
  }
  return low;
}
