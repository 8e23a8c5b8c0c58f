/**
 * Sum in index order with a running correction (Neumaier): about twice the working precision, fixed order.
 *
 * @param values - Numbers.
 * @returns The sum; 0 for no values.
 * @example
 * sum([1, 1e100, 1, -1e100]); // => 2
 */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let correction = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const next = total + value;
    correction += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  // An infinite, overflowed or undefined total leaves no finite correction: then the plain total is the answer.
  return correction - correction === 0 ? total + correction : total;
}
