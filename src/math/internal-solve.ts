import { log } from './log.ts';
import { log1p } from './log1p.ts';

/**
 * The u in [-745, 709] where the lower tail is p, given the logarithms of both tails as functions of u (the lower one
 * rising). Works on the smaller tail: bisection until the bracket is small, then Illinois steps, so that every start
 * ends in the same bits.
 */
export function solveLogTail(p: number, logTail: (u: number, upper: boolean) => number): number {
  const upper = p > 0.5;
  const goal = upper ? log1p(-p) : log(p);
  const sign = upper ? -1 : 1;
  let low = -745;
  let high = 709;
  let fLow = sign * (logTail(low, upper) - goal);
  let fHigh = sign * (logTail(high, upper) - goal);
  if (fLow >= 0) return low;
  if (fHigh <= 0) return high;
  let side = 0;
  for (let i = 0; i < 300; i++) {
    const finite = fLow > -1e300 && fHigh < 1e300;
    let middle = 0.5 * (low + high);
    if (finite && high - low < 4) {
      const secant = high - (fHigh * (high - low)) / (fHigh - fLow);
      if (secant > low && secant < high) middle = secant;
    }
    if (middle === low || middle === high) break;
    const f = sign * (logTail(middle, upper) - goal);
    if (f === 0) return middle;
    if (f < 0) {
      low = middle;
      fLow = f;
      if (side === -1) fHigh *= 0.5;
      side = -1;
    } else {
      high = middle;
      fHigh = f;
      if (side === 1) fLow *= 0.5;
      side = 1;
    }
    if (high - low <= 1e-16 * Math.abs(middle) + 1e-300) break;
  }
  return -fLow < fHigh ? low : high;
}
