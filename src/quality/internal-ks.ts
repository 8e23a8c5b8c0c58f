import type { Interval } from '../types.ts';
import { clampUnit } from './internal-measure.ts';

/** Largest distance between the distribution functions of two ascending, non-empty arrays, 0 to 1. */
export function ksOfSorted(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  const m = b.length;
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < n && j < m) {
    const x = a[i]!;
    const y = b[j]!;
    const at = Math.min(x, y);
    while (i < n && a[i]! <= at) i++;
    while (j < m && b[j]! <= at) j++;
    // Whole numbers: the distance is exact until the one division.
    const distance = Math.abs(i * m - j * n);
    if (distance > largest) largest = distance;
  }
  return largest / (n * m);
}

const ROUND_HALF_EVEN = 4503599627370496;

/** Rounds ascending values to 14 decimals in place, as the reference does before comparing. */
export function roundTo14(sorted: Float64Array): Float64Array {
  for (let i = 0; i < sorted.length; i++) {
    const scaled = Math.abs(sorted[i]! * 1e14);
    // Adding and taking away 2^52 rounds to the nearest whole number, ties to even; larger values are whole already.
    const whole = scaled < ROUND_HALF_EVEN ? scaled + ROUND_HALF_EVEN - ROUND_HALF_EVEN : scaled;
    sorted[i] = (sorted[i]! < 0 ? -whole : whole) / 1e14;
  }
  return sorted;
}

/**
 * Interval of 1 - KS distance from the Dvoretzky-Kiefer-Wolfowitz inequality with Massart's constant: each empirical
 * distribution function lies within sqrt(ln(4 / alpha) / 2n) of the true one with probability 1 - alpha / 2. Holds at
 * every sample size; wider than needed.
 */
export function ksInterval(distance: number, n: number, m: number, level: number): Interval {
  const c = logSeries(4 / (1 - level)) / 2;
  const band = Math.sqrt(c / n) + Math.sqrt(c / m);
  return { lower: clampUnit(1 - distance - band), upper: clampUnit(1 - distance + band), level, method: 'dkw' };
}

/**
 * Natural logarithm of a number from 1 to 2^60, to a few units in the last place: log((1 + s) / (1 - s)) = 2 (s + s^3 / 3 + ...)
 * with |s| <= 0.2. A band needs no more, and the general logarithm would be a quarter of the smallest bundle.
 */
function logSeries(x: number): number {
  let rest = x;
  let sum = 0;
  for (; rest > 1.5; rest /= 2) sum += 0.34657359027997264;
  const s = (rest - 1) / (rest + 1);
  let power = s;
  for (let k = 1; k < 25; k += 2) {
    sum += power / k;
    power *= s * s;
  }
  return 2 * sum;
}
