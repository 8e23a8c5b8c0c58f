/**
 * Arithmetic mean, summed in index order with a running correction (Neumaier), so that large offsets cost nothing.
 *
 * @param values - Numbers; NaN or infinities among them carry over.
 * @returns The mean; NaN for no values.
 * @example
 * mean([1, 2, 6]); // => 3
 */
export function mean(values: ArrayLike<number>): number {
  const n = values.length;
  let total = 0;
  let correction = 0;
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
    const next = total + value;
    correction += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  // An infinite, overflowed or undefined total leaves no finite correction: then the plain total is the answer.
  return (correction - correction === 0 ? total + correction : total) / n;
}
