/**
 * Arithmetic mean with a running correction (Neumaier), of the even and the odd positions apart and then joined, so that
 * large offsets cost nothing. The order is fixed: equal input gives equal bits.
 *
 * @param values - Numbers; NaN or infinities among them carry over.
 * @returns The mean; NaN for no values.
 * @example
 * mean([1, 2, 6]); // => 3
 */
export function mean(values: ArrayLike<number>): number {
  const n = values.length;
  /** What rounding took from total + value, given the rounded sum. */
  const taken = (total: number, value: number, sum: number): number =>
    Math.abs(total) < Math.abs(value) ? value - sum + total : total - sum + value;
  // Two totals: the processor adds them side by side, which hides most of the correction's cost.
  let even = 0;
  let odd = 0;
  let correction = 0;
  let i = 0;
  while (i < n) {
    const x = values[i++]!;
    const y = i < n ? values[i++]! : 0;
    // biome-ignore lint/suspicious/noAssignInExpressions: the old total goes in before it is replaced; this keeps mean at 200 bytes.
    correction += taken(even, x, (even += x)) + taken(odd, y, (odd += y));
  }
  // An infinite, overflowed or undefined total leaves no finite correction (NaN + 1 is no truth): then the plain total is the answer.
  return (correction - correction + 1 ? even + odd + correction : even + odd) / n;
}
