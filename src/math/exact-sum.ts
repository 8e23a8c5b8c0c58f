/**
 * The exact sum of the values, rounded once: independent of their order (Python's math.fsum).
 *
 * Keeps the running sum as non-overlapping parts (Shewchuk 1997, Grow-Expansion), then rounds half to even.
 *
 * @param values - Numbers.
 * @returns The correctly rounded sum; 0 for no values; Infinity when the exact sum is beyond the largest double.
 * @example
 * exactSum([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]); // => 1
 */
export function exactSum(values: ArrayLike<number>): number {
  const parts: number[] = [];
  let special = 0;
  let overflowed = false;
  for (let i = 0; i < values.length; i++) {
    let x = values[i]!;
    if (x - x !== 0) {
      special += x;
      continue;
    }
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
    if (x - x !== 0) overflowed = true;
    parts.length = kept;
    parts.push(x);
  }
  if (special !== 0) return special;
  if (overflowed) return sumScaled(values);
  return roundParts(parts);
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

/** Partial sums overflowed: sum at 2^-60 of the scale, with what that scaling would lose kept apart. */
function sumScaled(values: ArrayLike<number>): number {
  const large = new Float64Array(values.length);
  const small: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value - value !== 0) continue;
    if (Math.abs(value) < 1e-200) small.push(value);
    else large[i] = value * 8.673617379884035e-19;
  }
  const total = exactSum(large) * 1.152921504606847e18;
  return total + exactSum(small);
}
