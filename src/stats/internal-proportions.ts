import type { Interval } from '../types.ts';

/** Builds an interval. */
export function interval(lower: number, upper: number, level: number, method: string): Interval {
  return { lower, upper, level, method };
}

/** The x in [low, high] at which a rising function crosses 0, by bisection to the last bit. */
export function crossing(low: number, high: number, f: (x: number) => number): number {
  let a = low;
  let b = high;
  for (let i = 0; i < 200; i++) {
    const middle = 0.5 * (a + b);
    if (middle === a || middle === b) break;
    if (f(middle) < 0) a = middle;
    else b = middle;
  }
  return 0.5 * (a + b);
}
