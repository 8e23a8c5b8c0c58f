import { sumError } from './internal-sum-error.ts';

/**
 * Sum with a running correction (Neumaier), of the even and the odd positions apart and then joined: about twice the
 * working precision in a fixed order, so that equal input gives equal bits.
 *
 * @param values - Numbers.
 * @returns The sum; 0 for no values.
 * @example
 * sum([1, 1e100, 1, -1e100]); // => 2
 */
export function sum(values: ArrayLike<number>): number {
  const n = values.length;
  // Two totals: the processor adds them side by side, which hides most of the correction's cost.
  let i = n & 1;
  let even = i ? values[0]! : 0;
  let odd = 0;
  let correction = 0;
  for (; i < n; i += 2) {
    let value = values[i]!;
    let next = even + value;
    correction += sumError(even, value, next);
    even = next;
    value = values[i + 1]!;
    next = odd + value;
    correction += sumError(odd, value, next);
    odd = next;
  }
  const total = even + odd;
  correction += sumError(even, odd, total);
  // An infinite, overflowed or undefined total leaves no finite correction: then the plain total is the answer.
  return correction - correction === 0 ? total + correction : total;
}
