/**
 * The exact sum of the values, rounded once: independent of their order (Python's math.fsum).
 *
 * Keeps the running sum as non-overlapping parts (Shewchuk 1997, Grow-Expansion), then rounds half to even. Sums whose
 * intermediate values pass the largest double still come out right.
 *
 * @param values - Numbers.
 * @returns The correctly rounded sum; 0 for no values; an infinity when the exact sum is beyond the largest double; NaN
 * when a value is NaN or infinities of both signs occur.
 * @example
 * exactSum([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]); // => 1
 * exactSum([1e308, 1e308, -1e308, -1e308, 5]); // => 5
 */
export function exactSum(values: ArrayLike<number>): number {
  const parts: number[] = [];
  let special = 0;
  let overflowed = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value - value !== 0) special += value;
    else if (!grow(parts, value)) overflowed = true;
  }
  if (special !== 0) return special;
  return overflowed ? sumScaled(values) : roundParts(parts);
}

/** Adds x to non-overlapping parts in rising order of size; false when that overflowed. */
function grow(parts: number[], value: number): boolean {
  let x = value;
  let kept = 0;
  for (let j = 0; j < parts.length; j++) {
    let y = parts[j]!;
    if (Math.abs(x) < Math.abs(y)) {
      const swap = x;
      x = y;
      y = swap;
    }
    const high = x + y;
    const low = y - (high - x);
    if (low !== 0) parts[kept++] = low;
    x = high;
  }
  parts.length = kept;
  parts.push(x);
  return x - x === 0;
}

/** Rounds non-overlapping parts in rising order of size, half to even. */
function roundParts(parts: readonly number[]): number {
  let n = parts.length;
  if (n === 0) return 0;
  let high = parts[--n]!;
  let low = 0;
  while (n > 0) {
    const x = high;
    const y = parts[--n]!;
    high = x + y;
    low = y - (high - x);
    if (low !== 0) break;
  }
  // A half-way case is decided by the sign of what lies below.
  if (n > 0 && ((low < 0 && parts[n - 1]! < 0) || (low > 0 && parts[n - 1]! > 0))) {
    const y = low * 2;
    const x = high + y;
    if (y === x - high) high = x;
  }
  return high;
}

/** The sum when a running sum overflowed: values from 2^-900 up are added at 2^-64 of their size, exactly. */
function sumScaled(values: ArrayLike<number>): number {
  const large: number[] = [];
  const small: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Math.abs(value) < 1.1830521861667747e-271) grow(small, value);
    else grow(large, value * 5.421010862427522e-20);
  }
  const top = large[large.length - 1]!;
  if (Math.abs(top) < 5.80865979874134e281) {
    // The overflow was passing: back to full size, together with the small values.
    for (const part of large) grow(small, part * 1.8446744073709552e19);
    return roundParts(small);
  }
  // Beside a sum this large the small values can only decide a half-way case, and there only by their sign.
  const rest = roundParts(small);
  if (rest !== 0) grow(large, rest > 0 ? 5.421010862427522e-290 : -5.421010862427522e-290);
  return roundParts(large) * 1.8446744073709552e19;
}
