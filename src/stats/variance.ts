/**
 * Sample variance: squared deviations from the mean over n - 1, by the corrected two-pass form (Chan, Golub and LeVeque
 * 1983, formula 1.7), in which the rounding of the first pass's mean cancels.
 *
 * @param values - Numbers.
 * @returns The variance, >= 0; NaN for fewer than two values.
 * @example
 * variance([1, 2, 3, 4]); // => 1.6666666666666667
 */
export function variance(values: ArrayLike<number>): number {
  const n = values.length;
  if (n < 2) return NaN;
  let total = 0;
  for (let i = 0; i < n; i++) total += values[i]!;
  const centre = total / n;
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < n; i++) {
    const d = values[i]! - centre;
    squares += d * d;
    rest += d;
  }
  return (squares - (rest * rest) / n) / (n - 1);
}
