import { LN2 } from '../math/constants.ts';
import { exp } from '../math/exp.ts';
import { log1p } from '../math/log1p.ts';

/**
 * Natural logarithm of the Chernoff bound on P(V >= score): minus the greatest of t*score - sum log cosh(t*weight).
 *
 * Any t gives a valid bound, so the search needs no exact optimum and may end at a fixed number of steps.
 *
 * @param weights - Non-negative.
 * @param repeats - How often each weight occurs; null for once each.
 * @param looseSquares - Sum of squares of further weights for which only log cosh(x) <= x*x/2 is used.
 */
export function chernoffLogTail(
  weights: ArrayLike<number>,
  repeats: ArrayLike<number> | null,
  looseSquares: number,
  score: number,
): number {
  if (!(score > 0)) return 0;
  let most = 0;
  let squares = looseSquares;
  let signs = 0;
  for (let i = 0; i < weights.length; i++) {
    const times = repeats === null ? 1 : repeats[i]!;
    most += times * weights[i]!;
    squares += times * weights[i]! * weights[i]!;
    if (weights[i]! > 0) signs += times;
  }
  if (squares === 0) return 0;
  // Every sign must be +1: the supremum lies at infinity and the bound is the exact 2^-n.
  if (looseSquares === 0 && score >= most) return -signs * LN2;

  let value = 0;
  let slope = 0;
  let bend = 0;
  const measure = (t: number): void => {
    value = t * score - 0.5 * t * t * looseSquares;
    slope = score - t * looseSquares;
    bend = looseSquares;
    for (let i = 0; i < weights.length; i++) {
      const times = repeats === null ? 1 : repeats[i]!;
      if (times === 0) continue;
      const weight = weights[i]!;
      const x = t * weight;
      const e = exp(-2 * x);
      const tanh = (1 - e) / (1 + e);
      value -= times * (x + log1p(e) - LN2);
      slope -= times * weight * tanh;
      bend += times * weight * weight * (1 - tanh * tanh);
    }
  };
  // The slope at score/squares is not negative because tanh(x) <= x: the optimum lies at or above it.
  let low = score / squares;
  let high = Infinity;
  let best = 0;
  let t = low;
  for (let step = 0; step < 60; step++) {
    measure(t);
    if (value > best) best = value;
    if (slope > 0) low = t;
    else high = t;
    if (Math.abs(slope) <= 1e-12 * score) break;
    let next = t + slope / bend;
    if (!(next > low && next < high)) next = high === Infinity ? 2 * low : (low + high) / 2;
    if (next === t) break;
    t = next;
  }
  return -best;
}
